import type { IPAddress, Service } from '@gantry/api/generated/types';
import { keyFor, splitKey } from '@gantry/client/keys';
import { ipAddresses, services } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { AWAIT_CACHE, DONE, ignoreNotFound } from '../shared/outcomes.ts';
import { FAMILY_LABEL, MANAGED_LABEL, MANAGER } from './decide.ts';

const BY_SERVICE = 'byService';

/** The Service that the address was given to by an API server. */
const serviceOf = ({ metadata, spec }: IPAddress): string[] => {
  const { group = '', resource, namespace, name } = spec.parentRef ?? {};
  const managed = metadata.labels?.[MANAGED_LABEL] === MANAGER;
  return managed && group === '' && resource === 'services' ? [keyFor(namespace, name ?? '')] : [];
};

const addressesOf = (service: Service | undefined): readonly string[] =>
  service === undefined || service.spec?.type === 'ExternalName'
    ? []
    : (service.spec?.clusterIPs ?? []).filter((ip) => ip !== 'None' && ip !== '');

const addressFor = (ip: string, { metadata }: Service): IPAddress => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IPAddress',
  metadata: {
    name: ip,
    labels: { [FAMILY_LABEL]: ip.includes(':') ? 'IPv6' : 'IPv4', [MANAGED_LABEL]: MANAGER },
  },
  spec: { parentRef: { resource: 'services', namespace: metadata.namespace ?? '', name: metadata.name } },
});

/**
 * Shows by IPAddress objects which Service has which cluster IP. API servers give addresses out by themselves, and by
 * the database; these objects only tell of it.
 */
export const serviceAddressController = (): Controller => ({
  name: 'service-ip-address-controller',
  inputs: [input<Service>(services), input<IPAddress>(ipAddresses, serviceOf)],
  outputs: [{ resource: ipAddresses, verbs: ['create', 'delete'] }],
  setup({ informers }) {
    informers.informer(ipAddresses).addIndex(BY_SERVICE, serviceOf);
  },
  async reconcile(key, { client, informers }) {
    const { namespace, name } = splitKey(key);
    const service = informers.informer<Service>(services).get(namespace, name);
    const wanted = addressesOf(service);
    const informer = informers.informer<IPAddress>(ipAddresses);
    for (const { metadata } of informer.byIndex(BY_SERVICE, key))
      if (!wanted.includes(metadata.name) && metadata.deletionTimestamp === undefined)
        await ignoreNotFound(
          client.delete(ipAddresses, '', metadata.name, {
            preconditions: metadata.uid === undefined ? {} : { uid: metadata.uid },
          }),
        );
    if (service === undefined) return DONE;
    let former = false;
    for (const ip of wanted) {
      const held = informer.get('', ip);
      // Still that of a Service that went: it is about to go too.
      former ||= held !== undefined && serviceOf(held).some((other) => other !== key);
      if (held === undefined)
        await client.create(ipAddresses, addressFor(ip, service)).catch((error: unknown) => {
          if (!isStatusError(error, 'AlreadyExists')) throw error;
        });
    }
    return former ? AWAIT_CACHE : DONE;
  },
});

import { isDeepStrictEqual } from 'node:util';
import type { ResourceQuota } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import type { Resource } from '@gantry/client/port';
import {
  configMaps,
  persistentVolumeClaims,
  pods,
  replicationControllers,
  resourceQuotas,
  secrets,
  services,
} from '@gantry/client/resources';
import { canonicalQuantity, formatQuantity, parseQuantity } from '@gantry/machinery/quantity';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { scopeOf } from './scopes.ts';
import { add, claimUsage, podUsage, serviceUsage, type Usage } from './usage.ts';

const COUNTED: readonly Resource[] = [configMaps, secrets, replicationControllers, resourceQuotas];
const WATCHED: readonly Resource[] = [pods, services, persistentVolumeClaims, ...COUNTED];
/** Kinds that are only counted by `count/…` are looked at this often. */
const RESYNC_MS = 60_000;

/** Keeps what each quota's namespace uses. */
export const resourceQuotaController = (): Controller => ({
  name: 'resourcequota-controller',
  inputs: [
    input<ResourceQuota>(resourceQuotas),
    ...WATCHED.map((resource) =>
      input(resource, (object, old, { informers }) => {
        // Of changes only a pod's end matters, and that of a spec; other writes are far more frequent.
        if (old !== undefined && !matters(object, old)) return [];
        return informers.informer(resourceQuotas).list(object.metadata.namespace).map(keyOf);
      }),
    ),
  ],
  outputs: [{ resource: resourceQuotas, verbs: ['update'], subresource: 'status' }],
  resyncMs: RESYNC_MS,
  async reconcile(key, context) {
    const { namespace, name } = splitKey(key);
    const quota = context.informers.informer(resourceQuotas).get(namespace, name);
    if (quota === undefined) return DONE;
    const hard = Object.fromEntries(
      Object.entries(quota.spec.hard ?? {}).map(([resource, amount]) => [
        resource,
        canonicalQuantity(amount),
      ]),
    );
    const total = usageOf(quota, namespace, context);
    await addCounts(total, Object.keys(hard), namespace, context);
    const zero = parseQuantity('0');
    const used = Object.fromEntries(
      Object.keys(hard).map((resource) => [resource, formatQuantity(total.get(resource) ?? zero)]),
    );
    const status = { hard, used };
    if (!isDeepStrictEqual(status, quota.status))
      await context.client.update(resourceQuotas, { ...quota, status }, { subresource: 'status' });
    return DONE;
  },
});

function matters(object: object, old: object): boolean {
  const facts = (one: { spec?: unknown; status?: { phase?: unknown } }) => [one.spec, one.status?.phase];
  return !isDeepStrictEqual(facts(object), facts(old));
}

function usageOf(quota: ResourceQuota, namespace: string, { informers }: ControllerContext): Usage {
  const total: Usage = new Map();
  const include = (usage: Usage) => {
    for (const [name, quantity] of usage) add(total, name, quantity);
  };
  const scope = scopeOf(quota);
  for (const pod of informers.informer(pods).list(namespace))
    if (scope === undefined || scope(pod)) include(podUsage(pod));
  if (scope !== undefined) return total;
  for (const service of informers.informer(services).list(namespace)) include(serviceUsage(service));
  for (const claim of informers.informer(persistentVolumeClaims).list(namespace)) include(claimUsage(claim));
  for (const resource of COUNTED)
    total.set(resource.plural, parseQuantity(informers.informer(resource).list(namespace).length));
  return total;
}

/** `count/deployments.apps`: from the cache when there is one, else asked from the server. */
async function addCounts(
  total: Usage,
  names: readonly string[],
  namespace: string,
  { client, informers }: ControllerContext,
): Promise<void> {
  for (const name of names) {
    const match = /^count\/([^.]+)(?:\.(.+))?$/.exec(name);
    if (match === null) continue;
    const [, plural = '', group = ''] = match;
    const watched = WATCHED.find((resource) => resource.plural === plural && resource.group === group);
    const count =
      watched === undefined
        ? await countOnServer(client, group, plural, namespace)
        : informers.informer(watched).list(namespace).length;
    total.set(name, parseQuantity(count));
  }
}

async function countOnServer(
  client: ControllerContext['client'],
  group: string,
  plural: string,
  namespace: string,
): Promise<number> {
  const groups =
    group === ''
      ? undefined
      : await client
          .request<{ preferredVersion?: { version: string } }>('GET', `/apis/${group}`)
          .catch(() => undefined);
  const version = group === '' ? 'v1' : groups?.preferredVersion?.version;
  if (version === undefined) return 0;
  const resource = { group, version, kind: '', plural, namespaced: true };
  const list = await client.list(resource, { namespace, metadataOnly: true }).catch(() => undefined);
  return list?.items.length ?? 0;
}

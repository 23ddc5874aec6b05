import type { Condition, IPAddress, ServiceCIDR } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { ipAddresses, serviceCIDRs } from '@gantry/client/resources';
import { timestamp } from '@gantry/runtime/clock';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { DONE, ignoreNotFound, requeueAfter } from '../shared/outcomes.ts';
import { mayGo } from './decide.ts';

const FINALIZER = 'networking.k8s.io/service-cidr-finalizer';
/** How long API servers may still take a range that is being deleted for one that is ready. */
const DELETION_GRACE_MS = 10_000;

type Wanted = Pick<Condition, 'status' | 'reason' | 'message'>;
const READY: Wanted = { status: 'True', reason: '', message: 'Kubernetes Service CIDR is ready' };
const TERMINATING: Wanted = {
  status: 'False',
  reason: 'Terminating',
  message:
    'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR',
};

async function setFinalizer(client: Client, { metadata }: ServiceCIDR, wanted: boolean): Promise<void> {
  const { name, uid, resourceVersion, finalizers = [] } = metadata;
  if (finalizers.includes(FINALIZER) === wanted) return;
  const next = wanted ? [...finalizers, FINALIZER] : finalizers.filter((one) => one !== FINALIZER);
  const patch = { metadata: { uid, resourceVersion, finalizers: next.length === 0 ? null : next } };
  await ignoreNotFound(client.patch(serviceCIDRs, '', name, patch, { type: 'merge' }));
}

async function setReady(context: ControllerContext, cidr: ServiceCIDR, wanted: Wanted): Promise<void> {
  const conditions = cidr.status?.conditions ?? [];
  const found = conditions.find(({ type }) => type === 'Ready');
  if (found?.status === wanted.status && found.reason === wanted.reason && found.message === wanted.message)
    return;
  // The API server words its own.
  if (found?.status === 'True' && wanted === READY) return;
  const ready = { type: 'Ready', ...wanted, lastTransitionTime: timestamp(context.clock.now()) };
  const { name, uid } = cidr.metadata;
  const status = { conditions: [...conditions.filter(({ type }) => type !== 'Ready'), ready] };
  const options = { type: 'merge', subresource: 'status' } as const;
  await ignoreNotFound(context.client.patch(serviceCIDRs, '', name, { metadata: { uid }, status }, options));
}

const leaving = ({ informers }: ControllerContext): string[] =>
  informers
    .informer<ServiceCIDR>(serviceCIDRs)
    .list()
    .filter(({ metadata }) => metadata.deletionTimestamp !== undefined)
    .map(({ metadata }) => metadata.name);

/** A range of Services becomes ready, and when it is deleted stays until no address needs it. */
export const serviceCidrController = (): Controller => ({
  name: 'service-cidr-controller',
  inputs: [
    input<ServiceCIDR>(serviceCIDRs, ({ metadata }, _old, context) => [metadata.name, ...leaving(context)]),
    input<IPAddress>(ipAddresses, (_address, _old, context) => leaving(context)),
  ],
  outputs: [
    { resource: serviceCIDRs, verbs: ['patch'] },
    { resource: serviceCIDRs, verbs: ['patch'], subresource: 'status' },
  ],
  async reconcile(key, context): Promise<Outcome> {
    const { client, informers, clock } = context;
    const informer = informers.informer<ServiceCIDR>(serviceCIDRs);
    const cidr = informer.get('', key);
    if (cidr === undefined) return DONE;
    const { deletionTimestamp } = cidr.metadata;
    if (deletionTimestamp === undefined) {
      await setFinalizer(client, cidr, true);
      await setReady(context, cidr, READY);
      return DONE;
    }
    if (!mayGo(cidr, informer.list(), informers.informer<IPAddress>(ipAddresses).list())) {
      await setReady(context, cidr, TERMINATING);
      return DONE;
    }
    const left = Date.parse(deletionTimestamp) + DELETION_GRACE_MS - clock.now();
    if (left > 0) return requeueAfter(left);
    await setFinalizer(client, cidr, false);
    return DONE;
  },
});

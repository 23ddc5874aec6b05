import { isDeepStrictEqual } from 'node:util';
import type { ControllerRevision, DaemonSet, Node, Pod } from '@gantry/api/generated/types';
import { controllerOf, splitKey } from '@gantry/client/keys';
import { controllerRevisions, daemonSets, nodes, pods } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { forEachAtOnce, messageOf, slowStart } from '../shared/batches.ts';
import { isEmptySelector, matchesSelector } from '../shared/labels.ts';
import {
  AWAIT_CACHE,
  DONE,
  ignoreNotFound,
  isNamespaceTerminating,
  requeueAfter,
} from '../shared/outcomes.ts';
import { claim, controllerKeys, ORPHANS, orphanKeys } from '../shared/owners.ts';
import { nextAvailableIn } from '../shared/pods.ts';
import { decideTruncation, hashOf, REVISION_HASH, syncRevision } from '../shared/revisions.ts';
import { decidePlacement, decideStatus, decideUpdate } from './decide.ts';
import { daemonPod, nodeOf } from './placement.ts';

const BURST = 250;

/** One pod on each node that fits. */
export function daemonSetController(): Controller {
  let writes: OwnWrites | undefined;
  return {
    name: 'daemonset-controller',
    inputs: [
      input<DaemonSet>(daemonSets),
      input<Pod>(pods, (pod, old, context) => {
        const keys = controllerKeys('DaemonSet', pod, old);
        if (keys.length > 0 || controllerOf(pod) !== undefined) return keys;
        return keysWhere(
          context,
          (set) =>
            set.metadata.namespace === pod.metadata.namespace &&
            matchesSelector(set.spec.selector, pod.metadata.labels),
        );
      }),
      input<Node>(nodes, (node, old, context) => {
        const facts = ({ metadata, spec }: Node) => [metadata.labels, spec.taints];
        if (old !== undefined && isDeepStrictEqual(facts(old), facts(node))) return [];
        return keysWhere(context, () => true);
      }),
      input<ControllerRevision>(controllerRevisions, (revision, old) =>
        controllerKeys('DaemonSet', revision, old),
      ),
    ],
    outputs: [
      { resource: pods, verbs: ['create', 'patch', 'delete'] },
      { resource: controllerRevisions, verbs: ['create', 'update', 'delete', 'patch'] },
      { resource: daemonSets, verbs: ['update'], subresource: 'status' },
    ],
    setup({ informers }) {
      informers.informer(pods).addIndex(ORPHANS, orphanKeys);
      informers.informer(controllerRevisions).addIndex(ORPHANS, orphanKeys);
    },
    async reconcile(key, context): Promise<Outcome> {
      writes ??= new OwnWrites(context.clock);
      const { namespace, name } = splitKey(key);
      const set = context.informers.informer(daemonSets).get(namespace, name);
      if (set === undefined) {
        writes.forget(key);
        return DONE;
      }
      if (!writes.areSeen(key)) return AWAIT_CACHE;
      if (isEmptySelector(set.spec.selector)) {
        context.events.event(
          set,
          'Warning',
          'SelectingAll',
          'This daemon set is selecting all pods. A non-empty selector is required.',
        );
        return DONE;
      }
      return reconcileSet(key, set, writes, context);
    },
  };
}

const keysWhere = ({ informers }: ControllerContext, test: (set: DaemonSet) => boolean): string[] =>
  informers
    .informer(daemonSets)
    .list()
    .filter(test)
    .map((set) => `${set.metadata.namespace}/${set.metadata.name}`);

async function reconcileSet(
  key: string,
  set: DaemonSet,
  writes: OwnWrites,
  context: ControllerContext,
): Promise<Outcome> {
  const { client, informers, clock } = context;
  const common = { client, owner: set, ownerResource: daemonSets };
  const owned = await claim({
    ...common,
    resource: pods,
    informer: informers.informer(pods),
    matches: (pod) => matchesSelector(set.spec.selector, pod.metadata.labels),
  });
  const history = await claim({
    ...common,
    resource: controllerRevisions,
    informer: informers.informer(controllerRevisions),
    matches: (revision) => matchesSelector(set.spec.selector, revision.metadata.labels),
  });
  if (set.metadata.deletionTimestamp !== undefined) return DONE;
  const { revision, collisionCount } = await syncRevision(
    set,
    history,
    set.status?.collisionCount ?? 0,
    context,
  );
  if (!history.includes(revision)) writes.wrote(key, informers.informer(controllerRevisions), revision);
  // Pods of a DaemonSet carry the hash alone, not the revision's name.
  const hash = hashOf(revision);
  const all = informers.informer(nodes).list();
  const now = clock.now();
  const placement = decidePlacement(set, all, owned, hash);
  for (const pod of placement.failed)
    context.events.event(
      set,
      'Warning',
      'FailedDaemonPod',
      `Found failed daemon pod ${pod.metadata.namespace}/${pod.metadata.name} on node ${nodeOf(pod)}, will try to kill it`,
    );
  const isPlaced = placement.create.length + placement.remove.length === 0;
  const plan = isPlaced ? decideUpdate(set, all, owned, hash, now) : placement;
  const failure = await carryOut(key, set, hash, plan, writes, context);
  const status = decideStatus(set, all, owned, hash, collisionCount, now);
  if (!isDeepStrictEqual(status, set.status)) {
    const stored = await client.update(daemonSets, { ...set, status }, { subresource: 'status' });
    writes.wrote(key, informers.informer(daemonSets), stored);
  }
  const live = new Set(owned.map((pod) => pod.metadata.labels?.[REVISION_HASH] ?? ''));
  const used = history
    .filter((one) => one === revision || live.has(hashOf(one)))
    .map((one) => one.metadata.name);
  for (const old of decideTruncation(
    history,
    new Set([...used, revision.metadata.name]),
    set.spec.revisionHistoryLimit ?? 10,
  ))
    await ignoreNotFound(client.delete(controllerRevisions, set.metadata.namespace ?? '', old.metadata.name));
  if (failure !== undefined) throw failure;
  return requeueAfter(nextAvailableIn(owned, set.spec.minReadySeconds ?? 0, now));
}

async function carryOut(
  key: string,
  set: DaemonSet,
  revision: string,
  plan: { readonly create: readonly string[]; readonly remove: readonly Pod[] },
  writes: OwnWrites,
  { client, informers, events }: ControllerContext,
): Promise<unknown> {
  const informer = informers.informer(pods);
  const create = plan.create.slice(0, BURST);
  const made = await slowStart(create.length, async (i) => {
    try {
      const pod = await client.create(pods, daemonPod(set, create[i] ?? '', revision));
      writes.wrote(key, informer, pod);
      events.event(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
    } catch (error) {
      if (!isNamespaceTerminating(error))
        events.event(set, 'Warning', 'FailedCreate', `Error creating: ${messageOf(error)}`);
      throw error;
    }
  });
  const removed = await forEachAtOnce(plan.remove.slice(0, BURST), async (pod) => {
    const { namespace = '', name, uid } = pod.metadata;
    try {
      await client.delete(pods, namespace, name, uid === undefined ? {} : { preconditions: { uid } });
      events.event(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) {
        events.event(set, 'Warning', 'FailedDelete', `Error deleting: ${messageOf(error)}`);
        throw error;
      }
    }
    writes.deleted(key, informer, pod);
  });
  return isNamespaceTerminating(made.error) ? removed.error : (made.error ?? removed.error);
}

import { isDeepStrictEqual } from 'node:util';
import type {
  ControllerRevision,
  PersistentVolumeClaim,
  Pod,
  PodTemplateSpec,
  StatefulSet,
} from '@gantry/api/generated/types';
import { controllerOf, splitKey } from '@gantry/client/keys';
import { controllerRevisions, persistentVolumeClaims, pods, statefulSets } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { messageOf } from '../shared/batches.ts';
import { isEmptySelector, matchesSelector } from '../shared/labels.ts';
import { AWAIT_CACHE, DONE, ignoreNotFound, requeueAfter } from '../shared/outcomes.ts';
import { claim, controllerKeys, ORPHANS, orphanKeys } from '../shared/owners.ts';
import { nextAvailableIn } from '../shared/pods.ts';
import { decideTruncation, REVISION_HASH, syncRevision, templateOf } from '../shared/revisions.ts';
import { createClaims, mustWaitForClaims, settleClaims } from './claims.ts';
import { type Action, decideActions, decideClaims, decideStatus, type Revisions } from './decide.ts';
import { ordinalOf, statefulPod } from './identity.ts';

/** Claims of a pod that was scaled away are looked at again after this long. */
const CLAIMS_GO_MS = 1000;

/** Pods with a name, a place in line and storage of their own. */
export function statefulSetController(): Controller {
  let writes: OwnWrites | undefined;
  return {
    name: 'statefulset-controller',
    inputs: [
      input<StatefulSet>(statefulSets),
      input<Pod>(pods, (pod, old, context) => {
        const keys = controllerKeys('StatefulSet', pod, old);
        if (keys.length > 0 || controllerOf(pod) !== undefined) return keys;
        return context.informers
          .informer(statefulSets)
          .list(pod.metadata.namespace)
          .filter(
            (set) => matchesSelector(set.spec.selector, pod.metadata.labels) && ordinalOf(set, pod) >= 0,
          )
          .map((set) => `${set.metadata.namespace}/${set.metadata.name}`);
      }),
      input<ControllerRevision>(controllerRevisions, (revision, old) =>
        controllerKeys('StatefulSet', revision, old),
      ),
    ],
    outputs: [
      { resource: pods, verbs: ['create', 'patch', 'delete'] },
      { resource: persistentVolumeClaims, verbs: ['create', 'patch'] },
      { resource: controllerRevisions, verbs: ['create', 'update', 'delete', 'patch'] },
      { resource: statefulSets, verbs: ['update'], subresource: 'status' },
    ],
    setup({ informers }) {
      informers.informer(pods).addIndex(ORPHANS, orphanKeys);
      informers.informer(controllerRevisions).addIndex(ORPHANS, orphanKeys);
      informers.informer(persistentVolumeClaims);
    },
    async reconcile(key, context): Promise<Outcome> {
      writes ??= new OwnWrites(context.clock);
      const { namespace, name } = splitKey(key);
      const set = context.informers.informer(statefulSets).get(namespace, name);
      if (set === undefined) {
        writes.forget(key);
        return DONE;
      }
      if (!writes.areSeen(key)) return AWAIT_CACHE;
      if (isEmptySelector(set.spec.selector)) return DONE;
      return reconcileSet(key, set, writes, context);
    },
  };
}

async function reconcileSet(
  key: string,
  set: StatefulSet,
  writes: OwnWrites,
  context: ControllerContext,
): Promise<Outcome> {
  const { client, informers, clock } = context;
  const common = { client, owner: set, ownerResource: statefulSets };
  const owned = await claim({
    ...common,
    resource: pods,
    informer: informers.informer(pods),
    matches: (pod) => matchesSelector(set.spec.selector, pod.metadata.labels) && ordinalOf(set, pod) >= 0,
  });
  const history = await claim({
    ...common,
    resource: controllerRevisions,
    informer: informers.informer(controllerRevisions),
    matches: (revision) => matchesSelector(set.spec.selector, revision.metadata.labels),
  });
  const { revision, collisionCount } = await syncRevision(
    set,
    history,
    set.status?.collisionCount ?? 0,
    context,
  );
  if (!history.includes(revision)) writes.wrote(key, informers.informer(controllerRevisions), revision);
  const known = new Map([...history, revision].map((one) => [one.metadata.name, one]));
  const current = known.has(set.status?.currentRevision ?? '') ? set.status?.currentRevision : undefined;
  const revisions: Revisions = { current: current ?? revision.metadata.name, update: revision.metadata.name };

  const now = clock.now();
  let failure = await keepClaims(key, set, owned, now, writes, context);
  let isWaiting = false;
  for (const action of decideActions(set, owned, revisions, now)) {
    // Its claims must belong to it first, or they would stay.
    if (failure !== undefined && action.type === 'delete' && action.why === 'scale') continue;
    if (action.type === 'create' && mustWaitForClaims(set, action.ordinal, context)) {
      isWaiting = true;
      continue;
    }
    try {
      await carryOut(key, set, action, known, writes, context);
    } catch (error) {
      failure ??= error;
    }
  }
  const status = decideStatus(set, owned, revisions, collisionCount, now);
  if (!isDeepStrictEqual(status, set.status)) {
    const stored = await client.update(statefulSets, { ...set, status }, { subresource: 'status' });
    writes.wrote(key, informers.informer(statefulSets), stored);
  }
  const live = new Set([
    revisions.current,
    revisions.update,
    ...owned.map((pod) => pod.metadata.labels?.[REVISION_HASH] ?? ''),
  ]);
  for (const old of decideTruncation(history, live, set.spec.revisionHistoryLimit ?? 10))
    await ignoreNotFound(client.delete(controllerRevisions, set.metadata.namespace ?? '', old.metadata.name));
  if (failure !== undefined) throw failure;
  return requeueAfter(isWaiting ? CLAIMS_GO_MS : nextAvailableIn(owned, set.spec.minReadySeconds ?? 0, now));
}

const wroteClaim =
  (key: string, writes: OwnWrites, { informers }: ControllerContext) =>
  (claim: PersistentVolumeClaim): void =>
    writes.wrote(key, informers.informer(persistentVolumeClaims), claim);

/** Makes claims that pods wait for, and sees to whom claims belong. Returns the first error. */
async function keepClaims(
  key: string,
  set: StatefulSet,
  owned: readonly Pod[],
  now: number,
  writes: OwnWrites,
  context: ControllerContext,
): Promise<unknown> {
  const { settled, pending } = decideClaims(set, owned, now);
  let failure: unknown;
  const wrote = wroteClaim(key, writes, context);
  for (const pod of new Set([...pending, ...settled])) {
    try {
      if (pending.includes(pod)) await createClaims(set, ordinalOf(set, pod), pod.metadata.name, context);
      await settleClaims(set, pod, context, wrote);
    } catch (error) {
      failure ??= error;
    }
  }
  return failure;
}

async function carryOut(
  key: string,
  set: StatefulSet,
  action: Action,
  known: ReadonlyMap<string, ControllerRevision>,
  writes: OwnWrites,
  context: ControllerContext,
): Promise<void> {
  const { client, informers, events } = context;
  const informer = informers.informer(pods);
  const title = action.type === 'create' ? 'Create' : 'Delete';
  const name = action.type === 'create' ? `${set.metadata.name}-${action.ordinal}` : action.pod.metadata.name;
  try {
    if (action.type === 'create') {
      await createClaims(set, action.ordinal, name, context);
      const revision = known.get(action.revision);
      const template = (revision === undefined ? undefined : templateOf(revision)) ?? set.spec.template;
      const pod = statefulPod(set, template as PodTemplateSpec, action.ordinal, action.revision);
      const created = await client.create(pods, pod);
      writes.wrote(key, informer, created);
      await settleClaims(set, created, context, wroteClaim(key, writes, context));
    } else {
      announce(set, action, context);
      const { namespace = '', uid } = action.pod.metadata;
      await ignoreNotFound(
        client.delete(pods, namespace, name, uid === undefined ? {} : { preconditions: { uid } }),
      );
      writes.deleted(key, informer, action.pod);
    }
  } catch (error) {
    if (!isStatusError(error, 'AlreadyExists'))
      events.event(
        set,
        'Warning',
        `Failed${title}`,
        `${title} Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${messageOf(error)}`,
      );
    throw error;
  }
  events.event(
    set,
    'Normal',
    `Successful${title}`,
    `${title} Pod ${name} in StatefulSet ${set.metadata.name} successful`,
  );
}

function announce(
  set: StatefulSet,
  action: Action & { type: 'delete' },
  { events }: ControllerContext,
): void {
  const subject = `StatefulSet ${set.metadata.namespace}/${set.metadata.name} is recreating`;
  const { name } = action.pod.metadata;
  if (action.why === 'failed')
    events.event(set, 'Warning', 'RecreatingFailedPod', `${subject} failed Pod ${name}`);
  if (action.why === 'finished')
    events.event(set, 'Normal', 'RecreatingTerminatedPod', `${subject} terminated Pod ${name}`);
}

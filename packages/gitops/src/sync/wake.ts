import type { Application } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { applications } from '@gantry/client/resources';
import type { AnyObject } from '@gantry/machinery/object';
import type { ControllerContext } from '@gantry/runtime/port';
import { identityOf } from '../render/render.ts';
import type { DriftMarks } from './drift.ts';
import { type InventoryIndex, inventoryOf } from './inventory.ts';
import type { LiveObjects } from './live-objects.ts';

/** Changes of one object within this time are looked at once. */
const SETTLE_MS = 30;
const DRIFT_SETTLE_MS = 200;
const OBJECTS_PER_MS = 5;
/** However large the application: drift is seen within a second. */
const DRIFT_LATEST_MS = 600;

/** From live objects that change back to the Applications that hold them, or whose pods they are. */
export function wakeOnChanges(
  context: ControllerContext,
  live: LiveObjects,
  drift: DriftMarks,
  { index, waits }: { readonly index: InventoryIndex; readonly waits: InventoryIndex },
  enqueue: (key: string, afterMs?: number) => void,
): void {
  context.informers.informer(applications).addHandler({
    onUpdate: (application: Application) => index.set(keyOf(application), inventoryOf(application)),
    onDelete: (application: Application) => index.remove(keyOf(application)),
  });
  index.onContest((key) => enqueue(key));
  const soon = (key: string, afterMs: number): void => {
    // A look costs as much as there are objects: a large application is looked at less often.
    enqueue(key, afterMs + index.sizeOf(key) / OBJECTS_PER_MS);
  };
  live.onChange((object, old, gone) => {
    const identity = identityOf(object);
    for (const key of waits.holdersOf(identity)) enqueue(key, SETTLE_MS);
    const holders = index.holdersOf(identity);
    const drifted = holders.length > 0 && drift.isDrift(object, old, gone);
    for (const key of holders) {
      if (drifted) drift.mark(key, object, gone);
      if (drifted)
        enqueue(key, Math.min(DRIFT_SETTLE_MS + index.sizeOf(key) / OBJECTS_PER_MS, DRIFT_LATEST_MS));
      else soon(key, SETTLE_MS);
    }
    if (object.kind === 'Pod') for (const key of holdersOfPod(object, index)) soon(key, SETTLE_MS);
  });
}

/** By name: a pod of a Deployment is called DEPLOYMENT-HASH-SUFFIX, any other OWNER-SUFFIX. */
function holdersOfPod(pod: AnyObject, index: InventoryIndex): readonly string[] {
  const namespace = pod.metadata.namespace ?? '';
  const owner = pod.metadata.ownerReferences?.find((reference) => reference.controller === true);
  if (owner === undefined) return [];
  const group = owner.apiVersion.includes('/') ? (owner.apiVersion.split('/')[0] ?? '') : '';
  const direct = index.holdersOf(`${group}/${owner.kind}/${namespace}/${owner.name}`);
  if (owner.kind !== 'ReplicaSet') return direct;
  const deployment = owner.name.replace(/-[a-z0-9]+$/, '');
  return [...direct, ...index.holdersOf(`apps/Deployment/${namespace}/${deployment}`)];
}

import type { Pod } from '@gantry/api/generated/types';

export const isFinished = (pod: Pod): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Neither finished nor on its way out. */
export const isActive = (pod: Pod): boolean =>
  !isFinished(pod) && pod.metadata.deletionTimestamp === undefined;

export const isTerminating = (pod: Pod): boolean =>
  !isFinished(pod) && pod.metadata.deletionTimestamp !== undefined;

export const podCondition = (pod: Pod, type: string) =>
  pod.status?.conditions?.find((condition) => condition.type === type);

export const isReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True';

/** Epoch milliseconds of an RFC 3339 time; 0 when absent. */
export const epoch = (time: string | null | undefined): number => (time ? Date.parse(time) : 0);

export const readySince = (pod: Pod): number =>
  isReady(pod) ? epoch(podCondition(pod, 'Ready')?.lastTransitionTime) : 0;

/** Ready for at least `minReadySeconds`. */
export function isAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  if (!isReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = readySince(pod);
  return since > 0 && since + minReadySeconds * 1000 <= now;
}

/** Milliseconds until the next of the ready pods becomes available; undefined when none waits for that. */
export function nextAvailableIn(
  pods: readonly Pod[],
  minReadySeconds: number,
  now: number,
): number | undefined {
  let next: number | undefined;
  for (const pod of pods) {
    if (!isReady(pod) || isAvailable(pod, minReadySeconds, now)) continue;
    const wait = Math.max(readySince(pod) + minReadySeconds * 1000 - now, 1);
    next = next === undefined ? wait : Math.min(next, wait);
  }
  return next;
}

/** Restarts of the container that restarted most. */
export const maxRestarts = (pod: Pod): { regular: number; sidecar: number } => {
  const sidecars = new Set(
    (pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always').map((c) => c.name),
  );
  const most = (counts: number[]) => Math.max(0, ...counts);
  return {
    regular: most((pod.status?.containerStatuses ?? []).map((status) => status.restartCount)),
    sidecar: most(
      (pod.status?.initContainerStatuses ?? [])
        .filter((status) => sidecars.has(status.name))
        .map((status) => status.restartCount),
    ),
  };
};

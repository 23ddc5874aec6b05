import type { Pod } from '@gantry/api/generated/types';

export const DEADLINE_MESSAGE = 'Pod was active on the node longer than the specified deadline';

/** When the pod's activeDeadlineSeconds are over, epoch milliseconds; undefined when it has none. */
export function deadlineOf(pod: Pod, firstSeenMs: number): number | undefined {
  const seconds = pod.spec.activeDeadlineSeconds;
  if (seconds === undefined) return undefined;
  const start = Date.parse(pod.status?.startTime ?? '');
  return (Number.isNaN(start) ? firstSeenMs : start) + seconds * 1000;
}

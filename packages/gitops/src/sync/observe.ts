import type { ApplicationObjectStatus, ApplicationStatus } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { healthOf, worstHealth } from '../health/health.ts';
import { whyLeft } from '../prune/left-over.ts';
import type { LiveObjects } from './live-objects.ts';

/** So that the status of thousands of objects stays small. */
const MESSAGE_LENGTH = 256;
/** With the names of an Application and its namespace. */
const WHY_LENGTH = 600;

/** Fills in the health of each object and of the whole, from the cluster as it is. */
export async function observe(
  status: ApplicationStatus,
  live: LiveObjects,
  nowMs: number,
): Promise<ApplicationStatus> {
  if (status.objects === undefined) return { ...status, health: status.health ?? 'Unknown' };
  const pods = await live.podsBySelector();
  const observed = await Promise.all(
    status.objects.map(async (entry): Promise<ApplicationObjectStatus | undefined> => {
      const object = await live.get(entry.apiVersion, entry.kind, entry.namespace ?? '', entry.name);
      // What Git no longer holds and is gone is nobody's business any more.
      if (object === undefined && whyLeft(entry) !== undefined) return undefined;
      const health = healthOf(object, pods);
      const { message: _, ...rest } = entry;
      const why = whyLeft(entry);
      const message = why?.slice(0, WHY_LENGTH) ?? health.message.slice(0, MESSAGE_LENGTH);
      return {
        ...rest,
        ...(object === undefined ? { sync: 'OutOfSync' as const } : {}),
        health: health.status,
        ...(message === '' ? {} : { message }),
      };
    }),
  );
  const objects = observed.filter((entry) => entry !== undefined);
  const health = worstHealth(objects.map((entry) => entry.health ?? 'Unknown'));
  const isOut = objects.some((entry) => entry.sync === 'OutOfSync');
  return {
    ...status,
    objects,
    health,
    ...(isOut ? { sync: 'OutOfSync' as const } : {}),
    ...healthyTime(status, health, nowMs),
  };
}

/** Notes in the newest entry of the history when its commit got healthy. */
function healthyTime(
  status: ApplicationStatus,
  health: string,
  nowMs: number,
): Pick<ApplicationStatus, 'history'> {
  const [newest, ...older] = status.history ?? [];
  // What gets healthy while a sync is under way is no longer the newest.
  if (newest === undefined || status.operation !== undefined) return {};
  if (health !== 'Healthy' || newest.result !== 'Applied' || newest.healthyTime !== undefined)
    return { history: [newest, ...older] };
  return { history: [{ ...newest, healthyTime: timestamp(nowMs) }, ...older] };
}

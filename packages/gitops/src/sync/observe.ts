import type { ApplicationObjectStatus, ApplicationStatus } from '@gantry/api/generated/types';
import { healthOf, worstHealth } from '../health/health.ts';
import type { LiveObjects } from './live-objects.ts';

/** Fills in the health of each object and of the whole, from the cluster as it is. */
export async function observe(
  status: ApplicationStatus,
  live: LiveObjects,
  nowMs: number,
): Promise<ApplicationStatus> {
  if (status.objects === undefined) return { ...status, health: status.health ?? 'Unknown' };
  const pods = await live.podsBySelector();
  const objects = await Promise.all(
    status.objects.map(async (entry): Promise<ApplicationObjectStatus> => {
      const object = await live.get(entry.apiVersion, entry.kind, entry.namespace ?? '', entry.name);
      const health = healthOf(object, pods);
      const { message: _, ...rest } = entry;
      const gone = object === undefined ? { sync: 'OutOfSync' as const } : {};
      return {
        ...rest,
        ...gone,
        health: health.status,
        ...(health.message === '' ? {} : { message: health.message }),
      };
    }),
  );
  const health = worstHealth(objects.map((entry) => entry.health ?? 'Unknown'));
  const missing = objects.some((entry) => entry.sync === 'OutOfSync');
  return {
    ...status,
    objects,
    health,
    ...(missing ? { sync: 'OutOfSync' as const } : {}),
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
  if (newest === undefined) return {};
  if (health !== 'Healthy' || newest.result !== 'Applied' || newest.healthyTime !== undefined)
    return { history: [newest, ...older] };
  return {
    history: [{ ...newest, healthyTime: new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z') }, ...older],
  };
}

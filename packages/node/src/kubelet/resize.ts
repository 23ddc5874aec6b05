import type { Pod } from '@gantry/api/generated/types';
import { containerResources } from './container-config.ts';
import type { KubeletContext } from './context.ts';
import { RESOURCES } from './labels.ts';
import { longRunning } from './pod.ts';
import { isRunning, latest, type RuntimePod } from './runtime-state.ts';

/**
 * Brings the cgroups of running containers to what the pod's spec says by now: resources are what can change of a
 * container that runs. `applied` holds, by container id, what was set since it was made.
 */
export async function resizeContainers(
  context: KubeletContext,
  pod: Pod,
  runtime: RuntimePod,
  applied: Map<string, string>,
): Promise<void> {
  const changes = longRunning(pod.spec).flatMap((container) => {
    const status = latest(runtime, container.name);
    if (status === undefined || !isRunning(status)) return [];
    const resources = containerResources(pod, container, context.config);
    const wanted = JSON.stringify(resources);
    const known = applied.get(status.id) ?? status.annotations[RESOURCES];
    // Of one that was made before resources were written down, nothing is known.
    if (known === undefined || known === wanted) return [];
    return [{ id: status.id, resources, wanted }];
  });
  if (changes.length === 0) return;
  for (const id of applied.keys()) if (!runtime.containers.some((one) => one.id === id)) applied.delete(id);
  // What grows needs room in the pod's cgroup first; what shrinks must do so before that can.
  await context.cgroups.create(pod);
  for (const { id, resources, wanted } of changes) {
    await context.cri.updateContainerResources(id, resources);
    applied.set(id, wanted);
  }
  await context.cgroups.create(pod);
}

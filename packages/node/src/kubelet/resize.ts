import { isDeepStrictEqual } from 'node:util';
import type { Container, Pod } from '@gantry/api/generated/types';
import type { ContainerStatus } from '../cri/types.ts';
import { containerResources } from './container-config.ts';
import type { KubeletContext } from './context.ts';
import { initContainers } from './pod.ts';
import type { PodSizes } from './pod-sizes.ts';
import { podResources } from './qos.ts';
import { isRunning, latest, type RuntimePod } from './runtime-state.ts';
import { isSameSize, type Size, type Sizing, sizeOf, sizingOf } from './sizes.ts';

interface Change {
  readonly container: Container;
  readonly status: ContainerStatus;
  readonly sizing: Sizing;
  readonly from: Size | undefined;
  readonly to: Size;
}

/**
 * Brings the cgroups of the pod and of its running containers to what the pod was granted. Returns why it could not, in
 * which case nothing is lost: the next run tries again.
 */
export async function resizePod(
  context: KubeletContext,
  pod: Pod,
  runtime: RuntimePod,
  sizes: PodSizes,
): Promise<string | undefined> {
  sizes.keep(new Set(runtime.containers.map(({ id }) => id)));
  const changes = changesOf(pod, runtime, sizes);
  const after = podResources(pod);
  const before = sizes.applied === undefined ? undefined : podResources(sizes.applied);
  const isPodChanged = before === undefined ? sizes.isInProgress : !isDeepStrictEqual(before, after);
  if (changes.length === 0 && !isPodChanged) return undefined;
  try {
    const limit = after.memoryLimitBytes;
    const isLower = limit < (before?.memoryLimitBytes || Number.POSITIVE_INFINITY);
    // Without a resize under way the sizes are those that an agent before this one has set: they hold already.
    if (sizes.isInProgress) await refuseBelowUse(context, pod, changes, isLower ? limit : 0);
    // What grows needs room in the pod's cgroup first; what shrinks must do so before that can.
    await context.cgroups.create(pod);
    for (const { container, status, sizing } of changes) {
      const resources = containerResources(pod, container, context.config);
      await context.cri.updateContainerResources(status.id, resources);
      sizes.resized(status.id, sizing);
    }
    await context.cgroups.create(pod);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function changesOf(pod: Pod, runtime: RuntimePod, sizes: PodSizes): Change[] {
  return [...initContainers(pod.spec), ...pod.spec.containers].flatMap((container) => {
    const status = latest(runtime, container.name);
    if (status === undefined || !isRunning(status)) return [];
    const sizing = sizingOf(pod, container);
    const actual = sizes.actual(status);
    // Of one that was made before sizes were written down, nothing is known.
    if (actual === undefined && !sizes.isInProgress) return [];
    const from = actual === undefined ? undefined : sizeOf(actual);
    const to = sizeOf(sizing);
    return from !== undefined && isSameSize(from, to) ? [] : [{ container, status, sizing, from, to }];
  });
}

/** Memory in use is not taken away: a limit below it would kill what runs. `podLimit` 0 = the pod's does not shrink. */
async function refuseBelowUse(
  context: KubeletContext,
  pod: Pod,
  changes: readonly Change[],
  podLimit: number,
): Promise<void> {
  const shrinking = changes.filter(
    ({ from, to }) =>
      to.memoryLimit > 0 &&
      (from === undefined || from.memoryLimit === 0 || to.memoryLimit < from.memoryLimit),
  );
  if (shrinking.length === 0 && podLimit === 0) return;
  const faults: string[] = [];
  if (podLimit > 0) {
    const used = await context.cgroups.memoryUsed(pod);
    if (used !== undefined && used >= podLimit)
      faults.push(`attempting to set pod memory limit (${podLimit}) below current usage (${used})`);
  }
  const stats = shrinking.length === 0 ? [] : await context.cri.listContainerStats();
  for (const { container, status, to } of shrinking) {
    const found = stats.find(({ attributes }) => attributes?.id === status.id)?.memory;
    const used = Number(found?.usageBytes?.value ?? found?.workingSetBytes?.value ?? 0);
    if (used < to.memoryLimit) continue;
    faults.push(
      `attempting to set container ${JSON.stringify(container.name)} memory limit (${to.memoryLimit}) below current usage (${used})`,
    );
  }
  const text = faults.length > 1 ? `[${faults.join(', ')}]` : faults[0];
  if (text !== undefined) throw new Error(`cannot decrease memory limits: ${text}`);
}

import { rm } from 'node:fs/promises';
import type { Pod } from '@gantry/api/generated/types';
import { pods } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { KubeletContext } from './context.ts';
import { namespaceOf, uidOf } from './pod.ts';
import type { RuntimePod } from './runtime-state.ts';
import { logDirectory } from './sandbox-config.ts';

/** Gives back what a stopped pod holds on the node: volumes and host ports. */
export async function releasePod({ volumes, hostPorts }: KubeletContext, pod: Pod): Promise<void> {
  const uid = uidOf(pod);
  await Promise.all([volumes.tearDown(uid), hostPorts?.remove(uid)]);
}

/** Removes the rest of a stopped pod: sandboxes with their containers, logs, cgroup. */
export async function removeSandboxes(
  { cri, cgroups, config }: KubeletContext,
  pod: Pod,
  runtime: RuntimePod,
): Promise<void> {
  await Promise.all([
    ...runtime.sandboxes.map(({ id }) => cri.removePodSandbox(id)),
    rm(logDirectory(config.logsDir, pod), { recursive: true, force: true }),
  ]);
  await cgroups.remove(uidOf(pod));
}

/** Deletes this very pod's object for good. One that is gone, or another of its name, is no error. */
export async function deletePodObject(context: KubeletContext, pod: Pod): Promise<void> {
  try {
    await context.client.delete(pods, namespaceOf(pod), pod.metadata.name, {
      gracePeriodSeconds: 0,
      preconditions: { uid: uidOf(pod) },
    });
  } catch (error) {
    if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Conflict')) throw error;
  }
}

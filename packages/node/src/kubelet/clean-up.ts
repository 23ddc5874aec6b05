import { rm } from 'node:fs/promises';
import type { Pod } from '@gantry/api/generated/types';
import { pods } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { KubeletContext } from './context.ts';
import { namespaceOf, uidOf } from './pod.ts';
import type { RuntimePod } from './runtime-state.ts';
import { logDirectory } from './sandbox-config.ts';

/** Removes what a stopped pod leaves on the node: sandboxes, volumes, logs, host ports, cgroup. */
export async function cleanUpPod(context: KubeletContext, pod: Pod, runtime: RuntimePod): Promise<void> {
  const { cri, volumes, cgroups, hostPorts, config } = context;
  const uid = uidOf(pod);
  await Promise.all([
    ...runtime.sandboxes.map(({ id }) => cri.removePodSandbox(id)),
    volumes.tearDown(uid),
    rm(logDirectory(config.logsDir, pod), { recursive: true, force: true }),
    hostPorts?.remove(uid),
  ]);
  await cgroups.remove(uid);
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

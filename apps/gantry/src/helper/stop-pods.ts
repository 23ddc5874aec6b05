import { connectCri } from '@gantry/node/cri/client';
import { INSTANCE, instanceOf } from '@gantry/node/kubelet/labels';

const GRACE_SECONDS = 5;

/** Stops and removes every pod that the node with this root folder runs; others' on the same runtime stay. */
export async function stopPods(endpoint: string, nodeRoot: string): Promise<void> {
  const instance = instanceOf(nodeRoot);
  const cri = connectCri(endpoint);
  try {
    const [allSandboxes, allContainers] = await Promise.all([cri.listPodSandboxes(), cri.listContainers()]);
    const sandboxes = allSandboxes.filter(({ labels }) => labels[INSTANCE] === instance);
    const ids = new Set(sandboxes.map(({ id }) => id));
    const containers = allContainers.filter(({ podSandboxId }) => ids.has(podSandboxId));
    // One that can't be stopped does not spare the others; removing its sandbox stops it too.
    await Promise.allSettled(containers.map((container) => cri.stopContainer(container.id, GRACE_SECONDS)));
    const ends = await Promise.allSettled(
      sandboxes.map(async (sandbox) => {
        await cri.stopPodSandbox(sandbox.id);
        await cri.removePodSandbox(sandbox.id);
      }),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw new Error(`a pod could not be stopped: ${String(failed.reason)}`);
  } finally {
    cri.close();
  }
}

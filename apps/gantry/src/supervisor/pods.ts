import { connectCri } from '@gantry/node/cri/client';

const GRACE_SECONDS = 5;

/** Stops and removes every pod of the runtime: `gantry down --stop-pods`. */
export async function stopAllPods(endpoint: string): Promise<void> {
  const cri = connectCri(endpoint);
  try {
    const [sandboxes, containers] = await Promise.all([cri.listPodSandboxes(), cri.listContainers()]);
    await Promise.all(containers.map((container) => cri.stopContainer(container.id, GRACE_SECONDS)));
    await Promise.all(
      sandboxes.map(async (sandbox) => {
        await cri.stopPodSandbox(sandbox.id);
        await cri.removePodSandbox(sandbox.id);
      }),
    );
  } finally {
    cri.close();
  }
}

import { createCriClient } from '@gantry/node/cri/client';

/** Stops and removes every pod of the runtime: `gantry down --stop-pods`. */
export async function stopAllPods(endpoint: string): Promise<void> {
  const cri = createCriClient(endpoint);
  try {
    const sandboxes = await cri.listPodSandboxes();
    await Promise.all(
      sandboxes.map(async (sandbox) => {
        const containers = await cri.listContainers({ podSandboxId: sandbox.id });
        await Promise.all(containers.map((container) => cri.stopContainer(container.id, 5)));
        await cri.stopPodSandbox(sandbox.id);
        await cri.removePodSandbox(sandbox.id);
      }),
    );
  } finally {
    cri.close();
  }
}

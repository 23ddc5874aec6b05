import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '@gantry/api/generated/types';
import { createClient } from '@gantry/client/client';
import { nodes } from '@gantry/client/resources';
import { loadKubeconfig } from '@gantry/pki/kubeconfig';
import { UserError } from '../errors.ts';

const TIMEOUT_MS = 120_000;

/** Resolves when the node's Ready condition is True. Throws a UserError with the condition's message. */
export async function waitForNode(kubeconfig: string, name: string): Promise<void> {
  const client = createClient(await loadKubeconfig(kubeconfig));
  const deadline = Date.now() + TIMEOUT_MS;
  let last = 'it has not registered';
  try {
    while (Date.now() < deadline) {
      const ready = await client
        .get<Node>(nodes, '', name)
        .then((node) => node.status?.conditions?.find((condition) => condition.type === 'Ready'))
        .catch((error: unknown) => {
          last = error instanceof Error ? error.message : String(error);
          return undefined;
        });
      if (ready?.status === 'True') return;
      if (ready !== undefined) last = ready.message ?? ready.reason ?? ready.status;
      await sleep(100);
    }
  } finally {
    client.close();
  }
  throw new UserError(`node ${name} is not ready after ${TIMEOUT_MS / 1000} s: ${last}`);
}

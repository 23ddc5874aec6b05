import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { nodes } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { freeSubnet, parseCidr } from '../pod-network/ipv4.ts';

const NODE_BITS = 24;
const CONTROLLER_WAIT_MS = 1500;
const POLL_MS = 100;
const TRIES_MAX = 10;

/**
 * The node's pod range: the one it has; else what a controller gives it within a moment; else the first free /24 of
 * the cluster's range, taken here. Throws when the range is used up.
 */
export async function ensurePodCidr(client: Client, node: Node, clusterCidr: string): Promise<string> {
  const { name } = node.metadata;
  const deadline = Date.now() + CONTROLLER_WAIT_MS;
  let current = node;
  while (current.spec.podCIDR === undefined && Date.now() < deadline) {
    await sleep(POLL_MS);
    current = await client.get(nodes, '', name);
  }
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    if (current.spec.podCIDR !== undefined) return current.spec.podCIDR;
    const { items } = await client.list(nodes);
    const taken = new Set(items.map(({ spec }) => spec.podCIDR ?? ''));
    const cidr = freeSubnet(parseCidr(clusterCidr), NODE_BITS, taken);
    if (cidr === undefined)
      throw new Error(`no pod range is left in ${clusterCidr}: use a larger --cluster-cidr`);
    try {
      const patch = {
        metadata: { resourceVersion: current.metadata.resourceVersion },
        spec: { podCIDR: cidr, podCIDRs: [cidr] },
      };
      const written = await client.patch(nodes, '', name, patch, { type: 'merge' });
      return written.spec.podCIDR ?? cidr;
    } catch (error) {
      if (!isStatusError(error, 'Conflict') && !isStatusError(error, 'Invalid')) throw error;
      current = await client.get(nodes, '', name);
    }
  }
  throw new Error(`node ${name} got no pod range`);
}

import type { Node } from '@gantry/api/generated/types';
import { nodes } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller, Outcome } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { blockAt, blocksOf, nextFree, parseRange } from './decide.ts';

export interface NodeIpamOptions {
  /** `10.244.0.0/16` */
  readonly clusterCidr: string;
  /** Prefix length of a node's block. Default 24. */
  readonly nodeCidrMaskSize?: number;
  /** Never given to a node, should it lie within the cluster range. */
  readonly serviceCidr?: string;
}

/** Gives each node a range for its pods, once. */
export function nodeIpamController(options: NodeIpamOptions): Controller {
  const range = parseRange(options.clusterCidr, options.nodeCidrMaskSize ?? 24);
  const reserved = options.serviceCidr === undefined ? [] : blocksOf(range, options.serviceCidr);
  /** Given out, but perhaps not in the cache yet: node name → block. */
  const given = new Map<string, number>();
  let last = -1;
  return {
    name: 'node-ipam-controller',
    eventSource: 'cidrAllocator',
    inputs: [input<Node>(nodes)],
    outputs: [{ resource: nodes, verbs: ['patch'] }],
    // One at a time: two nodes must not take the same block.
    concurrency: 1,
    async reconcile(key, { client, informers, events }): Promise<Outcome> {
      const informer = informers.informer(nodes);
      const node = informer.get('', key);
      if (node === undefined || node.spec.podCIDR) {
        given.delete(key);
        return DONE;
      }
      if (node.metadata.deletionTimestamp !== undefined) return DONE;
      const used = new Set([...reserved, ...given.values()]);
      for (const other of informer.list())
        for (const cidr of other.spec.podCIDRs ?? (other.spec.podCIDR ? [other.spec.podCIDR] : []))
          for (const block of blocksOf(range, cidr)) used.add(block);
      const block = given.get(key) ?? nextFree(range, used, last);
      if (block === undefined) {
        events.event(node, 'Normal', 'CIDRNotAvailable', `Node ${key} status is now: CIDRNotAvailable`);
        return { type: 'requeueAfter', ms: 10_000 };
      }
      given.set(key, block);
      last = block;
      const cidr = blockAt(range, block);
      const { uid } = node.metadata;
      await client.patch(
        nodes,
        '',
        key,
        { metadata: { uid }, spec: { podCIDR: cidr, podCIDRs: [cidr] } },
        { type: 'merge' },
      );
      return DONE;
    },
  };
}

import type { Node } from '@gantry/api/generated/types';
import { findCondition } from '../shared/conditions.ts';

/** A node with this label has no say in whether there is an outage. */
const EXCLUDED = 'node.kubernetes.io/exclude-disruption';
/** An answer is good for this long: with thousands of silent nodes each of them asks. */
const REUSE_MS = 1_000;

/**
 * Whether no node at all is ready. Then more likely the control plane is cut off than every node broken, and there is
 * nowhere for pods to go: nobody is evicted.
 */
export class TotalOutage {
  #asked = Number.NEGATIVE_INFINITY;
  #isTotal = false;

  isTotal(nodes: () => Iterable<Node>, now: number): boolean {
    if (now - this.#asked < REUSE_MS) return this.#isTotal;
    this.#asked = now;
    this.#isTotal = noneReady(nodes());
    return this.#isTotal;
  }
}

export function noneReady(nodes: Iterable<Node>): boolean {
  let counted = false;
  for (const { metadata, status } of nodes) {
    if (metadata.labels?.[EXCLUDED] !== undefined) continue;
    if (findCondition(status?.conditions, 'Ready')?.status === 'True') return false;
    counted = true;
  }
  return counted;
}

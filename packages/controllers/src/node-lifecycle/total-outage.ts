import type { Node } from '@gantry/api/generated/types';
import { nodes } from '@gantry/client/resources';
import type { ControllerContext } from '@gantry/runtime/port';
import { findCondition } from '../shared/conditions.ts';
import { decideUnknown, type Heartbeat } from './decide.ts';
import { observe } from './heartbeat.ts';

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

  /** A node has fallen silent: the answer may be another. */
  reconsider(): void {
    this.#asked = Number.NEGATIVE_INFINITY;
  }

  isTotal(context: ControllerContext, heartbeats: ReadonlyMap<string, Heartbeat>, now: number): boolean {
    if (now - this.#asked < REUSE_MS) return this.#isTotal;
    this.#asked = now;
    // By their heartbeats: those that fell silent together have not all had their turn to be told so.
    const isReady = (node: Node): boolean => {
      const heartbeat = observe(node, heartbeats.get(node.metadata.name), context);
      const conditions = decideUnknown(node, heartbeat, now) ?? node.status?.conditions;
      return findCondition(conditions, 'Ready')?.status === 'True';
    };
    this.#isTotal = noneReady(context.informers.informer(nodes).list(), isReady);
    return this.#isTotal;
  }
}

export function noneReady(all: Iterable<Node>, isReady: (node: Node) => boolean): boolean {
  let counted = false;
  for (const node of all) {
    if (node.metadata.labels?.[EXCLUDED] !== undefined) continue;
    if (isReady(node)) return false;
    counted = true;
  }
  return counted;
}

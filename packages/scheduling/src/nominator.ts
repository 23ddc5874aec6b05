import type { NodeInfo } from './cache/node-info.ts';
import type { NominatedOn } from './framework/algorithm.ts';
import type { PodInfo } from './framework/pod-info.ts';

const NONE: readonly PodInfo[] = [];

/** Pods for which others were removed: until they are placed, pods of lower rank may not take their room. */
export class Nominator {
  readonly #byNode = new Map<string, Map<string, PodInfo>>();
  readonly #nodeOf = new Map<string, string>();

  set(info: PodInfo, node: string): void {
    this.delete(info.key);
    const pods = this.#byNode.get(node) ?? new Map<string, PodInfo>();
    pods.set(info.key, info);
    this.#byNode.set(node, pods);
    this.#nodeOf.set(info.key, node);
  }

  delete(key: string): void {
    const node = this.#nodeOf.get(key);
    if (node === undefined) return;
    this.#nodeOf.delete(key);
    const pods = this.#byNode.get(node);
    pods?.delete(key);
    if (pods?.size === 0) this.#byNode.delete(node);
  }

  nodeOf(key: string): string | undefined {
    return this.#nodeOf.get(key);
  }

  /** Those on a node that the pod of the cycle may not push aside. */
  readonly on: NominatedOn = (node: NodeInfo, cycle) => {
    const pods = this.#byNode.get(node.name);
    if (pods === undefined) return NONE;
    return [...pods.values()].filter(
      (pod) => pod.key !== cycle.pod.key && pod.priority >= cycle.pod.priority,
    );
  };

  /** Pods on a node of lower priority than given: their promise is void when a more important pod is promised the room. */
  lower(node: string, priority: number): readonly PodInfo[] {
    return [...(this.#byNode.get(node)?.values() ?? [])].filter((pod) => pod.priority < priority);
  }
}

import type { Node, Pod } from '@gantry/api/generated/types';
import { type PodInfo, podInfo, podKey } from '../framework/pod-info.ts';
import { NodeInfo } from './node-info.ts';
import { CarriedTerms, type NodeCounts, PodCounts } from './pod-counts.ts';

/** A pod on its node. */
export interface Placed {
  readonly info: PodInfo;
  readonly node: string;
  /** Decided here, not yet seen with its node from the server. */
  readonly assumed: boolean;
}

/**
 * Nodes and the pods on them, with those assumed to be there while their binding is on its way. A scheduling cycle runs
 * without yielding, so it reads the cache itself: no snapshot is copied.
 */
export class SchedulerCache {
  readonly #nodes = new Map<string, NodeInfo>();
  #list: NodeInfo[] = [];
  readonly #placed = new Map<string, Placed>();
  readonly #counts = new PodCounts();
  /** Terms that pods on nodes carry. */
  readonly requiredAntiAffinity = new CarriedTerms();
  readonly requiredAffinity = new CarriedTerms();
  readonly preferredAffinity = new CarriedTerms();
  /** Nodes that have an image, by its name. */
  readonly imageNodes = new Map<string, number>();

  /** Nodes that exist, in the order in which they came. */
  get nodes(): readonly NodeInfo[] {
    return this.#list;
  }

  node(name: string): NodeInfo | undefined {
    const info = this.#nodes.get(name);
    return info?.node === undefined ? undefined : info;
  }

  setNode(node: Node): void {
    const info = this.#entry(node.metadata.name);
    for (const image of info.images.keys()) this.#countImage(image, -1);
    if (info.node === undefined) this.#list.push(info);
    info.setNode(node);
    for (const image of info.images.keys()) this.#countImage(image, 1);
  }

  /** Pods may outlive their node for a while; its entry goes with the last. */
  removeNode(name: string): void {
    const info = this.#nodes.get(name);
    if (info?.node === undefined) return;
    for (const image of info.images.keys()) this.#countImage(image, -1);
    info.node = undefined;
    info.images = new Map();
    this.#list = this.#list.filter((other) => other !== info);
    if (info.pods.size === 0) this.#nodes.delete(name);
  }

  isAssumed(pod: Pod): boolean {
    const placed = this.#placed.get(podKey(pod));
    return placed?.assumed === true && placed.info.uid === (pod.metadata.uid ?? '');
  }

  has(key: string): boolean {
    return this.#placed.has(key);
  }

  /** A pod that the server shows on a node: new, changed, or assumed and now confirmed. */
  setPod(pod: Pod): void {
    this.#place(podInfo(pod), pod.spec.nodeName ?? '', false);
  }

  /** Takes a node's room before the binding is written. */
  assume(info: PodInfo, node: string): void {
    this.#place(info, node, true);
  }

  /** Gives an assumed pod's room back; a confirmed one stays. */
  forget(key: string): void {
    if (this.#placed.get(key)?.assumed === true) this.removePod(key);
  }

  removePod(key: string): Placed | undefined {
    const placed = this.#placed.get(key);
    if (placed === undefined) return undefined;
    this.#placed.delete(key);
    const node = this.#nodes.get(placed.node);
    node?.removePod(placed.info);
    this.#index(placed.info, placed.node, -1);
    if (node !== undefined && node.node === undefined && node.pods.size === 0)
      this.#nodes.delete(placed.node);
    return placed;
  }

  /** Puts a pod back that `removePod` took out, for "what if" questions. */
  restorePod({ info, node, assumed }: Placed): void {
    this.#place(info, node, assumed);
  }

  /** Pods on nodes that satisfy a predicate, counted by node; see `PodCounts`. */
  count(signature: string, matches: (pod: PodInfo) => boolean): NodeCounts {
    return this.#counts.count(signature, matches, () => this.#all());
  }

  /** Labels of namespaces changed. */
  clearCounts(): void {
    this.#counts.clear();
  }

  *#all(): Iterable<{ node: string; pod: PodInfo }> {
    for (const { info, node } of this.#placed.values()) yield { node, pod: info };
  }

  #entry(name: string): NodeInfo {
    const info = this.#nodes.get(name) ?? new NodeInfo(name);
    this.#nodes.set(name, info);
    return info;
  }

  #place(info: PodInfo, node: string, assumed: boolean): void {
    this.removePod(info.key);
    this.#entry(node).addPod(info);
    this.#placed.set(info.key, { info, node, assumed });
    this.#index(info, node, 1);
  }

  #index(info: PodInfo, node: string, by: 1 | -1): void {
    this.#counts.change(info, node, by);
    for (const term of info.requiredAntiAffinity) this.requiredAntiAffinity.change(term, 0, node, by);
    for (const term of info.requiredAffinity) this.requiredAffinity.change(term, 0, node, by);
    for (const { term, weight } of info.preferred) this.preferredAffinity.change(term, weight, node, by);
  }

  #countImage(image: string, by: 1 | -1): void {
    const count = (this.imageNodes.get(image) ?? 0) + by;
    if (count > 0) this.imageNodes.set(image, count);
    else this.imageNodes.delete(image);
  }
}

import type { Node, Taint } from '@gantry/api/generated/types';
import type { Labels } from '@gantry/machinery/label-selector';
import type { HostPort, PodInfo } from '../framework/pod-info.ts';
import { amountsOf } from '../framework/requests.ts';

const EVERY_ADDRESS = '0.0.0.0';

/** A node with the sums over its pods, changed pod by pod. */
export class NodeInfo {
  readonly name: string;
  node: Node | undefined;
  labels: Labels = {};
  taints: readonly Taint[] = [];
  allocatable: ReadonlyMap<string, number> = new Map();
  /** Bytes by image name. */
  images: ReadonlyMap<string, number> = new Map();
  readonly pods = new Map<string, PodInfo>();
  readonly requested = new Map<string, number>();
  readonly nonZero = { cpu: 0, memory: 0 };
  readonly #ports = new Map<string, number>();

  constructor(name: string) {
    this.name = name;
  }

  setNode(node: Node): void {
    this.node = node;
    this.labels = node.metadata.labels ?? {};
    this.taints = node.spec.taints ?? [];
    this.allocatable = amountsOf((node.status?.allocatable ?? {}) as Record<string, string>);
    const images = new Map<string, number>();
    for (const image of node.status?.images ?? [])
      for (const name of image.names ?? []) images.set(name, image.sizeBytes ?? 0);
    this.images = images;
  }

  addPod(info: PodInfo): void {
    this.#change(info, 1);
    this.pods.set(info.key, info);
  }

  removePod(info: PodInfo): void {
    if (!this.pods.delete(info.key)) return;
    this.#change(info, -1);
  }

  /** True when a port is taken: same protocol and number, and one of the two is for every address or both are equal. */
  hasPortConflict(wanted: HostPort): boolean {
    const end = `/${wanted.protocol}/${wanted.port}`;
    if (wanted.ip !== EVERY_ADDRESS)
      return this.#ports.has(`${wanted.ip}${end}`) || this.#ports.has(`${EVERY_ADDRESS}${end}`);
    for (const key of this.#ports.keys()) if (key.endsWith(end)) return true;
    return false;
  }

  #change(info: PodInfo, sign: 1 | -1): void {
    for (const [name, amount] of info.requests)
      this.requested.set(name, (this.requested.get(name) ?? 0) + sign * amount);
    this.nonZero.cpu += sign * info.nonZero.cpu;
    this.nonZero.memory += sign * info.nonZero.memory;
    for (const { ip, protocol, port } of info.hostPorts) {
      const key = `${ip}/${protocol}/${port}`;
      const count = (this.#ports.get(key) ?? 0) + sign;
      if (count > 0) this.#ports.set(key, count);
      else this.#ports.delete(key);
    }
  }
}

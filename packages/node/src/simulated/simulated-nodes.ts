import type { Lease, Node, Pod } from '@gantry/api/generated/types';
import type { Client, Informer, InformerFactory } from '@gantry/client/port';
import { nodes, pods } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { Clock, Logger } from '@gantry/runtime/port';
import { isTerminalPhase, namespaceOf, uidOf } from '../kubelet/pod.ts';
import { statusPatch, writeStatus } from '../kubelet/status-writer.ts';
import { type MachineFacts, newNode, nodeConditions, nodeStatus } from '../node/node-object.ts';
import { nodeStatusPatch, registerNode, renewLease, writeNodeStatus } from '../node/registration.ts';
import { addressAt, formatAddress, parseCidr } from '../pod-network/ipv4.ts';
import { simulatedStatus } from './pod-status.ts';

/** On the Node, and said to people by the console and kubectl. */
const SIMULATED_LABEL = 'gantry.dev/simulated';
export const SIMULATED_MESSAGE = 'this node is simulated: its pods have no containers';
/** On a pod that would run for ever: seconds after which it succeeds all the same. */
const FINISH_ANNOTATION = 'gantry.dev/simulated-run-seconds';

const LEASE_MS = 10_000;
const FINISH_MS = 1000;
const PARALLEL_MAX = 64;
const RETRY_MS = 2000;
const SIMULATED_MACHINE: MachineFacts = {
  cpus: 32,
  memoryBytes: 256 * 2 ** 30,
  diskBytes: 1024 * 2 ** 30,
  osImage: 'Gantry simulated node',
  machineId: '',
  bootId: '',
  systemUuid: '',
};

export interface SimulatedOptions {
  readonly client: Client;
  readonly informers: InformerFactory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly count: number;
  /** Nodes are PREFIX-0 … ; default `sim`. */
  readonly prefix?: string;
  /** Pod addresses of nodes that were given no range come from here. */
  readonly clusterCidr: string;
  /** The port of the agent's server that answers logs and exec; 0 = none. */
  readonly port: number;
  readonly nodeIp: string;
}

/**
 * Many nodes in one process: they register, keep their leases, mark what is bound to them Running and Ready, let pods
 * of Jobs succeed after a moment, and let go of deleted ones at once.
 */
export class SimulatedNodes {
  readonly #options: SimulatedOptions;
  readonly #names: ReadonlySet<string>;
  readonly #nodes = new Map<string, { node: Node; lease: Lease | undefined; nextIp: number }>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #podInformer: Informer<Pod>;
  readonly #queue = new Map<string, Pod>();
  readonly #busy = new Set<string>();
  #closed = false;
  #leaseTimer: NodeJS.Timeout | undefined;

  constructor(options: SimulatedOptions) {
    this.#options = options;
    const prefix = options.prefix ?? 'sim';
    this.#names = new Set(Array.from({ length: options.count }, (_, index) => `${prefix}-${index}`));
    this.#podInformer = options.informers.informer(pods);
    this.#podInformer.addHandler({
      onUpdate: (pod) => this.#enqueue(pod),
      onDelete: (pod) => this.#cancel(uidOf(pod)),
    });
  }

  /** Registers every node; then acts in the background. The caller starts the informers. */
  async start(): Promise<void> {
    await inParallel([...this.#names], (name) => this.#register(name));
    await this.#podInformer.whenSynced();
    for (const pod of this.#podInformer.list()) this.#enqueue(pod);
    this.#scheduleLeases();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#leaseTimer);
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /** For the server that says why there are no logs. */
  owns(nodeName: string | undefined): boolean {
    return nodeName !== undefined && this.#names.has(nodeName);
  }

  async #register(name: string): Promise<void> {
    const { client, clock, nodeIp, port } = this.#options;
    const wanted = newNode(name, undefined, { [SIMULATED_LABEL]: 'true', type: 'simulated' });
    const annotated: Node = {
      ...wanted,
      metadata: { ...wanted.metadata, annotations: { [SIMULATED_LABEL]: SIMULATED_MESSAGE } },
    };
    const node = await registerNode(client, annotated);
    const now = clock.now();
    const status = nodeStatus({
      nodeIp,
      hostname: name,
      port,
      machine: SIMULATED_MACHINE,
      runtime: { runtimeName: 'simulated', runtimeVersion: '1.0.0', runtimeApiVersion: 'v1' },
      images: [],
      conditions: nodeConditions(node.status?.conditions ?? [], { problem: undefined, diskFull: false }, now),
    });
    const patch = nodeStatusPatch(node.status ?? {}, status);
    const written = patch === undefined ? node : await writeNodeStatus(client, name, patch);
    const lease = await renewLease(client, written, undefined, now);
    this.#nodes.set(name, { node: written, lease, nextIp: 2 });
  }

  /** Each node at its own moment within the period, so that thousands do not come at once. */
  #scheduleLeases(): void {
    if (this.#closed) return;
    this.#leaseTimer = setTimeout(() => {
      const all = [...this.#nodes.entries()];
      inParallel(all, ([name]) => this.#renew(name))
        .catch((error: unknown) => this.#options.log.warn({ error: String(error) }, 'leases not renewed'))
        .finally(() => this.#scheduleLeases());
    }, LEASE_MS);
  }

  async #renew(name: string): Promise<void> {
    const entry = this.#nodes.get(name);
    if (entry === undefined || this.#closed) return;
    try {
      entry.lease = await renewLease(
        this.#options.client,
        entry.node,
        entry.lease,
        this.#options.clock.now(),
      );
    } catch (error) {
      entry.lease = undefined;
      this.#options.log.debug({ node: name, error: String(error) }, 'lease not renewed');
    }
  }

  #enqueue(pod: Pod): void {
    if (this.#closed || !this.owns(pod.spec.nodeName)) return;
    const isSettled =
      pod.status?.phase === 'Running' &&
      pod.metadata.deletionTimestamp === undefined &&
      pod.status.observedGeneration === pod.metadata.generation;
    if (isSettled || (isTerminalPhase(pod.status?.phase) && pod.metadata.deletionTimestamp === undefined)) {
      if (isSettled) this.#scheduleFinish(pod);
      return;
    }
    this.#queue.set(uidOf(pod), pod);
    this.#drain();
  }

  #drain(): void {
    for (const [uid, pod] of this.#queue) {
      if (this.#busy.size >= PARALLEL_MAX) return;
      if (this.#busy.has(uid)) continue;
      this.#queue.delete(uid);
      this.#busy.add(uid);
      this.#handle(pod)
        .catch((error: unknown) => {
          this.#options.log.debug(
            { pod: pod.metadata.name, error: String(error) },
            'simulated pod not updated',
          );
          setTimeout(() => this.#retry(pod), RETRY_MS).unref();
        })
        .finally(() => {
          this.#busy.delete(uid);
          this.#drain();
        });
    }
  }

  #retry(pod: Pod): void {
    const current = this.#podInformer.get(namespaceOf(pod), pod.metadata.name);
    if (current !== undefined && uidOf(current) === uidOf(pod)) this.#enqueue(current);
  }

  async #handle(pod: Pod): Promise<void> {
    const { client } = this.#options;
    try {
      if (pod.metadata.deletionTimestamp !== undefined) {
        this.#cancel(uidOf(pod));
        await client.delete(pods, namespaceOf(pod), pod.metadata.name, {
          gracePeriodSeconds: 0,
          preconditions: { uid: uidOf(pod) },
        });
        return;
      }
      await this.#write(pod, false);
      this.#scheduleFinish(pod);
    } catch (error) {
      if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Conflict')) throw error;
    }
  }

  async #write(pod: Pod, finished: boolean): Promise<void> {
    const { clock, nodeIp, client } = this.#options;
    const podIp =
      pod.spec.hostNetwork === true ? nodeIp : (pod.status?.podIP ?? this.#nextIp(pod.spec.nodeName ?? ''));
    const status = simulatedStatus(pod, { hostIp: nodeIp, podIp, now: clock.now(), finished });
    const patch = statusPatch(pod, status);
    if (patch !== undefined) await writeStatus(client, pod, patch);
  }

  /** From the node's own range where it has one, else spread over the cluster's. */
  #nextIp(nodeName: string): string {
    const entry = this.#nodes.get(nodeName);
    if (entry === undefined) return '0.0.0.0';
    const current = this.#options.informers.informer(nodes).get('', nodeName) ?? entry.node;
    const own = current.spec.podCIDR;
    const index = entry.nextIp++;
    if (own !== undefined) return addressAt(parseCidr(own), 2 + ((index - 2) % 250));
    const cluster = parseCidr(this.#options.clusterCidr);
    const size = 2 ** (32 - cluster.bits);
    const node = [...this.#names].indexOf(nodeName);
    return formatAddress((cluster.base + ((node * 256 + 2 + ((index - 2) % 250)) % size)) >>> 0);
  }

  #scheduleFinish(pod: Pod): void {
    const uid = uidOf(pod);
    const asked = pod.metadata.annotations?.[FINISH_ANNOTATION];
    const runsForEver = (pod.spec.restartPolicy ?? 'Always') === 'Always';
    if ((runsForEver && asked === undefined) || this.#timers.has(uid) || this.#closed) return;
    const ms = asked === undefined ? FINISH_MS : Math.max(0, Number(asked) * 1000 || 0);
    const timer = setTimeout(() => {
      this.#timers.delete(uid);
      const current = this.#podInformer.get(namespaceOf(pod), pod.metadata.name);
      if (current === undefined || uidOf(current) !== uid || isTerminalPhase(current.status?.phase)) return;
      this.#write(current, true).catch((error: unknown) => {
        this.#options.log.debug(
          { pod: pod.metadata.name, error: String(error) },
          'simulated pod not finished',
        );
        if (!isStatusError(error, 'NotFound')) this.#scheduleFinish(current);
      });
    }, ms);
    this.#timers.set(uid, timer);
  }

  #cancel(uid: string): void {
    clearTimeout(this.#timers.get(uid));
    this.#timers.delete(uid);
    this.#queue.delete(uid);
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items.values();
  const lane = async (): Promise<void> => {
    for (const item of iterator) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_MAX, items.length) }, lane));
}

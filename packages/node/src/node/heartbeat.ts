import { statfs } from 'node:fs/promises';
import type { Lease, Node } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { isStatusError } from '@gantry/machinery/status';
import type { Clock, EventRecorder, Logger } from '@gantry/runtime/port';
import type { Cri, RuntimeVersion } from '../cri/port.ts';
import {
  isDiskFull,
  type MachineFacts,
  nodeConditions,
  nodeStatus,
  runtimeProblem,
  withForeignResources,
} from './node-object.ts';
import { nodeStatusPatch, registerNode, renewLease, writeNodeStatus } from './registration.ts';

const HEARTBEAT_MS = 10_000;
/** A status that does not change is reported this often, for its heartbeat times. */
const REPORT_MS = 300_000;
const FIRST_RETRY_MS = 1000;

export interface HeartbeatOptions {
  readonly client: Client;
  readonly cri: Cri;
  readonly clock: Clock;
  readonly events: EventRecorder;
  readonly log: Logger;
  readonly wanted: Node;
  readonly nodeIp: string;
  readonly hostname: string;
  readonly port: number;
  readonly machine: MachineFacts;
  /** On the disk that pods write to. */
  readonly rootDir: string;
  /** Throws when the agent itself is not well. */
  readonly checkHealth: () => void;
  /** The Node as a watch has it. */
  readonly watched: () => Node | undefined;
}

/** Keeps the Node and its Lease fresh: a lease every 10 s, the status when it changes. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #node: Node;
  #lease: Lease | undefined;
  #runtime: RuntimeVersion | undefined;
  #reportedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: HeartbeatOptions, node: Node) {
    this.#options = options;
    this.#node = node;
  }

  /** Sends the first status and lease, then goes on in the background. */
  async start(): Promise<void> {
    await this.#beat();
    this.#schedule(HEARTBEAT_MS);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#beat().then(
        () => this.#schedule(HEARTBEAT_MS),
        (error: unknown) => {
          this.#options.log.warn({ error: String(error) }, 'node status not reported');
          this.#schedule(FIRST_RETRY_MS);
        },
      );
    }, ms);
  }

  async #beat(): Promise<void> {
    const { client, clock } = this.#options;
    this.#lease = await renewLease(client, this.#node, this.#lease, clock.now());
    await this.#report().catch(async (error: unknown) => {
      if (!isStatusError(error, 'NotFound')) throw error;
      // Somebody deleted the Node: a living one registers again.
      this.#node = await registerNode(client, this.#options.wanted);
      this.#lease = undefined;
      await this.#report();
    });
  }

  async #report(): Promise<void> {
    const { client, cri, clock, nodeIp, hostname, port, machine } = this.#options;
    this.#runtime ??= await cri.version();
    const now = clock.now();
    const problem = this.#ownProblem() ?? (await runtimeProblem(cri));
    // Others write it too: after a long silence its conditions say Unknown.
    const watched = this.#options.watched();
    if (watched !== undefined && versionOf(watched) > versionOf(this.#node)) this.#node = watched;
    const old = this.#node.status ?? {};
    const diskFull = await this.#isDiskFull();
    const conditions = nodeConditions(old.conditions ?? [], { problem, diskFull }, now);
    this.#announce(old.conditions?.find(({ type }) => type === 'Ready')?.status, problem);
    const images = await cri.listImages().catch(() => []);
    const own = nodeStatus({
      nodeIp,
      hostname,
      port,
      machine,
      runtime: this.#runtime,
      images,
      conditions,
    });
    const patch = nodeStatusPatch(old, withForeignResources(own, old));
    if (patch === undefined && now - this.#reportedAt < REPORT_MS) return;
    this.#node = await writeNodeStatus(client, this.#node.metadata.name, patch ?? { status: { conditions } });
    this.#reportedAt = now;
  }

  async #isDiskFull(): Promise<boolean> {
    const disk = await statfs(this.#options.rootDir).catch(() => undefined);
    if (disk === undefined) return false;
    return isDiskFull({ freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize });
  }

  #ownProblem(): string | undefined {
    try {
      this.#options.checkHealth();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #announce(before: string | undefined, problem: string | undefined): void {
    const { events, wanted } = this.#options;
    const { name } = wanted.metadata;
    const isReady = problem === undefined;
    if ((before === 'True') === isReady) return;
    const reason = isReady ? 'NodeReady' : 'NodeNotReady';
    events.event(this.#node, 'Normal', reason, `Node ${name} status is now: ${reason}`);
  }
}

const versionOf = (node: Node): number => Number(node.metadata.resourceVersion);

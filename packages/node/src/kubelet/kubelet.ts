import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigMap, Node, Pod, Secret } from '@gantry/api/generated/types';
import type { Client, Informer, InformerFactory } from '@gantry/client/port';
import { configMaps, pods, secrets, services } from '@gantry/client/resources';
import type { Clock, EventRecorder, Logger } from '@gantry/runtime/port';
import { watchContainerdExits } from '../cri/containerd-events.ts';
import type { Cri } from '../cri/port.ts';
import type { NodeFacts } from '../environment/field-ref.ts';
import type { HostPorts } from '../pod-network/host-ports.ts';
import { Prober } from '../probes/prober.ts';
import { LocalPathFolders } from '../volumes/local-path.ts';
import { ServiceAccountTokens } from '../volumes/tokens.ts';
import { Volumes } from '../volumes/volumes.ts';
import { admit, isAdmitted, refuseForRoom } from './admission.ts';
import { recordedAllocation, withAllocation } from './allocation.ts';
import { Backoff } from './backoff.ts';
import { Cgroups } from './cgroups.ts';
import type { KubeletConfig, KubeletContext } from './context.ts';
import { collectContainers, ImageCollector, rotateLogs } from './housekeeping.ts';
import { ImageManager } from './image-manager.ts';
import { mountedImages } from './image-volumes.ts';
import { hasStorageLimit, storageExcess } from './local-storage.ts';
import { ObjectCache } from './object-cache.ts';
import { Orphans } from './orphans.ts';
import { Pleg } from './pleg.ts';
import { hostPortsOf, isTerminalPhase, uidOf } from './pod.ts';
import { PodWorker } from './pod-worker.ts';
import { hostResolvConf } from './resolv-conf.ts';
import { isRunning, type RuntimePod } from './runtime-state.ts';

const RESTART_BACKOFF_MS = 10_000;
const RESTART_BACKOFF_MAX_MS = 300_000;
const RELIST_MS = 1000;
/** With the runtime's own events the relist is only a safety net. */
const RELIST_WITH_EVENTS_MS = 10_000;
const EXIT_CHECKS_MS = [5, 15, 50, 150, 500, 1000];
/** As the original looks after container logs. */
const HOUSEKEEPING_MS = 10_000;
const IMAGE_GC_MS = 300_000;

export interface KubeletOptions {
  readonly config: KubeletConfig;
  readonly cgroupParent: string;
  /** Where the local-path provisioner has its folders; absent = none are cleared away. */
  readonly localPathRoot?: string;
  readonly cri: Cri;
  readonly criEndpoint: string;
  readonly runtimeKind: string;
  readonly client: Client;
  readonly informers: InformerFactory;
  readonly events: EventRecorder;
  readonly log: Logger;
  readonly clock: Clock;
  readonly node: NodeFacts;
  readonly hostPorts?: HostPorts;
  /** The node's object as a watch has it: what it can give to pods. */
  readonly nodeObject?: () => Node | undefined;
}

/** Runs the pods that are bound to this node. */
export class Kubelet {
  readonly #options: KubeletOptions;
  readonly #workers = new Map<string, PodWorker>();
  readonly #informer: Informer<Pod>;
  readonly #context: KubeletContext;
  readonly #pleg: Pleg;
  readonly #images: ImageCollector;
  readonly #stop = new AbortController();
  readonly #orphans: Orphans;
  #exits: { readonly live: () => boolean } = { live: () => false };

  static async create(options: KubeletOptions): Promise<Kubelet> {
    const volumes = new Volumes(options.config.rootDir, options.client, options.criEndpoint);
    await volumes.prepare();
    return new Kubelet(options, volumes, await hostResolvConf());
  }

  private constructor(options: KubeletOptions, volumes: Volumes, hostDns: KubeletContext['hostDns']) {
    this.#options = options;
    const { cri, client, events, log, clock, config } = options;
    const refresh = (uids: ReadonlySet<string>): void => {
      for (const uid of uids) this.#workers.get(uid)?.refreshVolumes();
    };
    const secretCache = new ObjectCache<Secret>(client, secrets, log, refresh);
    this.#context = {
      config,
      cri,
      criEndpoint: options.criEndpoint,
      runtimeKind: options.runtimeKind,
      client,
      events,
      log,
      clock,
      node: options.node,
      hostDns,
      services: options.informers.informer(services),
      configMaps: new ObjectCache<ConfigMap>(client, configMaps, log, refresh),
      secrets: secretCache,
      tokens: new ServiceAccountTokens(client, () => clock.now()),
      volumes,
      cgroups: new Cgroups(options.cgroupParent),
      images: new ImageManager({
        cri,
        events,
        clock,
        secret: (uid, namespace, name) => secretCache.get(uid, namespace, name),
      }),
      prober: new Prober({
        cri,
        events,
        hostIp: config.nodeIp,
        onChange: (uid) => this.#workers.get(uid)?.wake(),
      }),
      restarts: new Backoff(RESTART_BACKOFF_MS, RESTART_BACKOFF_MAX_MS),
      hostPorts: options.hostPorts,
      refuseResize: (pod) => refuseForRoom(pod, [...this.#holders(uidOf(pod))], options.nodeObject?.()),
      retryResizes: () => {
        for (const worker of this.#workers.values()) if (worker.waitsForRoom) worker.wake();
      },
    };
    this.#pleg = new Pleg({
      cri,
      log,
      intervalMs: () => (this.#exits.live() ? RELIST_WITH_EVENTS_MS : RELIST_MS),
      onChange: (pod) => this.#observe(pod),
    });
    this.#images = new ImageCollector(cri, log);
    this.#orphans = new Orphans(
      this.#context,
      () => new Set(this.#informer.list().map(uidOf)),
      this.#stop.signal,
    );
    this.#informer = options.informers.informer(pods, { fieldSelector: `spec.nodeName=${config.nodeName}` });
    this.#informer.addHandler({
      onUpdate: (pod) => this.#update(pod),
      onDelete: (pod) => this.#workers.get(uidOf(pod))?.remove(),
    });
  }

  /** Begins once the informers hold their first lists (the caller starts those). */
  async start(): Promise<void> {
    await this.#informer.whenSynced();
    if (this.#options.runtimeKind === 'containerd') {
      const onExit = (id: string): void => void this.#afterExit(id);
      this.#exits = watchContainerdExits(this.#options.criEndpoint, onExit, this.#stop.signal);
    }
    await this.#orphans.sweep();
    this.#pleg.start();
    this.#every(HOUSEKEEPING_MS, () => this.#housekeep());
    // Apart: large folders take long to measure, and logs must be rotated meanwhile.
    this.#every(HOUSEKEEPING_MS, () => this.#checkStorage());
    const { localPathRoot, client, log } = this.#options;
    if (localPathRoot !== undefined) {
      const folders = new LocalPathFolders(localPathRoot, client, log);
      this.#every(HOUSEKEEPING_MS, () => folders.collect());
    }
    this.#every(IMAGE_GC_MS, () =>
      this.#images.collect(this.#context.clock.now(), this.#informer.list().flatMap(mountedImages)),
    );
  }

  /** The runtime's own lists learn of an end a moment after its event. */
  async #afterExit(containerId: string): Promise<void> {
    for (const ms of EXIT_CHECKS_MS) {
      await sleep(ms, undefined, { ref: false });
      if (this.#stop.signal.aborted) return;
      const status = await this.#context.cri.containerStatus(containerId).catch(() => undefined);
      if (status?.state === 'CONTAINER_RUNNING') continue;
      this.#pleg.poke();
      // Unknown: a sandbox, perhaps, whose state follows.
      if (status !== undefined) return;
    }
  }

  /** Stops acting. Pods go on running. */
  close(): void {
    this.#stop.abort();
    this.#pleg.close();
    this.#context.prober.close();
    this.#context.configMaps.close();
    this.#context.secrets.close();
    for (const worker of this.#workers.values()) worker.close();
  }

  /** The pod as the agent knows it, with what runs of it; undefined when it is not on this node. */
  find(namespace: string, name: string): { readonly pod: Pod; readonly runtime: RuntimePod } | undefined {
    // The newest of the name: an ended one may still be clearing up.
    return this.pods()
      .filter(({ pod }) => pod.metadata.name === name && (pod.metadata.namespace ?? '') === namespace)
      .at(-1);
  }

  pods(): { readonly pod: Pod; readonly runtime: RuntimePod }[] {
    return [...this.#workers.values()].map(({ pod, runtime }) => ({ pod, runtime }));
  }

  /** Throws with what is wrong. */
  checkHealth(): void {
    const age = Date.now() - this.#pleg.lastRelist;
    if (this.#pleg.lastRelist > 0 && age > 180_000) {
      throw new Error(
        `PLEG is not healthy: pleg was last seen active ${Math.round(age / 1000)}s ago; threshold is 3m0s`,
      );
    }
  }

  #update(pod: Pod): void {
    const uid = uidOf(pod);
    const known = this.#workers.get(uid);
    if (known !== undefined) {
      known.update(pod);
      return;
    }
    // A finished pod that left nothing here needs no worker.
    const worker = new PodWorker(this.#context, pod, (gone) => this.#forget(gone));
    const rejection = isAdmitted(pod)
      ? undefined
      : admit(pod, this.#holders(uid), this.#options.nodeObject?.());
    if (rejection !== undefined) worker.reject(rejection);
    this.#workers.set(uid, worker);
    const ip = pod.status?.podIP;
    if (this.#context.hostPorts !== undefined && ip !== undefined && pod.spec.hostNetwork !== true) {
      if (!isTerminalPhase(pod.status?.phase))
        this.#context.hostPorts.set(uid, ip, hostPortsOf(pod)).catch(() => undefined);
    }
    worker.wake();
  }

  /** The other pods that have a part of the node, those included that an agent before this one started. */
  *#holders(asking: string): Generator<Pod> {
    for (const worker of this.#workers.values())
      if (!worker.isReleased && worker.uid !== asking) yield worker.granted;
    for (const pod of this.#informer.list()) {
      const isStarted = pod.status?.startTime !== undefined && !isTerminalPhase(pod.status.phase);
      if (isStarted && uidOf(pod) !== asking && !this.#workers.has(uidOf(pod)))
        yield withAllocation(pod, recordedAllocation(pod));
    }
  }

  #forget(uid: string): void {
    this.#workers.delete(uid);
    this.#context.configMaps.release(uid);
    this.#context.secrets.release(uid);
    this.#context.tokens.release(uid);
    this.#context.restarts.forget(uid);
    this.#context.images.forget(uid);
  }

  #observe(runtime: RuntimePod): void {
    const worker = this.#workers.get(runtime.uid);
    if (worker !== undefined) worker.observe(runtime);
    else void this.#orphans.remove(runtime);
  }

  async #housekeep(): Promise<void> {
    const runtimes = [...this.#workers.values()].map(({ runtime }) => runtime);
    await rotateLogs(this.#context.cri, runtimes);
    await collectContainers(this.#context.cri, runtimes);
  }

  /** Pods that write more to the node's disk than they may go. */
  async #checkStorage(): Promise<void> {
    const limited = [...this.#workers.values()].filter(
      ({ pod, isReleased }) => !isReleased && hasStorageLimit(pod),
    );
    if (limited.length === 0) return;
    const { cri, volumes, config } = this.#context;
    const living = new Set(
      limited.flatMap(({ runtime }) => runtime.containers.filter(isRunning).map(({ id }) => id)),
    );
    // Of a container that was started anew the runtime has the dead ones as well: what they wrote goes with them.
    const stats = (await cri.listContainerStats()).filter(({ attributes }) =>
      living.has(attributes?.id ?? ''),
    );
    for (const worker of limited) {
      const folders = { podDir: volumes.podDir(worker.uid), logsDir: config.logsDir };
      const excess = await storageExcess(worker.pod, stats, folders);
      if (excess !== undefined) worker.evict(excess);
    }
  }

  #every(ms: number, work: () => Promise<void>): void {
    const run = async (): Promise<void> => {
      await work().catch((error: unknown) =>
        this.#context.log.warn({ error: String(error) }, 'housekeeping failed'),
      );
      if (!this.#stop.signal.aborted) setTimeout(() => void run(), ms).unref();
    };
    setTimeout(() => void run(), ms).unref();
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { Pod, PodStatus } from '@gantry/api/generated/types';
import type { Rejection } from './admission.ts';
import { deletePodObject, releasePod, removeSandboxes } from './clean-up.ts';
import type { StartError } from './container-status.ts';
import type { KubeletContext } from './context.ts';
import { deadlineOf } from './deadline.ts';
import { killPod } from './kill.ts';
import { describePod, gracePeriodOf, isTerminalPhase, namespaceOf, uidOf } from './pod.ts';
import { isSameButStatus, told } from './pod-changes.ts';
import { PodSizes } from './pod-sizes.ts';
import { podStatus } from './pod-status.ts';
import { PodVerdict } from './pod-verdict.ts';
import { emptyRuntimePod, isRunning, type RuntimePod, readRuntimePod } from './runtime-state.ts';
import { SerialLoop } from './serial-loop.ts';
import { StatusReports } from './status-reports.ts';
import { addresses, type PodMemory, payloadContext, syncPod } from './sync-pod.ts';
import { TerminationMessages } from './termination-message.ts';

/** As the original: the node may have more to give by now. */
const RESIZE_RETRY_MS = 180_000;

/**
 * The one that acts for a pod: serial, so nothing about a pod ever happens twice at once. Woken by changes of the
 * object, of the runtime, of probes, and by its own timer.
 */
export class PodWorker {
  readonly uid: string;
  readonly #context: KubeletContext;
  readonly #onGone: (uid: string) => void;
  readonly #memory: PodMemory;
  readonly #lastWords = new TerminationMessages();
  readonly #startTimeMs: number;
  #pod: Pod;
  #runtime: RuntimePod;
  #runtimeKnown = false;
  readonly #verdict = new PodVerdict();
  #rejection: Rejection | undefined;
  #released = false;
  readonly #loop: SerialLoop;
  readonly #reports: StatusReports;
  /** The object is gone from the API: nothing is left to report. */
  #orphaned = false;
  #abort = new AbortController();
  #ending: { graceSeconds: number } | undefined;
  #refreshWanted = false;

  constructor(context: KubeletContext, pod: Pod, onGone: (uid: string) => void) {
    this.uid = uidOf(pod);
    this.#context = context;
    this.#pod = pod;
    this.#onGone = onGone;
    this.#startTimeMs = context.clock.now();
    this.#runtime = emptyRuntimePod(this.uid, pod.metadata.name, namespaceOf(pod));
    this.#memory = {
      startErrors: new Map<string, StartError>(),
      sizes: new PodSizes(),
      onProgress: (runtime) => this.#progress(runtime),
    };
    this.#loop = new SerialLoop({
      run: () => this.#once(),
      onError: (error) => {
        const text = error instanceof Error ? error.message : String(error);
        context.log.warn({ pod: describePod(this.#pod), error: text }, 'pod sync failed');
        this.#runtimeKnown = false;
      },
    });
    this.#reports = new StatusReports({
      context,
      pod: () => this.#pod,
      status: () => (this.#orphaned ? undefined : this.#status()),
      onWritten: (written) => this.#adopt(written),
    });
  }

  get pod(): Pod {
    return this.#pod;
  }

  /** The pod with the resources it has, rather than those it asks for. */
  get granted(): Pod {
    return this.#memory.sizes.granted(this.#pod);
  }

  /** Whether it waits for the node to have more room. */
  get waitsForRoom(): boolean {
    return this.#memory.sizes.isPending;
  }

  get runtime(): RuntimePod {
    return this.#runtime;
  }

  /** Whether nothing of the pod runs or holds anything of the node any more. */
  get isReleased(): boolean {
    return this.#released || this.#rejection !== undefined || isTerminalPhase(this.#pod.status?.phase);
  }

  /** Ends the pod before it starts. */
  reject(rejection: Rejection): void {
    this.#rejection = rejection;
    this.#context.events.event(this.#pod, 'Warning', rejection.reason, rejection.message);
  }

  /**
   * Ends the pod for what it has taken of the node. The next run does so: within one under way, containers would be told
   * to have failed before they are stopped.
   */
  evict(message: string): void {
    if (!this.#verdict.evict(message)) return;
    this.#abort.abort();
    this.wake();
  }

  /** The object has changed. */
  update(pod: Pod): void {
    const old = this.#pod;
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp !== undefined) this.#hurry(gracePeriodOf(pod));
    // Downward API files show these.
    if (!isDeepStrictEqual(told(old), told(pod))) this.#refreshWanted = true;
    // Most changes are the agent's own status writes: those must not start what is backing off.
    if (this.#loop.begun && isSameButStatus(old, pod)) this.#reports.wake();
    else this.wake();
  }

  /** The object is gone: what runs of it must go as well. */
  remove(): void {
    this.#orphaned = true;
    this.#hurry(0);
    this.wake();
  }

  /** The runtime's state has been read elsewhere (relist). */
  observe(runtime: RuntimePod): void {
    if (!this.#loop.isRunning) {
      this.#runtime = runtime;
      this.#runtimeKnown = true;
    } else this.#runtimeKnown = false;
    this.wake();
  }

  /** Files of volumes may be out of date. */
  refreshVolumes(): void {
    this.#refreshWanted = true;
    this.wake();
  }

  wake(): void {
    this.#loop.wake();
  }

  /** Stops acting; containers go on. */
  close(): void {
    this.#loop.close();
    this.#reports.close();
    this.#abort.abort();
  }

  /** A pod that must end stops waiting for images; one that must end sooner is stopped again. */
  #hurry(graceSeconds: number): void {
    this.#abort.abort();
    const ending = this.#ending;
    if (ending === undefined || graceSeconds >= ending.graceSeconds) return;
    ending.graceSeconds = graceSeconds;
    for (const container of this.#runtime.containers.filter(isRunning)) {
      this.#context.cri.stopContainer(container.id, graceSeconds).catch(() => undefined);
    }
  }

  async #once(): Promise<number | undefined> {
    const pod = this.#pod;
    if (!this.#runtimeKnown) {
      this.#runtimeKnown = true;
      await this.#setRuntime(await this.#read());
    }
    const isDeleting = this.#orphaned || pod.metadata.deletionTimestamp !== undefined;
    this.#verdict.judge(this.#context, this.#pod, this.#startTimeMs);
    const isOver =
      isTerminalPhase(pod.status?.phase) ||
      this.#verdict.current !== undefined ||
      this.#rejection !== undefined;
    if (isDeleting) return await this.#terminate(gracePeriodOf(pod));
    if (isOver) {
      await this.#stopAll(this.#verdict.graceSeconds ?? gracePeriodOf(pod));
      this.#reports.wake();
      return undefined;
    }
    if (this.#refreshWanted) {
      this.#refreshWanted = false;
      // What wanted it may have come within this run: the object of its beginning could be out of date.
      const newest = this.#pod;
      const ips = addresses(this.#context, newest, this.#runtime);
      await this.#context.volumes
        .refresh(newest, payloadContext(this.#context, newest, ips))
        .catch((error: unknown) => {
          this.#context.log.warn({ pod: describePod(newest), error: String(error) }, 'volumes not refreshed');
        });
    }
    return await this.#sync(this.#grant(pod));
  }

  /** The pod with the resources that the node gives it. */
  #grant(pod: Pod): Pod {
    const { sizes } = this.#memory;
    if (sizes.decide(this.#context, pod, () => this.#context.refuseResize(pod))) this.#context.retryResizes();
    return sizes.granted(pod);
  }

  async #sync(pod: Pod): Promise<number | undefined> {
    this.#context.prober.sync(pod, this.#runtime, false);
    const result = await syncPod(this.#context, pod, this.#runtime, this.#memory, this.#abort.signal);
    this.#memory.sizes.settle(this.#context, pod, result.resizeError);
    await this.#setRuntime(result.runtime);
    this.#context.prober.sync(pod, this.#runtime, false);
    this.#reports.wake();
    if (isTerminalPhase(this.#status().phase)) {
      await this.#stopAll(gracePeriodOf(pod));
      this.#reports.wake();
    } else if (this.#moreToDo()) this.#loop.wake();
    return this.#earliest(result.retryMs);
  }

  /** An init container may have ended within the run; the next may start at once. */
  #moreToDo(): boolean {
    return this.#pod.metadata.deletionTimestamp === undefined && this.#initAdvanced;
  }
  #initAdvanced = false;

  #earliest(retryMs: number | undefined): number | undefined {
    const now = this.#context.clock.now();
    const candidates: number[] = [];
    if (retryMs !== undefined) candidates.push(retryMs);
    if (this.waitsForRoom) candidates.push(RESIZE_RETRY_MS);
    const deadline = deadlineOf(this.#pod, this.#startTimeMs);
    if (deadline !== undefined) candidates.push(Math.max(0, deadline - now));
    const renewal = this.#context.tokens.nextRenewal(this.uid);
    if (renewal !== undefined && renewal <= now) this.#refreshWanted = true;
    if (renewal !== undefined) candidates.push(Math.max(1000, renewal - now + 1000));
    // Node's timers hold 24.8 days.
    return candidates.length === 0 ? undefined : Math.min(...candidates, 2 ** 31 - 1);
  }

  #read(): Promise<RuntimePod> {
    return readRuntimePod(this.#context.cri, this.uid, this.#pod.metadata.name, namespaceOf(this.#pod));
  }

  async #setRuntime(runtime: RuntimePod): Promise<void> {
    const podDir = this.#context.volumes.podDir(this.uid);
    const succeeded = await this.#lastWords.update(runtime.containers, podDir);
    this.#initAdvanced = succeeded && this.#pod.spec.initContainers !== undefined;
    this.#runtime = runtime;
  }

  #progress(runtime: RuntimePod): void {
    this.#runtime = runtime;
    this.#reports.wake();
  }

  #status(): PodStatus {
    const { config, prober, clock, runtimeKind } = this.#context;
    const { sizes } = this.#memory;
    const granted = sizes.granted(this.#pod);
    return podStatus(granted, {
      applied: sizes.applied ?? granted,
      resize: sizes.conditions(),
      actual: (container) => sizes.actual(container),
      runtime: this.#runtime,
      startErrors: this.#memory.startErrors,
      terminationMessages: this.#lastWords.byContainer,
      kind: runtimeKind,
      started: (id, container) => prober.started(id, container),
      ready: (id, container) => prober.ready(id, container),
      hostIp: config.nodeIp,
      now: clock.now(),
      startTimeMs: this.#startTimeMs,
      ...(this.#verdict.current === undefined ? {} : { verdict: this.#verdict.current }),
      ...(this.#rejection === undefined ? {} : { rejection: this.#rejection }),
    });
  }

  /** Takes the newer of what a write answered and what the watch has brought meanwhile. */
  #adopt(written: Pod): void {
    if (uidOf(written) !== this.uid) return;
    const newer = Number(written.metadata.resourceVersion) > Number(this.#pod.metadata.resourceVersion);
    if (newer) this.#pod = written;
    if (isTerminalPhase(this.#pod.status?.phase)) this.#context.retryResizes();
  }

  async #stopAll(graceSeconds: number): Promise<void> {
    const isUp =
      this.#runtime.containers.some(isRunning) ||
      this.#runtime.sandboxes.some(({ state }) => state === 'SANDBOX_READY');
    this.#context.prober.sync(this.#pod, this.#runtime, true);
    if (!isUp) return;
    this.#ending = { graceSeconds };
    try {
      await killPod(this.#context, this.#pod, this.#runtime, graceSeconds);
    } finally {
      this.#ending = undefined;
    }
    await this.#setRuntime(await this.#read());
    this.#context.prober.sync(this.#pod, this.#runtime, true);
  }

  /** Ends the pod for good: containers, status, folders, API object. */
  async #terminate(graceSeconds: number): Promise<undefined> {
    await this.#stopAll(this.#orphaned ? Math.min(graceSeconds, 30) : graceSeconds);
    this.#context.prober.forget(this.uid);
    // The last words of the containers reach the API before the object goes.
    await this.#reports.publish();
    await releasePod(this.#context, this.#pod);
    this.#released = true;
    this.#context.retryResizes();
    if (!this.#orphaned) await deletePodObject(this.#context, this.#pod);
    // Nothing of the pod runs or holds an address by now; clearing up may take longer than its object should stay.
    await removeSandboxes(this.#context, this.#pod, this.#runtime);
    this.close();
    this.#onGone(this.uid);
    return undefined;
  }
}

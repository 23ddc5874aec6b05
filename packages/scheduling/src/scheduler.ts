import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Pod, PodDisruptionBudget } from '@gantry/api/generated/types';
import { isStatusError } from '@gantry/machinery/status';
import type { EventRecorder, Logger } from '@gantry/runtime/port';
import type { SchedulerCache } from './cache/cache.ts';
import type { NodeInfo } from './cache/node-info.ts';
import { Algorithm } from './framework/algorithm.ts';
import { type Diagnosis, diagnosisMessage, rejectingPlugins } from './framework/diagnosis.ts';
import type { Cycle, Listers } from './framework/plugin.ts';
import { type PodInfo, podInfo } from './framework/pod-info.ts';
import type { SchedulerMetrics } from './metrics.ts';
import type { Nominator } from './nominator.ts';
import { FILTERS, SCORES } from './plugins/registry.ts';
import { decideVolumes, type VolumeDecision } from './plugins/volume-binding.ts';
import type { PodWriter } from './pod-writer.ts';
import { findPreemption } from './preemption.ts';
import type { QueuedPod, SchedulingQueue } from './queue/scheduling-queue.ts';
import type { VolumeBinder } from './volume-binder.ts';

export interface SchedulerParts {
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  readonly nominator: Nominator;
  readonly listers: Listers;
  readonly volumes: VolumeBinder;
  readonly writer: PodWriter;
  readonly events: EventRecorder;
  readonly log: Logger;
  readonly budgets: () => readonly PodDisruptionBudget[];
  /** The pod as it is now, undefined when it is gone. */
  readonly currentPod: (namespace: string, name: string) => Pod | undefined;
  readonly percentageOfNodesToScore?: number;
  readonly metrics: SchedulerMetrics;
}

/** Bindings on their way at once; the loop waits for room. */
const BINDINGS_MAX = 128;
/** The loop gives way to reading and writing after this long. */
const TURN_MS = 8;

/** One pod after the other: finds a node, takes its room, and writes the binding while the next is looked at. */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #algorithm: Algorithm;
  #bindings = 0;
  #wake: () => void = () => {};

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    this.#algorithm = new Algorithm({
      filters: FILTERS,
      scores: SCORES,
      percentageOfNodesToScore: parts.percentageOfNodesToScore ?? 0,
      observe: (point, ok, took) => parts.metrics.point(point, ok ? 'Success' : 'Unschedulable', took),
    });
  }

  /** Runs until the signal ends, then waits for the bindings on their way. */
  async run(signal: AbortSignal): Promise<void> {
    const { queue } = this.#parts;
    queue.onReady(() => this.#wake());
    let turnStart = performance.now();
    while (!signal.aborted) {
      const next = this.#bindings < BINDINGS_MAX ? queue.pop() : undefined;
      if (next === undefined) {
        await this.#idle(signal);
        turnStart = performance.now();
        continue;
      }
      this.scheduleOne(next, signal);
      if (performance.now() - turnStart < TURN_MS) continue;
      await nextTurn();
      turnStart = performance.now();
    }
    while (this.#bindings > 0) await sleep(10);
  }

  /** One scheduling cycle, without yielding. What is to be written is written in the background. */
  scheduleOne(queued: QueuedPod, signal: AbortSignal): void {
    const { cache, queue, nominator, listers } = this.#parts;
    const { info } = queued;
    const current = this.#parts.currentPod(info.namespace, info.pod.metadata.name);
    if (
      current === undefined ||
      current.spec.nodeName ||
      current.metadata.deletionTimestamp ||
      cache.has(info.key)
    ) {
      queue.done(info.key);
      return;
    }
    const began = performance.now();
    const cycle: Cycle = { pod: info, cache, listers };
    const placement = this.#algorithm.place(cycle, nominator.on);
    if ('diagnosis' in placement) {
      this.#unschedulable(queued, cycle, placement.diagnosis);
      this.#parts.metrics.attempted('unschedulable', performance.now() - began);
      return;
    }
    const decisions = decideVolumes(cycle, placement.node) ?? [];
    this.#parts.volumes.promise(decisions);
    const nominated = nominator.nodeOf(info.key);
    nominator.delete(info.key);
    cache.assume(info, placement.node.name);
    this.#bindings++;
    void this.#bind(queued, placement.node, decisions, signal)
      .then(() => this.#bound(queued, began))
      .catch((error: unknown) => {
        this.#parts.metrics.attempted('error', performance.now() - began);
        this.#bindingFailed(queued, error, nominated);
      })
      .finally(() => {
        this.#parts.volumes.release(decisions);
        this.#bindings--;
        this.#wake();
      });
  }

  async #bind(
    queued: QueuedPod,
    node: NodeInfo,
    decisions: readonly VolumeDecision[],
    signal: AbortSignal,
  ): Promise<void> {
    const { volumes, writer, events, queue } = this.#parts;
    const { info } = queued;
    if (decisions.length > 0) await this.#timed('PreBind', () => volumes.bind(decisions, node.name, signal));
    await this.#timed('Bind', () => writer.bind(info, node.name));
    queue.done(info.key);
    events.event(info.pod, 'Normal', 'Scheduled', `Successfully assigned ${info.key} to ${node.name}`);
  }

  async #timed(point: 'PreBind' | 'Bind', run: () => Promise<unknown>): Promise<void> {
    const { metrics } = this.#parts;
    const began = performance.now();
    try {
      await run();
      metrics.point(point, 'Success', performance.now() - began);
    } catch (error) {
      metrics.point(point, 'Error', performance.now() - began);
      throw error;
    }
  }

  #bound({ attempts, enteredAt }: QueuedPod, began: number): void {
    const { metrics } = this.#parts;
    metrics.attempted('scheduled', performance.now() - began);
    metrics.scheduled(attempts, Math.max(0, Date.now() - enteredAt));
  }

  #bindingFailed(queued: QueuedPod, error: unknown, nominated: string | undefined): void {
    const { cache, queue, nominator, log } = this.#parts;
    const { info } = queued;
    cache.forget(info.key);
    queue.moveOn('AssignedPod/Delete');
    // Gone, or placed by someone else: the informer knows better.
    if (isStatusError(error, 'NotFound')) {
      queue.done(info.key);
      return;
    }
    if (nominated !== undefined) nominator.set(info, nominated);
    log.warn({ pod: info.key, error: String(error) }, 'binding failed; trying again');
    const text = error instanceof Error ? error.message : String(error);
    this.#failed(
      queued,
      new Set(),
      'SchedulerError',
      `binding rejected: running Bind plugin "DefaultBinder": ${text}`,
      true,
    );
  }

  #unschedulable(queued: QueuedPod, cycle: Cycle, diagnosis: Diagnosis): void {
    const { nominator, budgets } = this.#parts;
    const message = diagnosisMessage(diagnosis);
    const plugins = rejectingPlugins(diagnosis);
    if (diagnosis.nodes === 0) {
      this.#failed(queued, plugins, 'Unschedulable', message, false);
      return;
    }
    const { metrics } = this.#parts;
    const began = performance.now();
    const preemption = findPreemption(cycle, diagnosis, FILTERS, budgets(), nominator.on);
    metrics.point('PostFilter', preemption.node ? 'Success' : 'Unschedulable', performance.now() - began);
    metrics.preempted(preemption.victims.length);
    if (!preemption.node) {
      if (preemption.node === '') nominator.delete(cycle.pod.key);
      // Claims of devices come first in the original's words, also for pods without any.
      const text = `${message} no new claims to deallocate, ${preemption.message}`;
      this.#failed(queued, plugins, 'Unschedulable', text, false, preemption.node);
      return;
    }
    const { node, victims } = preemption;
    for (const other of nominator.lower(node, cycle.pod.priority)) nominator.delete(other.key);
    nominator.set(cycle.pod, node);
    this.#failed(queued, plugins, 'Unschedulable', message, false, node);
    void this.#evict(cycle.pod, victims, node);
  }

  async #evict(preemptor: PodInfo, victims: readonly PodInfo[], node: string): Promise<void> {
    const { writer, events, log, nominator } = this.#parts;
    try {
      for (const victim of victims) {
        if (!victim.terminating) await writer.evict(victim);
        const by = `pod ${preemptor.uid}`;
        events.event(victim.pod, 'Normal', 'Preempted', `Preempted by ${by} on node ${node}`);
      }
    } catch (error) {
      nominator.delete(preemptor.key);
      log.warn({ pod: preemptor.key, error: String(error) }, 'preemption failed');
    }
  }

  /** Back into the queue, with condition and event. */
  #failed(
    queued: QueuedPod,
    plugins: ReadonlySet<string>,
    reason: 'Unschedulable' | 'SchedulerError',
    message: string,
    isError: boolean,
    nominate?: string,
  ): void {
    const { queue, writer, events, log, currentPod } = this.#parts;
    const { key, namespace, pod, uid } = queued.info;
    const current = currentPod(namespace, pod.metadata.name);
    if (current === undefined || (current.metadata.uid ?? '') !== uid || current.spec.nodeName) {
      queue.done(key);
      return;
    }
    queue.failed({ ...queued, info: podInfo(current) }, plugins, isError);
    events.event(current, 'Warning', 'FailedScheduling', message);
    writer.setUnscheduled(current, reason, message, nominate).catch((error: unknown) => {
      log.warn({ pod: key, error: String(error) }, 'could not write the condition of a pod');
    });
  }

  /** Sleeps until a pod becomes ready. */
  async #idle(signal: AbortSignal): Promise<void> {
    const full = this.#bindings >= BINDINGS_MAX;
    const ms = full ? undefined : this.#parts.queue.nextInMs();
    if (ms === 0) return;
    const woken = new AbortController();
    const wait = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const timer = sleep(Math.min(ms ?? 60_000, 60_000), undefined, {
      signal: AbortSignal.any([signal, woken.signal]),
    }).catch(() => undefined);
    await Promise.race([wait, timer]);
    this.#wake = () => {};
    woken.abort();
  }
}

import type { Container, Probe } from '@gantry/api/generated/types';
import { type ProbeTarget, runProbe } from './probe.ts';

export type ProbeKind = 'startup' | 'liveness' | 'readiness';

/**
 * Further tries of a startup or readiness probe before its first regular repetition, milliseconds after the first:
 * most programs listen within a second of their start, and a period is ten. Only their success counts.
 */
const EARLY_TRIES_MS = [60, 150, 300, 600, 1000, 1500, 2500, 4000, 6000];

export interface ProberOptions {
  readonly target: ProbeTarget;
  readonly container: Container;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** What was known before a restart of the agent. */
  readonly adopted?: { readonly started: boolean; readonly ready: boolean };
  readonly onChange: () => void;
  readonly onFailure: (kind: ProbeKind, outcome: 'failure' | 'error', output: string) => void;
  readonly onWarning?: (kind: ProbeKind, text: string) => void;
}

/** Runs the probes of one container's life and holds their verdicts. Stops by `stop`. */
export class ContainerProber {
  readonly #options: ProberOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #counts = new Map<ProbeKind, { good: number; bad: number }>();
  #stopped = false;
  started: boolean;
  ready: boolean;
  failed: 'liveness' | 'startup' | undefined;

  constructor(options: ProberOptions) {
    this.#options = options;
    const { startupProbe, readinessProbe } = options.container;
    this.started = startupProbe === undefined || options.adopted?.started === true;
    this.ready = readinessProbe === undefined || options.adopted?.ready === true;
    if (this.started) this.#beginSteady();
    else if (startupProbe !== undefined) this.#begin('startup', startupProbe);
  }

  /** From here on only readiness is watched: the pod is ending. */
  stopLiveness(): void {
    this.#livenessOff = true;
  }
  #livenessOff = false;

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #beginSteady(): void {
    const { livenessProbe, readinessProbe } = this.#options.container;
    if (livenessProbe !== undefined) this.#begin('liveness', livenessProbe);
    if (readinessProbe !== undefined) this.#begin('readiness', readinessProbe);
  }

  #begin(kind: ProbeKind, probe: Probe): void {
    const { startedAt, adopted } = this.#options;
    const periodMs = (probe.periodSeconds ?? 10) * 1000;
    const delayMs = Math.max(0, startedAt + (probe.initialDelaySeconds ?? 0) * 1000 - Date.now());
    // After a restart of the agent many start at once: spread them over a period.
    const spreadMs = adopted === undefined ? 0 : Math.random() * periodMs;
    this.#after(delayMs + spreadMs, () => this.#regular(kind, probe, periodMs));
    if (kind === 'liveness' || probe.exec !== undefined) return;
    for (const earlyMs of EARLY_TRIES_MS) {
      if (earlyMs < periodMs * 0.9) this.#after(delayMs + spreadMs + earlyMs, () => this.#early(kind, probe));
    }
  }

  #after(ms: number, work: () => Promise<void>): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work().catch(() => undefined);
    }, ms);
    this.#timers.add(timer);
  }

  async #regular(kind: ProbeKind, probe: Probe, periodMs: number): Promise<void> {
    if (this.#isOver(kind)) return;
    const begun = Date.now();
    const { outcome, output, warning } = await runProbe(probe, this.#options.target);
    if (this.#isOver(kind)) return;
    if (warning !== undefined) this.#options.onWarning?.(kind, warning);
    if (outcome !== 'success') this.#options.onFailure(kind, outcome, output);
    if (outcome !== 'error') this.#count(kind, probe, outcome === 'success');
    if (this.#isOver(kind)) return;
    this.#after(Math.max(0, periodMs - (Date.now() - begun)), () => this.#regular(kind, probe, periodMs));
  }

  async #early(kind: ProbeKind, probe: Probe): Promise<void> {
    const isSettled = (): boolean => this.#isOver(kind) || (kind === 'readiness' && this.ready);
    if (isSettled()) return;
    const { outcome } = await runProbe(probe, this.#options.target);
    if (outcome === 'success' && !isSettled()) this.#count(kind, probe, true);
  }

  #isOver(kind: ProbeKind): boolean {
    if (this.#stopped) return true;
    if (kind === 'startup') return this.started || this.failed !== undefined || this.#livenessOff;
    return kind === 'liveness' && (this.failed !== undefined || this.#livenessOff);
  }

  #count(kind: ProbeKind, probe: Probe, good: boolean): void {
    const count = this.#counts.get(kind) ?? { good: 0, bad: 0 };
    const next = good ? { good: count.good + 1, bad: 0 } : { good: 0, bad: count.bad + 1 };
    this.#counts.set(kind, next);
    if (good && next.good >= (probe.successThreshold ?? 1)) this.#conclude(kind, true);
    if (!good && next.bad >= (probe.failureThreshold ?? 3)) this.#conclude(kind, false);
  }

  #conclude(kind: ProbeKind, good: boolean): void {
    if (kind === 'readiness') {
      if (this.ready === good) return;
      this.ready = good;
    } else if (good) {
      if (kind === 'liveness' || this.started) return;
      this.started = true;
      this.#beginSteady();
    } else this.failed = kind;
    this.#options.onChange();
  }
}

import type { Container, Pod } from '@gantry/api/generated/types';
import type { EventRecorder } from '@gantry/runtime/port';
import type { Cri } from '../cri/port.ts';
import { type AnyContainer, isSidecar, longRunning, uidOf } from '../kubelet/pod.ts';
import { isRunning, latest, nanosToMs, podIps, type RuntimePod } from '../kubelet/runtime-state.ts';
import { ContainerProber } from './container-prober.ts';

const NAMES = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' } as const;

/** The probers of all containers that run. */
export class Prober {
  readonly #cri: Cri;
  readonly #events: EventRecorder;
  readonly #hostIp: string;
  readonly #onChange: (podUid: string) => void;
  readonly #probers = new Map<string, { readonly podUid: string; readonly prober: ContainerProber }>();

  constructor(options: {
    readonly cri: Cri;
    readonly events: EventRecorder;
    readonly hostIp: string;
    readonly onChange: (podUid: string) => void;
  }) {
    this.#cri = options.cri;
    this.#events = options.events;
    this.#hostIp = options.hostIp;
    this.#onChange = options.onChange;
  }

  /** Starts probers of containers that run since, ends those of containers that do not. */
  sync(pod: Pod, runtime: RuntimePod, isTerminating: boolean): void {
    const uid = uidOf(pod);
    const alive = new Set<string>();
    for (const container of longRunning(pod.spec)) {
      const status = latest(runtime, container.name);
      if (status === undefined || !isRunning(status) || !hasProbe(container)) continue;
      alive.add(status.id);
      const known = this.#probers.get(status.id);
      if (isTerminating) known?.prober.stopLiveness();
      else if (known === undefined)
        this.#start(pod, container, status.id, nanosToMs(status.startedAt), runtime);
    }
    for (const [id, entry] of this.#probers) {
      if (entry.podUid !== uid || alive.has(id)) continue;
      entry.prober.stop();
      this.#probers.delete(id);
    }
  }

  forget(podUid: string): void {
    for (const [id, entry] of this.#probers) {
      if (entry.podUid !== podUid) continue;
      entry.prober.stop();
      this.#probers.delete(id);
    }
  }

  close(): void {
    for (const { prober } of this.#probers.values()) prober.stop();
    this.#probers.clear();
  }

  started(containerId: string, container: AnyContainer): boolean {
    return this.#probers.get(containerId)?.prober.started ?? container.startupProbe === undefined;
  }

  ready(containerId: string, container: AnyContainer): boolean {
    return this.#probers.get(containerId)?.prober.ready ?? container.readinessProbe === undefined;
  }

  failed(containerId: string): 'liveness' | 'startup' | undefined {
    return this.#probers.get(containerId)?.prober.failed;
  }

  #start(pod: Pod, container: Container, id: string, startedAt: number, runtime: RuntimePod): void {
    const podIp = pod.spec.hostNetwork === true ? this.#hostIp : (podIps(runtime)[0] ?? '');
    const old = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].find(
      ({ containerID }) => containerID?.endsWith(`//${id}`) === true,
    );
    const adopted = old === undefined ? {} : { adopted: { started: old.started === true, ready: old.ready } };
    const list = isSidecar(container) ? 'initContainers' : 'containers';
    const path = `spec.${list}{${container.name}}`;
    const prober = new ContainerProber({
      target: { cri: this.#cri, containerId: id, container, podIp },
      container,
      startedAt,
      ...adopted,
      onChange: () => this.#onChange(uidOf(pod)),
      onFailure: (kind, outcome, output) => {
        const verb = outcome === 'failure' ? 'failed' : 'errored';
        const text = `${NAMES[kind]} probe ${verb}: ${output}`;
        this.#events.event(pod, 'Warning', 'Unhealthy', text, path);
      },
      onWarning: (kind, text) =>
        this.#events.event(pod, 'Warning', 'ProbeWarning', `${NAMES[kind]} probe warning: ${text}`, path),
    });
    this.#probers.set(id, { podUid: uidOf(pod), prober });
  }
}

const hasProbe = (container: Container): boolean =>
  container.startupProbe !== undefined ||
  container.livenessProbe !== undefined ||
  container.readinessProbe !== undefined;

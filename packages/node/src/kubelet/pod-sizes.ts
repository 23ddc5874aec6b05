import type { Container, Pod, PodCondition } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import type { ContainerStatus } from '../cri/types.ts';
import type { Rejection } from './admission.ts';
import { type Allocation, allocationOf, recordedAllocation, withAllocation } from './allocation.ts';
import type { KubeletContext } from './context.ts';
import { SIZING } from './labels.ts';
import type { Sizing } from './sizes.ts';

type Context = Pick<KubeletContext, 'events' | 'clock'>;

interface Stage {
  readonly reason?: string;
  readonly message?: string;
  /** Of the spec that asked for the resize. */
  readonly generation: number;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** What a pod's worker knows of its pod's sizes: granted, set, and on the way from one to the other. */
export class PodSizes {
  #allocation: Allocation | undefined;
  readonly #actual = new Map<string, Sizing>();
  #applied: Pod | undefined;
  #pending: Stage | undefined;
  #inProgress: Stage | undefined;

  /** Whether a resize waits for room on the node. */
  get isPending(): boolean {
    return this.#pending !== undefined;
  }

  /** The pod with the resources it has been granted. */
  granted(pod: Pod): Pod {
    this.#allocation ??= this.#recall(pod);
    return withAllocation(pod, this.#allocation);
  }

  /** Whether what was granted is still to be set. */
  get isInProgress(): boolean {
    return this.#inProgress !== undefined;
  }

  /** The pod with the resources that its cgroup was last set to; undefined when an agent before this one did so. */
  get applied(): Pod | undefined {
    return this.#applied;
  }

  /**
   * Grants what the spec asks for if `refusal` says nothing against it, else leaves the pod as it is and says so in its
   * status. Returns whether more was granted, or less.
   */
  decide(context: Context, pod: Pod, refusal: () => Rejection | undefined): boolean {
    if (this.granted(pod) === pod) {
      this.#pending = undefined;
      return false;
    }
    const generation = pod.metadata.generation ?? 0;
    const since = context.clock.now();
    const refused = refusal();
    if (refused === undefined) {
      this.#applied ??= this.granted(pod);
      this.#allocation = allocationOf(pod);
      this.#pending = undefined;
      this.#inProgress = { generation, since };
      context.events.event(pod, 'Normal', 'ResizeStarted', `Pod resize started: ${summary(pod, generation)}`);
      return true;
    }
    const { message } = refused;
    const before = this.#pending;
    this.#pending = { reason: 'Deferred', message, generation, since: before?.since ?? since };
    if (before?.generation !== generation) {
      const text = `Pod resize Deferred: ${summary(pod, generation, message)}`;
      context.events.event(pod, 'Warning', 'ResizeDeferred', text);
    }
    return false;
  }

  /** A run over the pod is over: `error` tells why it could not set what was granted. */
  settle(context: Context, granted: Pod, error: string | undefined): void {
    if (error === undefined) {
      this.#applied = granted;
      const done = this.#inProgress;
      this.#inProgress = undefined;
      if (done === undefined) return;
      const text = `Pod resize completed: ${summary(granted, done.generation)}`;
      context.events.event(granted, 'Normal', 'ResizeCompleted', text);
      return;
    }
    const generation = this.#inProgress?.generation ?? granted.metadata.generation ?? 0;
    if (this.#inProgress?.message === error) return;
    this.#inProgress = { reason: 'Error', message: error, generation, since: context.clock.now() };
    const text = `Pod resize error: ${summary(granted, generation, error)}`;
    context.events.event(granted, 'Warning', 'ResizeError', text);
  }

  /** What a running container is sized with; undefined for one made before that was written down. */
  actual({ id, annotations }: Pick<ContainerStatus, 'id' | 'annotations'>): Sizing | undefined {
    const known = this.#actual.get(id);
    if (known !== undefined) return known;
    const written = annotations[SIZING];
    if (written === undefined) return undefined;
    const sizing = JSON.parse(written) as Sizing;
    this.#actual.set(id, sizing);
    return sizing;
  }

  resized(id: string, sizing: Sizing): void {
    this.#actual.set(id, sizing);
  }

  /** Forgets containers that are gone. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.#actual.keys()) if (!ids.has(id)) this.#actual.delete(id);
  }

  conditions(): PodCondition[] {
    return [
      ...condition('PodResizePending', this.#pending),
      ...condition('PodResizeInProgress', this.#inProgress),
    ];
  }

  #recall(pod: Pod): Allocation {
    const stage = (type: string): Stage | undefined => {
      const found = pod.status?.conditions?.find((one) => one.type === type);
      if (found === undefined) return undefined;
      const { reason, message, observedGeneration = 0, lastTransitionTime } = found;
      return {
        ...(reason === undefined ? {} : { reason }),
        ...(message === undefined ? {} : { message }),
        generation: observedGeneration,
        since: Date.parse(lastTransitionTime ?? '') || 0,
      };
    };
    this.#pending = stage('PodResizePending');
    this.#inProgress = stage('PodResizeInProgress');
    return recordedAllocation(pod);
  }
}

function condition(type: string, stage: Stage | undefined): PodCondition[] {
  if (stage === undefined) return [];
  const { reason, message, generation, since } = stage;
  return [
    {
      type,
      status: 'True',
      observedGeneration: generation,
      lastTransitionTime: timestamp(since),
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
    },
  ];
}

/** What the events of a resize tell of it: the resources asked for, in JSON. */
function summary({ spec }: Pod, generation: number, error?: string): string {
  const list = (containers: readonly Container[] | undefined): object[] | undefined =>
    containers?.map(({ name, resources: { limits, requests } = {} }) => ({
      name,
      resources: {
        ...(limits === undefined ? {} : { limits: sorted(limits) }),
        ...(requests === undefined ? {} : { requests: sorted(requests) }),
      },
    }));
  return JSON.stringify({
    initContainers: list(spec.initContainers),
    containers: list(spec.containers),
    generation,
    error,
  });
}

const sorted = (amounts: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1)));

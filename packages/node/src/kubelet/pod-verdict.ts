import type { Pod } from '@gantry/api/generated/types';
import type { KubeletContext } from './context.ts';
import { DEADLINE_MESSAGE, deadlineOf } from './deadline.ts';
import { isTerminalPhase } from './pod.ts';

const EVICTION_GRACE_S = 1;

/** What ends a pod before its API object says so. */
export class PodVerdict {
  #current: { readonly reason: string; readonly message: string } | undefined;
  /** Why it is to be evicted. */
  #eviction: string | undefined;

  get current(): { readonly reason: string; readonly message: string } | undefined {
    return this.#current;
  }

  /** How long containers are given, where it is not for the pod to say. */
  get graceSeconds(): number | undefined {
    return this.#current?.reason === 'Evicted' ? EVICTION_GRACE_S : undefined;
  }

  /** Has the next judgement end the pod; false when it has ended already. */
  evict(message: string): boolean {
    if (this.#current !== undefined) return false;
    this.#eviction ??= message;
    return true;
  }

  /** At the beginning of a run, which then ends the pod. */
  judge({ events, clock }: Pick<KubeletContext, 'events' | 'clock'>, pod: Pod, firstSeenMs: number): void {
    if (this.#current !== undefined || isTerminalPhase(pod.status?.phase)) return;
    if (this.#eviction !== undefined) {
      this.#current = { reason: 'Evicted', message: this.#eviction };
      events.event(pod, 'Warning', 'Evicted', this.#eviction);
      return;
    }
    const deadline = deadlineOf(pod, firstSeenMs);
    if (deadline === undefined || clock.now() < deadline) return;
    this.#current = { reason: 'DeadlineExceeded', message: DEADLINE_MESSAGE };
    events.event(pod, 'Normal', 'DeadlineExceeded', DEADLINE_MESSAGE);
  }
}

import type { Pod, PodCondition } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { pods } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { timestamp } from '@gantry/runtime/clock';
import type { PodInfo } from './framework/pod-info.ts';

/** Which state of the pod's spec a condition tells of. */
const observed = ({ metadata: { generation } }: Pod): Pick<PodCondition, 'observedGeneration'> =>
  generation === undefined ? {} : { observedGeneration: generation };

/** Everything the scheduler writes to pods. */
export class PodWriter {
  readonly #client: Client;
  readonly #schedulerName: string;

  constructor(client: Client, schedulerName: string) {
    this.#client = client;
    this.#schedulerName = schedulerName;
  }

  /** Posts the binding. Throws StatusError: NotFound when the pod is gone, Conflict when it has a node. */
  async bind({ pod }: PodInfo, node: string): Promise<void> {
    const { namespace = '', name, uid } = pod.metadata;
    await this.#client.request('POST', `/api/v1/namespaces/${namespace}/pods/${name}/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { namespace, name, ...(uid === undefined ? {} : { uid }) },
      target: { apiVersion: 'v1', kind: 'Node', name: node },
    });
  }

  /** Sets condition PodScheduled to False, and the node promised, if either differs. A pod that is gone is no error. */
  async setUnscheduled(pod: Pod, reason: string, message: string, nominatedNode?: string): Promise<void> {
    const old = pod.status?.conditions?.find((c) => c.type === 'PodScheduled');
    const nominate = nominatedNode !== undefined && nominatedNode !== (pod.status?.nominatedNodeName ?? '');
    const seen = observed(pod);
    const isSame = old?.status === 'False' && old.reason === reason && old.message === message;
    if (isSame && old.observedGeneration === seen.observedGeneration && !nominate) return;
    const condition: PodCondition = {
      type: 'PodScheduled',
      ...seen,
      status: 'False',
      reason,
      message,
      lastTransitionTime: old?.status === 'False' ? (old.lastTransitionTime ?? null) : timestamp(Date.now()),
    } as PodCondition;
    await this.#patch(pod, [condition], nominate ? { nominatedNodeName: nominatedNode } : {});
  }

  /** Removes a pod to make room for another. */
  async evict(victim: PodInfo): Promise<void> {
    const { namespace = '', name, uid } = victim.pod.metadata;
    await this.#patch(victim.pod, [
      {
        type: 'DisruptionTarget',
        ...observed(victim.pod),
        status: 'True',
        reason: 'PreemptionByScheduler',
        message: `${this.#schedulerName}: preempting to accommodate a higher priority pod`,
        lastTransitionTime: timestamp(Date.now()),
      } as PodCondition,
    ]);
    try {
      await this.#client.delete(pods, namespace, name, uid === undefined ? {} : { preconditions: { uid } });
    } catch (error) {
      if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Conflict')) throw error;
    }
  }

  async #patch(pod: Pod, conditions: readonly PodCondition[], more: object = {}): Promise<void> {
    const { namespace = '', name, uid } = pod.metadata;
    const patch = { metadata: uid === undefined ? {} : { uid }, status: { conditions, ...more } };
    try {
      await this.#client.patch(pods, namespace, name, patch, { type: 'strategic', subresource: 'status' });
    } catch (error) {
      if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Conflict')) throw error;
    }
  }
}

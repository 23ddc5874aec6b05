import { isDeepStrictEqual } from 'node:util';
import type {
  LabelSelector,
  Pod,
  PodTemplateSpec,
  ReplicaSet,
  ReplicaSetStatus,
  ReplicationController,
} from '@gantry/api/generated/types';
import { controllerOf, splitKey } from '@gantry/client/keys';
import type { Resource } from '@gantry/client/port';
import { pods, replicaSets, replicationControllers } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { forEachAtOnce, messageOf, slowStart } from '../shared/batches.ts';
import { matchesSelector } from '../shared/labels.ts';
import { AWAIT_CACHE, DONE, isNamespaceTerminating, requeueAfter } from '../shared/outcomes.ts';
import { claim, controllerKeys, ORPHANS, orphanKeys } from '../shared/owners.ts';
import { podFromTemplate } from '../shared/pod-template.ts';
import { nextAvailableIn } from '../shared/pods.ts';
import { decideScale, decideStatus } from './decide.ts';

type Workload = ReplicaSet | ReplicationController;

interface Variant {
  readonly name: string;
  readonly eventSource: string;
  readonly resource: Resource<Workload>;
  readonly selector: (workload: Workload) => LabelSelector;
  readonly withTerminating: boolean;
}

/** A ReplicaSet and a ReplicationController differ only in how their selector is written. */
function selectorOf(workload: Workload): LabelSelector {
  const selector: unknown = workload.spec.selector;
  return workload.kind === 'ReplicaSet'
    ? (selector as LabelSelector)
    : { matchLabels: (selector ?? {}) as Record<string, string> };
}

export const replicaSetController = (): Controller =>
  new ReplicaController({
    name: 'replicaset-controller',
    eventSource: 'replicaset-controller',
    resource: replicaSets as Resource<Workload>,
    selector: selectorOf,
    withTerminating: true,
  });

export const replicationController = (): Controller =>
  new ReplicaController({
    name: 'replicationcontroller-controller',
    eventSource: 'replication-controller',
    resource: replicationControllers as Resource<Workload>,
    selector: selectorOf,
    withTerminating: false,
  });

class ReplicaController implements Controller {
  readonly name: string;
  readonly eventSource: string;
  readonly inputs: Controller['inputs'];
  readonly outputs: Controller['outputs'];
  readonly #variant: Variant;
  #writes: OwnWrites | undefined;

  constructor(variant: Variant) {
    this.#variant = variant;
    this.name = variant.name;
    this.eventSource = variant.eventSource;
    this.inputs = [
      input(variant.resource),
      input<Pod>(pods, (pod, old, context) => this.#keysOf(pod, old, context)),
    ];
    this.outputs = [
      { resource: pods, verbs: ['create', 'patch', 'delete'] },
      { resource: variant.resource, verbs: ['update'], subresource: 'status' },
    ];
  }

  setup(context: ControllerContext): void {
    context.informers.informer(pods).addIndex(ORPHANS, orphanKeys);
  }

  /** An orphan wakes all that would adopt it. */
  #keysOf(pod: Pod, old: Pod | undefined, context: ControllerContext): string[] {
    const { kind } = this.#variant.resource;
    const keys = controllerKeys(kind, pod, old);
    if (keys.length > 0 || controllerOf(pod) !== undefined) return keys;
    return context.informers
      .informer(this.#variant.resource)
      .list(pod.metadata.namespace)
      .filter((workload) => matchesSelector(this.#variant.selector(workload), pod.metadata.labels))
      .map((workload) => `${workload.metadata.namespace}/${workload.metadata.name}`);
  }

  async reconcile(key: string, context: ControllerContext): Promise<Outcome> {
    const { client, informers, clock } = context;
    const { resource, selector: selectorOf } = this.#variant;
    this.#writes ??= new OwnWrites(clock);
    const { namespace, name } = splitKey(key);
    const workload = informers.informer(resource).get(namespace, name);
    if (workload === undefined) {
      this.#writes.forget(key);
      return DONE;
    }
    if (!this.#writes.areSeen(key)) return AWAIT_CACHE;
    const informer = informers.informer(pods);
    const selector = selectorOf(workload);
    const owned = await claim({
      client,
      owner: workload,
      ownerResource: resource,
      resource: pods,
      informer,
      matches: (pod) => matchesSelector(selector, pod.metadata.labels),
    });
    const failure =
      workload.metadata.deletionTimestamp === undefined
        ? await this.#scale(key, workload, owned, context)
        : undefined;
    await this.#updateStatus(workload, owned, failure, context);
    if (failure !== undefined) throw failure;
    return requeueAfter(nextAvailableIn(owned, workload.spec.minReadySeconds ?? 0, clock.now()));
  }

  /** All pods of ReplicaSets that share this one's owner. */
  #related(workload: Workload, context: ControllerContext): readonly Pod[] {
    const owner = controllerOf(workload);
    const { informers } = context;
    const siblings =
      owner === undefined
        ? [workload]
        : informers
            .informer(this.#variant.resource)
            .byIndex('byOwner', owner.uid)
            .filter((other) => controllerOf(other)?.uid === owner.uid);
    return siblings.flatMap((sibling) =>
      informers.informer(pods).byIndex('byOwner', sibling.metadata.uid ?? ''),
    );
  }

  async #scale(
    key: string,
    workload: Workload,
    owned: readonly Pod[],
    context: ControllerContext,
  ): Promise<unknown> {
    const { client, informers, clock, events } = context;
    const informer = informers.informer(pods);
    const plan = decideScale(
      owned,
      this.#related(workload, context),
      workload.spec.replicas ?? 1,
      clock.now(),
    );
    if (plan.create > 0) {
      const template = workload.spec.template as PodTemplateSpec;
      const { error } = await slowStart(plan.create, async () => {
        try {
          const pod = await client.create(pods, podFromTemplate(template, workload));
          this.#writes?.wrote(key, informer, pod);
          events.event(workload, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
        } catch (cause) {
          if (!isNamespaceTerminating(cause))
            events.event(workload, 'Warning', 'FailedCreate', `Error creating: ${messageOf(cause)}`);
          throw cause;
        }
      });
      return isNamespaceTerminating(error) ? undefined : error;
    }
    const { error } = await forEachAtOnce(plan.remove, async (pod) => {
      try {
        const { uid, namespace = '', name } = pod.metadata;
        await client.delete(pods, namespace, name, uid === undefined ? {} : { preconditions: { uid } });
        this.#writes?.deleted(key, informer, pod);
        events.event(workload, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
      } catch (cause) {
        const reason = (cause as { reason?: unknown }).reason;
        if (reason === 'NotFound' || reason === 'Conflict') return;
        events.event(workload, 'Warning', 'FailedDelete', `Error deleting: ${messageOf(cause)}`);
        throw cause;
      }
    });
    return error;
  }

  async #updateStatus(
    workload: Workload,
    owned: readonly Pod[],
    failure: unknown,
    context: ControllerContext,
  ): Promise<void> {
    const now = context.clock.now();
    const status: ReplicaSetStatus = decideStatus(
      {
        status: workload.status as ReplicaSetStatus | undefined,
        generation: workload.metadata.generation ?? 0,
        replicas: workload.spec.replicas ?? 1,
        minReadySeconds: workload.spec.minReadySeconds ?? 0,
        templateLabels: (workload.spec.template as PodTemplateSpec).metadata?.labels ?? {},
        ...(failure === undefined ? {} : { failure: messageOf(failure) }),
      },
      owned,
      now,
      this.#variant.withTerminating,
    );
    if (isDeepStrictEqual(status, workload.status)) return;
    await context.client.update(this.#variant.resource, { ...workload, status } as Workload, {
      subresource: 'status',
    });
  }
}

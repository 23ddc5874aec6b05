import { isDeepStrictEqual } from 'node:util';
import type { Deployment, DeploymentCondition, Pod, ReplicaSet } from '@gantry/api/generated/types';
import { controllerOf } from '@gantry/client/keys';
import { deployments, pods, replicaSets } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { OwnWrites } from '@gantry/runtime/own-writes';
import type { ControllerContext } from '@gantry/runtime/port';
import { messageOf } from '../shared/batches.ts';
import { findCondition } from '../shared/conditions.ts';
import { ignoreNotFound, isNamespaceTerminating } from '../shared/outcomes.ts';
import { equalIgnoringHash } from '../shared/pod-template.ts';
import { isFinished } from '../shared/pods.ts';
import {
  DESIRED_REPLICAS,
  newReplicaSetAnnotations,
  numberAnnotation,
  REVISION,
  sizeAnnotations,
} from './annotations.ts';
import {
  decideCleanup,
  decideNewSize,
  decideOldSizes,
  decideProportional,
  isScaledUp,
  nextRevision,
  sizeOf,
  split,
  totalSize,
} from './decide.ts';
import { isRollingUpdate, limitsOf } from './limits.ts';
import { newReplicaSet } from './new-replica-set.ts';
import {
  addRolloutConditions,
  decideStatus,
  hasProgressDeadline,
  isComplete,
  newCondition,
  setCondition,
} from './status.ts';

/** One run over one Deployment. `deployment` is the run's own copy; its status follows what is written. */
export class Rollout {
  readonly #key: string;
  #deployment: Deployment;
  readonly #sets: readonly ReplicaSet[];
  readonly #writes: OwnWrites;
  readonly #context: ControllerContext;
  readonly #old: readonly ReplicaSet[];
  #current: ReplicaSet | undefined;

  constructor(
    key: string,
    deployment: Deployment,
    sets: readonly ReplicaSet[],
    writes: OwnWrites,
    context: ControllerContext,
  ) {
    this.#key = key;
    this.#deployment = deployment;
    this.#sets = sets;
    this.#writes = writes;
    this.#context = context;
    const { current, old } = split(deployment, sets);
    this.#current = current;
    this.#old = old;
  }

  get #all(): readonly ReplicaSet[] {
    return this.#current === undefined ? this.#old : [...this.#old, this.#current];
  }

  async run(): Promise<void> {
    const deployment = this.#deployment;
    if (deployment.metadata.deletionTimestamp !== undefined) return this.#writeStatus(false);
    await this.#notePause();
    if (deployment.spec.paused === true || this.#wasScaled()) return this.#sync();
    return isRollingUpdate(deployment) ? this.#roll() : this.#recreate();
  }

  /** The size that the ReplicaSets were last scaled for is not the Deployment's any more. */
  #wasScaled(): boolean {
    const { replicas } = limitsOf(this.#deployment);
    return this.#sets.filter(isScaledUp).some((replicaSet) => {
      const desired = numberAnnotation(replicaSet, DESIRED_REPLICAS);
      return desired !== undefined && desired !== replicas;
    });
  }

  async #sync(): Promise<void> {
    await this.#prepareCurrent(false);
    const plan = decideProportional(this.#deployment, { current: this.#current, old: this.#old });
    for (const { replicaSet, replicas, force } of plan) await this.#scale(replicaSet, replicas, force);
    if (this.#deployment.spec.paused === true) await this.#cleanUp();
    await this.#writeStatus(false);
  }

  async #roll(): Promise<void> {
    const current = await this.#prepareCurrent(true);
    if (current === undefined) return;
    const { replicas } = limitsOf(this.#deployment);
    const size =
      sizeOf(current) > replicas
        ? replicas
        : decideNewSize(this.#deployment, sizeOf(current), totalSize(this.#all));
    if (await this.#scale(current, size)) return this.#writeStatus(true);
    const plan = decideOldSizes(this.#deployment, current, this.#old);
    for (const { replicaSet, replicas: next } of plan) await this.#scale(replicaSet, next);
    if (plan.length > 0) return this.#writeStatus(true);
    if (isComplete(this.#deployment, this.#deployment.status ?? {})) await this.#cleanUp();
    return this.#writeStatus(true);
  }

  async #recreate(): Promise<void> {
    await this.#prepareCurrent(false);
    const up = this.#old.filter(isScaledUp);
    for (const replicaSet of up) await this.#scale(replicaSet, 0);
    if (up.length > 0 || this.#hasOldPods()) return this.#writeStatus(true);
    const current = this.#current ?? (await this.#prepareCurrent(true));
    if (current === undefined) return;
    await this.#scale(current, limitsOf(this.#deployment).replicas);
    if (isComplete(this.#deployment, this.#deployment.status ?? {})) await this.#cleanUp();
    return this.#writeStatus(true);
  }

  #hasOldPods(): boolean {
    const informer = this.#context.informers.informer(pods);
    return this.#old.some((replicaSet) =>
      informer.byIndex('byOwner', replicaSet.metadata.uid ?? '').some((pod: Pod) => !isFinished(pod)),
    );
  }

  /** Progress does not count while paused: the deadline starts anew when the Deployment is resumed. */
  async #notePause(): Promise<void> {
    const deployment = this.#deployment;
    if (!hasProgressDeadline(deployment)) return;
    const condition = findCondition(deployment.status?.conditions, 'Progressing');
    if (condition?.reason === 'ProgressDeadlineExceeded') return;
    const isPaused = condition?.reason === 'DeploymentPaused';
    const now = this.#context.clock.now();
    if (deployment.spec.paused === true && !isPaused)
      await this.#writeCondition(
        newCondition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', now),
      );
    else if (deployment.spec.paused !== true && isPaused)
      await this.#writeCondition(
        newCondition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', now),
      );
  }

  async #writeCondition(condition: DeploymentCondition, revision?: bigint): Promise<void> {
    const status = { ...this.#deployment.status };
    setCondition(status, condition);
    await this.#put({ ...this.#deployment, status }, revision);
  }

  /** The revision is an annotation, which a status update carries too. */
  async #put(next: Deployment, revision?: bigint | string): Promise<void> {
    const annotated: Deployment =
      revision === undefined
        ? next
        : {
            ...next,
            metadata: {
              ...next.metadata,
              annotations: { ...next.metadata.annotations, [REVISION]: String(revision) },
            },
          };
    const { client, informers } = this.#context;
    const stored = await client.update(deployments, annotated, { subresource: 'status' });
    this.#writes.wrote(this.#key, informers.informer(deployments), stored);
    Object.assign(this.#deployment, stored);
  }

  /** Brings the newest ReplicaSet's annotations up to date, or makes it. Undefined when there is none to work with. */
  async #prepareCurrent(create: boolean): Promise<ReplicaSet | undefined> {
    const revision = nextRevision(this.#old);
    const current = this.#current;
    if (current === undefined) return create ? this.#create(revision) : undefined;
    const deployment = this.#deployment;
    const before = current.metadata.annotations ?? {};
    const annotations = newReplicaSetAnnotations(deployment, before, revision, true);
    const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
    if (!isDeepStrictEqual(annotations, before) || (current.spec.minReadySeconds ?? 0) !== minReadySeconds) {
      this.#current = await this.#update({
        ...current,
        metadata: { ...current.metadata, annotations },
        spec: { ...current.spec, minReadySeconds },
      });
    }
    const number = annotations[REVISION];
    const isRevisionOld = deployment.metadata.annotations?.[REVISION] !== number;
    const status = { ...deployment.status };
    const lacksProgress =
      hasProgressDeadline(deployment) && findCondition(status.conditions, 'Progressing') === undefined;
    if (lacksProgress) {
      const message = `Found new replica set ${JSON.stringify(current.metadata.name)}`;
      const now = this.#context.clock.now();
      setCondition(status, newCondition('Progressing', 'True', 'FoundNewReplicaSet', message, now));
    }
    if (isRevisionOld || lacksProgress) await this.#put({ ...deployment, status }, number);
    return this.#current;
  }

  async #create(revision: bigint): Promise<ReplicaSet | undefined> {
    const { client, informers, events, clock } = this.#context;
    const deployment = this.#deployment;
    const wanted = newReplicaSet(this.#deployment, this.#old, revision);
    const replicas = wanted.spec.replicas ?? 0;
    let made: ReplicaSet;
    try {
      made = await client.create(replicaSets, wanted);
      this.#writes.wrote(this.#key, informers.informer(replicaSets), made);
    } catch (error) {
      if (isNamespaceTerminating(error)) return undefined;
      if (isStatusError(error, 'AlreadyExists')) return this.#takeExisting(wanted);
      const message = `Failed to create new replica set ${JSON.stringify(wanted.metadata.name)}: ${messageOf(error)}`;
      if (hasProgressDeadline(deployment))
        await this.#writeCondition(
          newCondition('Progressing', 'False', 'ReplicaSetCreateError', message, clock.now()),
        );
      events.event(deployment, 'Warning', 'ReplicaSetCreateError', message);
      throw error;
    }
    this.#current = made;
    const { name } = made.metadata;
    if (replicas > 0)
      events.event(
        deployment,
        'Normal',
        'ScalingReplicaSet',
        `Scaled up replica set ${name} from 0 to ${replicas}`,
      );
    const condition = newCondition(
      'Progressing',
      'True',
      'NewReplicaSetCreated',
      `Created new replica set ${JSON.stringify(name)}`,
      clock.now(),
    );
    const status = { ...deployment.status };
    if (hasProgressDeadline(deployment)) setCondition(status, condition);
    await this.#put({ ...deployment, status }, revision);
    return made;
  }

  /** The name is taken: by our own ReplicaSet that the cache has not shown yet, or by another with the same hash. */
  async #takeExisting(wanted: ReplicaSet): Promise<ReplicaSet | undefined> {
    const { client } = this.#context;
    const { namespace = '', name } = wanted.metadata;
    const found = await client.get(replicaSets, namespace, name);
    const { template } = found.spec;
    const isOurs =
      controllerOf(found)?.uid === this.#deployment.metadata.uid &&
      template !== undefined &&
      equalIgnoringHash(template, this.#deployment.spec.template);
    if (isOurs) {
      this.#current = found;
      return found;
    }
    const collisionCount = (this.#deployment.status?.collisionCount ?? 0) + 1;
    await this.#put({ ...this.#deployment, status: { ...this.#deployment.status, collisionCount } });
    throw new Error(`the name of replica set ${name} is taken; trying another hash`);
  }

  async #update(replicaSet: ReplicaSet): Promise<ReplicaSet> {
    const { client, informers } = this.#context;
    const stored = await client.update(replicaSets, replicaSet);
    this.#writes.wrote(this.#key, informers.informer(replicaSets), stored);
    return stored;
  }

  async #scale(replicaSet: ReplicaSet, replicas: number, force = false): Promise<boolean> {
    const before = sizeOf(replicaSet);
    if (before === replicas && !force) return false;
    const annotations = { ...replicaSet.metadata.annotations, ...sizeAnnotations(this.#deployment) };
    if (before === replicas && isDeepStrictEqual(annotations, replicaSet.metadata.annotations)) return false;
    const stored = await this.#update({
      ...replicaSet,
      metadata: { ...replicaSet.metadata, annotations },
      spec: { ...replicaSet.spec, replicas },
    });
    if (replicaSet === this.#current) this.#current = stored;
    if (before === replicas) return false;
    this.#context.events.event(
      this.#deployment,
      'Normal',
      'ScalingReplicaSet',
      `Scaled ${before < replicas ? 'up' : 'down'} replica set ${stored.metadata.name} from ${before} to ${replicas}`,
    );
    return true;
  }

  async #cleanUp(): Promise<void> {
    for (const { metadata } of decideCleanup(this.#deployment, this.#old))
      await ignoreNotFound(this.#context.client.delete(replicaSets, metadata.namespace ?? '', metadata.name));
  }

  async #writeStatus(withProgress: boolean): Promise<void> {
    const now = this.#context.clock.now();
    const all = this.#all;
    const status = decideStatus(this.#deployment, this.#current, all, now);
    if (withProgress) addRolloutConditions(status, this.#deployment, this.#current, all, now);
    if (!isDeepStrictEqual(status, this.#deployment.status)) await this.#put({ ...this.#deployment, status });
  }
}

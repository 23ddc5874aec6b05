import type { Application, Plan as PlanObject, PlanStatus } from '@gantry/api/generated/types';
import { compareResourceVersions, keyOf } from '@gantry/client/keys';
import type { Client, Lister } from '@gantry/client/port';
import { plans } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import type { Logger } from '@gantry/runtime/port';
import type { Identity } from '../git/identity.ts';
import type { KindFinder } from '../render/kinds.ts';
import { accountOf } from '../sync/actor.ts';
import { hideUnreadable, type PlanReaders } from './readable.ts';

/** Of one Application, made by pushes and by the console; older ones go. */
const KEPT_MAX = 20;
const API_VERSION = 'gitops.gantry.dev/v1alpha1';
/** The branch or tag that was pushed. */
const REF = 'gitops.gantry.dev/ref';

/** What a push would do to one Application. */
export interface PushPlan {
  readonly application: Application;
  readonly commit: string;
  /** The branch or tag that was pushed. */
  readonly ref: string;
  /** The pusher, with whose rights it was planned. */
  readonly by: Identity;
  readonly status: PlanStatus;
}

export interface KeptPlansParts {
  /** Of the sync's own identity: a push keeps its plan whatever its pusher may do with Plans. */
  readonly client: Client;
  readonly kinds: KindFinder;
  readonly plans: Lister<PlanObject>;
  readonly log: Pick<Logger, 'warn'>;
}

/** Keeps what pushes would do as Plan objects, so that the console and kubectl show it later. */
export class KeptPlans {
  readonly #parts: KeptPlansParts;
  /** Keys of those whose status is being written: nobody else is to plan them. */
  readonly #writing = new Set<string>();

  constructor(parts: KeptPlansParts) {
    this.#parts = parts;
  }

  /** Whether a Plan waits for a status that is being written already. */
  isWriting(key: string): boolean {
    return this.#writing.has(key);
  }

  /** Writes APPLICATION-COMMIT7. A failure is no reason to stop a push: it is logged. */
  async keep({ application, commit, ref, by, status }: PushPlan): Promise<void> {
    const { namespace = '', name, uid } = application.metadata;
    if (uid === undefined) return;
    const plan = planObject(application, uid, commit, ref, by);
    const key = keyOf(plan);
    this.#writing.add(key);
    try {
      const readable = await hideUnreadable(this.#parts, readersOf(application, by), status);
      await this.#create(plan);
      await this.#parts.client.patch<PlanObject>(
        plans,
        namespace,
        plan.metadata.name,
        // Lists are replaced; what the last one said beyond this goes.
        { status: { message: null, baseCommit: null, revision: null, detailsOmitted: null, ...readable } },
        { type: 'merge', subresource: 'status' },
      );
      await this.trim(namespace, uid);
    } catch (error) {
      this.#parts.log.warn({ err: error, application: `${namespace}/${name}` }, 'a plan could not be kept');
    } finally {
      this.#writing.delete(key);
    }
  }

  async #create(plan: PlanObject): Promise<void> {
    try {
      await this.#parts.client.create<PlanObject>(plans, plan);
    } catch (error) {
      if (!isStatusError(error, 'AlreadyExists')) throw error;
    }
  }

  /** Deletes all but the newest of an Application's own. Those that people made for themselves stay. */
  async trim(namespace: string, uid: string): Promise<void> {
    const own = this.#parts.plans
      .list(namespace)
      .filter((plan) => plan.metadata.ownerReferences?.some((owner) => owner.uid === uid))
      .sort(newestFirst);
    for (const { metadata } of own.slice(KEPT_MAX)) {
      try {
        await this.#parts.client.delete(plans, namespace, metadata.name);
      } catch (error) {
        if (!isStatusError(error, 'NotFound')) throw error;
      }
    }
  }
}

/** Without a service account the pusher is who the Application will act as. */
const readersOf = (application: Application, { name, groups }: Identity): PlanReaders => {
  const asker = { user: name, groups };
  const { namespace = '' } = application.metadata;
  return { namespace, asker, actor: accountOf(application) ?? asker };
};

/** Times are of whole seconds; of one second, what was written last is the newer. */
const newestFirst = (a: PlanObject, b: PlanObject): number =>
  timeOf(b).localeCompare(timeOf(a)) ||
  compareResourceVersions(b.metadata.resourceVersion, a.metadata.resourceVersion);

const timeOf = ({ metadata, status }: PlanObject): string => status?.time ?? metadata.creationTimestamp ?? '';

const NAME_MAX = 253;

/** APPLICATION-COMMIT7, as much as a name takes. */
function nameOfPlan(application: string, commit: string): string {
  const end = `-${commit.slice(0, 7)}`;
  return application.slice(0, NAME_MAX - end.length).replace(/[-.]+$/, '') + end;
}

function planObject(
  { metadata }: Application,
  uid: string,
  commit: string,
  ref: string,
  by: Identity,
): PlanObject {
  const { name, namespace = '' } = metadata;
  return {
    apiVersion: API_VERSION,
    kind: 'Plan',
    metadata: {
      name: nameOfPlan(name, commit),
      namespace,
      annotations: { [REF]: ref },
      ownerReferences: [{ apiVersion: API_VERSION, kind: 'Application', name, uid }],
    },
    spec: { application: name, revision: commit, user: by.name, groups: [...by.groups] },
  };
}

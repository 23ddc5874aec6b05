import type { Application, Plan, PlanChange, PlanProblem } from '@gantry/api/generated/types';
import type { KubeList, KubeObject } from '@gantry/machinery/object';
import { z } from 'zod';
import { callJson, write } from './api.ts';
import type { Dispatch } from './port.ts';
import { collectionPath, objectPath } from './resource-ref.ts';
import { procedure } from './trpc.ts';
import { watchUntil } from './watch-until.ts';

const APPLICATIONS = { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'applications' };
const PLANS = { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'plans' };
/** The branch or tag that was pushed. */
const REF = 'gitops.gantry.dev/ref';
const API_VERSION = 'gitops.gantry.dev/v1alpha1';
const PLAN_MS = 20_000;
/** Leaves room for the made-up end of a name. */
const NAME_MAX = 240;

const named = z.object({ namespace: z.string().min(1).max(253), name: z.string().min(1).max(253) });

/** A Plan in a list. */
export interface PlanLine {
  readonly namespace: string;
  readonly name: string;
  readonly application: string;
  /** What was asked for: a branch, tag or commit; '' is what the Application follows. */
  readonly revision: string;
  /** The branch or tag that was pushed; '' for a Plan that somebody asked for. */
  readonly ref: string;
  readonly phase: 'Pending' | 'Ready' | 'Refused' | 'Failed';
  readonly message: string;
  readonly commit: string;
  /** What was applied then. */
  readonly baseCommit: string;
  /** Whose rights it was made with. */
  readonly user: string;
  readonly time: string;
  readonly created: number;
  readonly changed: number;
  readonly pruned: number;
  readonly unchanged: number;
}

/** A Plan with all that it lists. */
export interface PlanView extends PlanLine {
  readonly changes: readonly PlanChange[];
  /** Objects that are not listed. */
  readonly omitted: number;
  readonly problems: readonly PlanProblem[];
}

function toLine({ metadata, spec, status = {} }: Plan): PlanLine {
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    application: spec.application,
    revision: spec.revision ?? '',
    ref: metadata.annotations?.[REF] ?? '',
    phase: status.phase ?? 'Pending',
    message: status.message ?? '',
    commit: status.commit ?? '',
    baseCommit: status.baseCommit ?? '',
    user: status.user ?? '',
    time: status.time ?? metadata.creationTimestamp ?? '',
    created: status.created ?? 0,
    changed: status.changed ?? 0,
    pruned: status.pruned ?? 0,
    unchanged: status.unchanged ?? 0,
  };
}

const toView = (plan: Plan): PlanView => ({
  ...toLine(plan),
  changes: plan.status?.changes ?? [],
  omitted: plan.status?.omitted ?? 0,
  problems: plan.status?.problems ?? [],
});

const isPlanned = ({ status }: Plan): boolean => (status?.phase ?? 'Pending') !== 'Pending';

/** Owned by the Application, so that it goes with it, and when there are many newer ones. */
async function createPlan(
  dispatch: Dispatch,
  { namespace, name }: z.infer<typeof named>,
  revision: string,
): Promise<Plan> {
  const application = await callJson<Application>(dispatch, {
    method: 'GET',
    path: objectPath({ resource: APPLICATIONS, namespace, name }),
  });
  const { uid = '' } = application.metadata;
  const { object } = await write(dispatch, {
    method: 'POST',
    path: collectionPath(PLANS, namespace),
    body: {
      apiVersion: API_VERSION,
      kind: 'Plan',
      metadata: {
        generateName: `${name.slice(0, NAME_MAX)}-`,
        ownerReferences: [{ apiVersion: API_VERSION, kind: 'Application', name, uid }],
      },
      spec: { application: name, ...(revision === '' ? {} : { revision }) },
    },
  });
  return object as unknown as Plan;
}

/** Waits until the sync has filled it in; what is not done by then is still Pending. */
async function untilPlanned(dispatch: Dispatch, made: Plan, signal: AbortSignal | undefined): Promise<Plan> {
  const { namespace = '', name, resourceVersion = '' } = made.metadata;
  const request = {
    method: 'GET',
    path: collectionPath(PLANS, namespace),
    query: { fieldSelector: `metadata.name=${name}`, resourceVersion },
  };
  return (await watchUntil<Plan>(dispatch, request, isPlanned, PLAN_MS, signal)) ?? made;
}

/** Of the Applications router. */
export const planProcedures = {
  /** Plans of one Application, newest first, without what they list. */
  plans: procedure.input(named).query(async ({ ctx, input }): Promise<PlanLine[]> => {
    const list = await callJson<KubeList<Plan & KubeObject>>(ctx.dispatch, {
      method: 'GET',
      path: collectionPath(PLANS, input.namespace),
    });
    return list.items
      .filter(({ spec }) => spec.application === input.name)
      .map(toLine)
      .sort((a, b) => b.time.localeCompare(a.time) || a.name.localeCompare(b.name));
  }),

  /** One Plan by its name. */
  planOf: procedure.input(named).query(async ({ ctx, input }): Promise<PlanView> => {
    const path = objectPath({ resource: PLANS, ...input });
    return toView(await callJson<Plan>(ctx.dispatch, { method: 'GET', path }));
  }),

  /** Makes a Plan of a branch, tag or commit ('' is what the Application follows), and waits for it at most 20 s. */
  planFor: procedure
    .input(named.extend({ revision: z.string().max(253) }))
    .mutation(async ({ ctx, input, signal }): Promise<PlanView> => {
      const made = await createPlan(ctx.dispatch, input, input.revision.trim());
      return toView(await untilPlanned(ctx.dispatch, made, signal));
    }),
};

import type { Pod } from '@gantry/api/generated/types';
import { formatSelectorObject, type LabelSelectorObject } from '@gantry/machinery/label-selector';
import type { AnyObject, KubeList } from '@gantry/machinery/object';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { callJson, write } from './api.ts';
import { usageOf } from './pod-resources.ts';
import { collectionPath, objectPath, objectRef } from './resource-ref.ts';
import { readWorkload, revisionsOf, workloadRef } from './revisions.ts';
import { type ContainerState, containerState } from './shared/container-state.ts';
import { procedure, router } from './trpc.ts';

const MERGE_PATCH = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const PODS = { group: '', version: 'v1', plural: 'pods' };
/** Pods of a workload whose logs are merged. */
const LOGGED_PODS_MAX = 50;

/** A container, and whether its log can be read. */
export interface LogSource extends ContainerState {
  readonly pod: string;
  readonly container: string;
}

const sourcesOf = (pod: Pod): LogSource[] =>
  (pod.spec?.containers ?? []).map(({ name }) => ({
    pod: pod.metadata.name,
    container: name,
    ...containerState(pod, name),
  }));

export const workloadsRouter = router({
  revisions: procedure.input(workloadRef).query(async ({ ctx, input }) => {
    const workload = await readWorkload(ctx, input);
    const revisions = await revisionsOf(ctx, input, workload);
    return {
      paused: workload.spec.paused === true,
      revisions: revisions.map(({ template: _, ...line }) => line),
    };
  }),

  /** Makes an earlier pod template the wanted one, as `kubectl rollout undo` does. */
  rollBack: procedure
    .input(z.object({ ref: workloadRef, revision: z.number().int().min(1) }))
    .mutation(async ({ ctx, input: { ref, revision } }) => {
      const workload = await readWorkload(ctx, ref);
      const wanted = (await revisionsOf(ctx, ref, workload)).find((one) => one.revision === revision);
      if (wanted === undefined)
        throw new TRPCError({ code: 'NOT_FOUND', message: `revision ${revision} is not kept any more` });
      if (workload.spec.paused === true)
        throw new TRPCError({ code: 'CONFLICT', message: 'the rollout is paused: resume it first' });
      await write(ctx.dispatch, {
        method: 'PATCH',
        path: objectPath(ref),
        contentType: JSON_PATCH,
        body: [
          // Of the state that was looked at; another's change meanwhile is not undone unseen.
          { op: 'test', path: '/metadata/uid', value: workload.metadata.uid },
          { op: 'replace', path: '/spec/template', value: wanted.template },
        ],
      });
    }),

  /** Holds the rollout of a Deployment, or lets it go on. */
  pause: procedure
    .input(z.object({ ref: objectRef, paused: z.boolean() }))
    .mutation(async ({ ctx, input: { ref, paused } }) => {
      const path = objectPath(ref);
      await write(ctx.dispatch, {
        method: 'PATCH',
        path,
        contentType: MERGE_PATCH,
        body: { spec: { paused: paused ? true : null } },
      });
    }),

  /** Holds a CronJob or Job, or lets it go on. */
  suspend: procedure
    .input(z.object({ ref: objectRef, suspended: z.boolean() }))
    .mutation(async ({ ctx, input: { ref, suspended } }) => {
      await write(ctx.dispatch, {
        method: 'PATCH',
        path: objectPath(ref),
        contentType: MERGE_PATCH,
        body: { spec: { suspend: suspended } },
      });
    }),

  /** The pods of a workload by its selector: what their logs are called, what they ask for, may take and use. */
  pods: procedure.input(objectRef).query(async ({ ctx, input }) => {
    const workload = await callJson<AnyObject>(ctx.dispatch, { method: 'GET', path: objectPath(input) });
    const { selector } = (workload.spec ?? {}) as { selector?: LabelSelectorObject };
    const labelSelector = formatSelectorObject(selector);
    if (selector === undefined || labelSelector === '<none>' || labelSelector === '')
      return { labelSelector: '', total: 0, sources: [], use: [], hasMetrics: false };
    const { items } = await callJson<KubeList<Pod>>(ctx.dispatch, {
      method: 'GET',
      path: collectionPath(PODS, input.namespace),
      query: { labelSelector },
    });
    const own = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const newest = own
      .toSorted((a, b) =>
        (a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1,
      )
      .slice(0, LOGGED_PODS_MAX);
    const { lines, hasMetrics } = await usageOf(ctx, input.namespace, labelSelector, newest);
    return { labelSelector, total: own.length, sources: newest.flatMap(sourcesOf), use: lines, hasMetrics };
  }),
});

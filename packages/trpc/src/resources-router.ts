import type { AnyObject, KubeList } from '@gantry/machinery/object';
import { z } from 'zod';
import { callJson } from './api.ts';
import { dependantsOf } from './dependants.ts';
import { holderOf } from './holder.ts';
import { collectionPath, objectPath, objectRef, resourceRef } from './resource-ref.ts';
import { queryRows } from './table-query.ts';
import { procedure, router } from './trpc.ts';
import { toEditableYaml } from './yaml-text.ts';

const PAGE_MAX = 500;
const EVENTS_MAX = 500;

const listInput = z.object({
  resource: resourceRef,
  namespace: z.string().max(253).default(''),
  labelSelector: z.string().max(1024).optional(),
  fieldSelector: z.string().max(1024).optional(),
  filter: z.string().max(256).default(''),
  sort: z.string().max(64).default(''),
  descending: z.boolean().default(false),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(PAGE_MAX).default(100),
});

interface EventObject extends AnyObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
}

/** An Event in the words of a person. */
export interface EventLine {
  readonly uid: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly time: string;
  readonly source: string;
}

export function toEventLine(event: EventObject): EventLine {
  return {
    uid: event.metadata.uid ?? event.metadata.name,
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: event.message ?? '',
    count: event.series?.count ?? event.count ?? 1,
    time:
      event.series?.lastObservedTime ||
      event.lastTimestamp ||
      event.eventTime ||
      event.metadata.creationTimestamp ||
      '',
    source: event.reportingComponent || event.source?.component || '',
  };
}

const HIDDEN = '(hidden)';

/** A Secret without its values, as a copy; any other object as it is. */
export function hideSecret(object: AnyObject): AnyObject {
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret' || object.data === undefined) return object;
  const data = Object.fromEntries(Object.keys(object.data ?? {}).map((key) => [key, HIDDEN]));
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...annotations } =
    object.metadata.annotations ?? {};
  return { ...object, metadata: { ...object.metadata, annotations }, data };
}

export const resourcesRouter = router({
  /** A page of a list, filtered and sorted here; columns are those that `kubectl get` shows. */
  list: procedure.input(listInput).query(async ({ ctx, input }) => {
    const view = await ctx.views.open(ctx.user, ctx.dispatch, input);
    const { rows, matched } = queryRows(view.rows.values(), view.columns, input);
    return {
      columns: [...view.columns],
      rows,
      matched,
      total: view.rows.size,
      offset: input.offset,
      revision: view.revision,
    };
  }),

  /** One object, and the YAML that an editor shows. Values of a Secret only when asked for. */
  get: procedure
    .input(objectRef.extend({ reveal: z.boolean().default(false) }))
    .query(async ({ ctx, input }) => {
      const read = await callJson<AnyObject>(ctx.dispatch, {
        method: 'GET',
        path: objectPath(input),
        // The audit log keeps the address: so it tells who looked at values from who looked at their names.
        query: input.reveal ? { reveal: 'true' } : {},
      });
      const object = input.reveal ? read : hideSecret(read);
      return { object, yaml: toEditableYaml(object), hidden: object !== read };
    }),

  /** Events about an object, newest first. */
  events: procedure
    .input(z.object({ namespace: z.string().max(253), kind: z.string().max(253), name: z.string().max(253) }))
    .query(async ({ ctx, input }) => {
      const events = await callJson<KubeList<EventObject>>(ctx.dispatch, {
        method: 'GET',
        path: collectionPath({ group: '', version: 'v1', plural: 'events' }, input.namespace),
        query: {
          fieldSelector: `involvedObject.kind=${input.kind},involvedObject.name=${input.name}`,
          limit: String(EVENTS_MAX),
        },
      });
      return events.items.map(toEventLine).sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
    }),

  /** What an object owns: ReplicaSets and pods of a Deployment, jobs of a CronJob. */
  dependants: procedure
    .input(z.object({ ref: objectRef, kind: z.string().max(253) }))
    .query(({ ctx, input }) => dependantsOf(ctx, input.kind, input.ref)),

  /** Which Application it comes from, with the commit and the place in Git. */
  holder: procedure.input(objectRef).query(({ ctx, input }) => holderOf(ctx, input)),

  namespaces: procedure.query(async ({ ctx }) => {
    const view = await ctx.views.open(ctx.user, ctx.dispatch, {
      resource: { group: '', version: 'v1', plural: 'namespaces' },
      namespace: '',
    });
    return [...view.rows.values()].map(({ name }) => name).sort();
  }),
});

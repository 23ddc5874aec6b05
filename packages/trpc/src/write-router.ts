import type { AnyObject } from '@gantry/machinery/object';
import type { Status } from '@gantry/machinery/status';
import type { YamlDocument } from '@gantry/machinery/yaml';
import { z } from 'zod';
import { ApiError, callJson, write } from './api.ts';
import { findKind, type ServedKind, servedKinds } from './discovery.ts';
import type { Dispatch } from './port.ts';
import { collectionPath, type ObjectRef, objectPath, objectRef } from './resource-ref.ts';
import { type Context, procedure, router } from './trpc.ts';
import { parseText, problemsOf, type TextProblem, toEditableYaml } from './yaml-text.ts';

const TEXT_MAX = 3 * 1024 * 1024;
const text = z.string().max(TEXT_MAX);

/** What became of an edit. */
export type EditOutcome =
  | { readonly type: 'done'; readonly yaml: string; readonly warnings: readonly string[] }
  | { readonly type: 'invalid'; readonly problems: readonly TextProblem[]; readonly message: string }
  /** Somebody else changed or deleted the object meanwhile; `theirs` is as it is now. */
  | { readonly type: 'conflict'; readonly message: string; readonly theirs: string | null };

const CORRECTABLE = new Set<Status['reason']>(['Invalid', 'BadRequest', 'UnsupportedMediaType']);

async function replace(ctx: Context, ref: ObjectRef, yaml: string, dryRun: boolean): Promise<EditOutcome> {
  const parsed = parseText(yaml);
  if (!parsed.ok) return { type: 'invalid', problems: [parsed.problem], message: parsed.problem.reason };
  const [document, second] = parsed.documents;
  if (document === undefined || second !== undefined) {
    const reason = 'the text must hold exactly this one object';
    return { type: 'invalid', problems: [{ line: second?.line ?? 1, reason }], message: reason };
  }
  try {
    const done = await write(ctx.dispatch, {
      method: 'PUT',
      path: objectPath(ref),
      body: document.value,
      dryRun,
    });
    return { type: 'done', yaml: toEditableYaml(done.object), warnings: done.warnings };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status } = error;
    if (status.reason === 'Conflict' || status.reason === 'NotFound')
      return { type: 'conflict', message: error.message, theirs: await current(ctx.dispatch, ref) };
    if (!CORRECTABLE.has(status.reason)) throw error;
    return { type: 'invalid', problems: problemsOf(status, document), message: error.message };
  }
}

async function current(dispatch: Dispatch, ref: ObjectRef): Promise<string | null> {
  try {
    return toEditableYaml(await callJson<AnyObject>(dispatch, { method: 'GET', path: objectPath(ref) }));
  } catch (error) {
    if (error instanceof ApiError && error.status.reason === 'NotFound') return null;
    throw error;
  }
}

/** What became of one document of a text. */
export interface CreateOutcome {
  /** `Deployment/web` */
  readonly subject: string;
  readonly ref?: ObjectRef;
  readonly problems: readonly TextProblem[];
}

async function createOne(
  ctx: Context,
  kinds: readonly ServedKind[],
  document: YamlDocument,
  options: { readonly namespace: string; readonly dryRun: boolean },
): Promise<CreateOutcome> {
  const object = document.value as AnyObject;
  const subject = `${object.kind}/${object.metadata.name ?? object.metadata.generateName ?? '?'}`;
  const kind = findKind(kinds, object.apiVersion, object.kind);
  if (kind === undefined) {
    const reason = `the server knows no kind ${object.kind} in ${object.apiVersion}`;
    return { subject, problems: [{ line: document.line, reason }] };
  }
  const namespace = kind.namespaced ? (object.metadata.namespace ?? options.namespace) : '';
  try {
    const { object: made } = await write(ctx.dispatch, {
      method: 'POST',
      path: collectionPath(kind, namespace),
      body: object,
      dryRun: options.dryRun,
    });
    const { group, version, plural } = kind;
    return {
      subject: `${made.kind}/${made.metadata.name}`,
      ref: { resource: { group, version, plural }, namespace, name: made.metadata.name },
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { subject, problems: problemsOf(error.status, document) };
  }
}

async function create(
  ctx: Context,
  yaml: string,
  options: { readonly namespace: string; readonly dryRun: boolean },
): Promise<CreateOutcome[]> {
  const parsed = parseText(yaml);
  if (!parsed.ok) return [{ subject: '', problems: [parsed.problem] }];
  const kinds = await servedKinds(ctx.dispatch);
  const outcomes: CreateOutcome[] = [];
  // One after another: a Namespace comes before what lies in it.
  for (const document of parsed.documents) outcomes.push(await createOne(ctx, kinds, document, options));
  return outcomes;
}

export const writeRouter = router({
  /** Puts the edited YAML in place of the object, if nobody changed it since it was read. */
  replace: procedure
    .input(z.object({ ref: objectRef, yaml: text, dryRun: z.boolean().default(false) }))
    .mutation(({ ctx, input }) => replace(ctx, input.ref, input.yaml, input.dryRun)),

  /** Creates each document; those that name no namespace go to `namespace`. */
  create: procedure
    .input(z.object({ yaml: text, namespace: z.string().max(253), dryRun: z.boolean().default(false) }))
    .mutation(({ ctx, input }) => create(ctx, input.yaml, input)),

  /** Sets labels, or takes those away whose value is null. */
  label: procedure
    .input(
      z.object({
        ref: objectRef,
        labels: z.record(z.string().min(1).max(317), z.string().max(63).nullable()),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await write(ctx.dispatch, {
        method: 'PATCH',
        path: objectPath(input.ref),
        contentType: 'application/merge-patch+json',
        body: { metadata: { labels: input.labels } },
      });
    }),

  delete: procedure
    .input(
      z.object({
        ref: objectRef,
        propagation: z.enum(['Background', 'Foreground', 'Orphan']).default('Background'),
        uid: z.string().max(64).optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await callJson(ctx.dispatch, {
        method: 'DELETE',
        path: objectPath(input.ref),
        headers: { 'content-type': 'application/json' },
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: input.propagation,
          ...(input.uid === undefined ? {} : { preconditions: { uid: input.uid } }),
        },
      });
    }),
});

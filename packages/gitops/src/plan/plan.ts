import type { ApplySet, ApplySetReference, ApplySetResult } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError, type Status } from '@gantry/machinery/status';
import type { Rendered } from '../render/render.ts';
import { nameOf, type SourceObject, type SourceProblem } from '../render/source-object.ts';
import { fieldsInMessage, parseFieldPath } from './field-path.ts';

export const FIELD_MANAGER = 'gantry-sync';
const PATH = '/apis/gitops.gantry.dev/v1alpha1/applysets';

/** What a commit does to the cluster, or would do. */
export interface Plan {
  readonly commit: string;
  readonly results: readonly ApplySetResult[];
  readonly problems: readonly SourceProblem[];
  readonly applied: boolean;
  readonly revision?: number;
}

export interface ApplyRequest {
  /** With the identity whose rights count. */
  readonly client: Client;
  readonly rendered: Rendered;
  readonly prune: readonly ApplySetReference[];
  readonly dryRun: boolean;
  /** Made first, when the cluster doesn't have it: the Application's own namespace. */
  readonly namespace: AnyObject | undefined;
  /** For a dry run: what would be made beside the commit. Only problems with it are told. */
  readonly beside?: readonly AnyObject[];
}

/**
 * Posts the whole commit as one ApplySet. Problems of the commit come back with file, line and field; only a server
 * that can't be reached throws.
 */
export async function applyCommit(request: ApplyRequest): Promise<Plan> {
  const { rendered } = request;
  if (rendered.problems.length > 0)
    return { commit: rendered.commit, results: [], problems: rendered.problems, applied: false };
  const namespaces = request.namespace === undefined ? [] : [request.namespace];
  const beside = request.beside ?? [];
  const applied = [...namespaces, ...rendered.objects.map((source) => source.object)];
  const sources: readonly (SourceObject | undefined)[] = [
    ...namespaces.map(() => undefined),
    ...rendered.objects,
  ];
  const answer = await post(request, [...applied, ...beside]);
  if (answer instanceof Error) {
    // The set as a whole was refused: too large, or not allowed.
    const problem = { file: '(the whole commit)', reason: answer.message };
    return { commit: rendered.commit, results: [], problems: [problem], applied: false };
  }
  const all = answer.status?.results ?? [];
  const isBeside = (index: number): boolean =>
    index >= applied.length && index < applied.length + beside.length;
  return {
    commit: rendered.commit,
    results: all.filter((_, index) => !isBeside(index)),
    problems: all.flatMap((result, index) =>
      problemsOf(result, sources[index], index < applied.length + beside.length ? '(push)' : '(prune)'),
    ),
    applied: answer.status?.applied ?? false,
    ...(answer.status?.revision === undefined ? {} : { revision: answer.status.revision }),
  };
}

/** Refusals of the request itself that the same request would meet again. */
const LASTING = ['BadRequest', 'Forbidden', 'Invalid', 'RequestEntityTooLarge', 'NotFound'] as const;

async function post(request: ApplyRequest, apply: readonly AnyObject[]): Promise<ApplySet | Error> {
  const body = {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'ApplySet',
    metadata: {},
    spec: {
      dryRun: request.dryRun,
      fieldManager: FIELD_MANAGER,
      force: true,
      origin: `git:${request.rendered.commit}`,
      apply,
      prune: request.prune,
    },
  };
  try {
    return await request.client.request<ApplySet>('POST', `${PATH}?fieldValidation=Strict`, body);
  } catch (error) {
    if (LASTING.some((reason) => isStatusError(error, reason))) return error as Error;
    throw error;
  }
}

/** The Status that one object got, with the place in the commit that caused it. */
function problemsOf(
  result: ApplySetResult,
  source: SourceObject | undefined,
  otherwise: string,
): SourceProblem[] {
  if (result.operation !== 'error') return [];
  const status = result.error as Status | undefined;
  const message = status?.message ?? 'unknown error';
  const object = `${result.kind}/${result.name}`;
  if (source === undefined) return [{ file: otherwise, object, reason: message }];
  const causes = (status?.details?.causes ?? [])
    .filter((cause) => cause.field !== undefined && cause.field !== '')
    .map((cause) => ({ field: cause.field ?? '', reason: cause.message ?? message }));
  const named = causes.length > 0 ? causes : fieldsInMessage(message);
  if (named.length === 0)
    return [{ file: source.file, line: source.line, object: nameOf(source.object), reason: message }];
  return named.map(({ field, reason }) => ({
    file: source.file,
    line: source.positionOf(parseFieldPath(field)).line,
    object: nameOf(source.object),
    field,
    reason,
  }));
}

import type { ApplySet, ApplySetReference, ApplySetResult } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import type { AnyObject } from '@gantry/machinery/object';
import type { Status } from '@gantry/machinery/status';
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
  const body = {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'ApplySet',
    metadata: {},
    spec: {
      dryRun: request.dryRun,
      fieldManager: FIELD_MANAGER,
      force: true,
      origin: `git:${rendered.commit}`,
      apply: [...namespaces, ...rendered.objects.map((source) => source.object)],
      prune: request.prune,
    },
  };
  const answer = await request.client.request<ApplySet>('POST', `${PATH}?fieldValidation=Strict`, body);
  const results = answer.status?.results ?? [];
  const sources: readonly (SourceObject | undefined)[] = [
    ...namespaces.map(() => undefined),
    ...rendered.objects,
  ];
  return {
    commit: rendered.commit,
    results,
    problems: results.flatMap((result, index) => problemsOf(result, sources[index])),
    applied: answer.status?.applied ?? false,
    ...(answer.status?.revision === undefined ? {} : { revision: answer.status.revision }),
  };
}

/** The Status that one object got, with the place in the commit that caused it. */
function problemsOf(result: ApplySetResult, source: SourceObject | undefined): SourceProblem[] {
  if (result.operation !== 'error') return [];
  const status = result.error as Status | undefined;
  const message = status?.message ?? 'unknown error';
  const object = `${result.kind}/${result.name}`;
  if (source === undefined) return [{ file: '(prune)', object, reason: message }];
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

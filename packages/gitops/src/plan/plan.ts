import type {
  ApplicationObjectStatus,
  ApplySet,
  ApplySetLedger,
  ApplySetReference,
  ApplySetResult,
  PendingPrune,
} from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { formatFieldPath } from '@gantry/machinery/leaf-changes';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError, type Status } from '@gantry/machinery/status';
import type { Rendered } from '../render/render.ts';
import { nameOf, placeOfField, type SourceObject, type SourceProblem } from '../render/source-object.ts';
import { annotationProblems, hookOf } from '../sync/waves/annotations.ts';
import { culpritOf } from './culprit.ts';
import { fieldsInMessage, parseFieldPath } from './field-path.ts';
import { probeOf } from './probe.ts';
import { type ApplyItem, type Transaction, transactionsOf } from './transactions.ts';

export const FIELD_MANAGER = 'gantry-sync';
const PATH = '/apis/gitops.gantry.dev/v1alpha1/applysets';

/** What a commit does to the cluster, or would do. */
export interface Plan {
  readonly commit: string;
  readonly results: readonly ApplySetResult[];
  readonly problems: readonly SourceProblem[];
  readonly applied: boolean;
  /** Of the store: of the first transaction, so that all that happened to what any of them made came later. */
  readonly revision?: number;
  /** Deletions among the results that would wait for an approval. */
  readonly pending?: PendingPrune;
  /** What another Application is to take over. */
  readonly leaving?: readonly ApplicationObjectStatus[];
  /** How many transactions were stored; absent in a dry run. */
  readonly transactions?: number;
}

export interface ApplyRequest {
  /** With the identity whose rights count. */
  readonly client: Client;
  readonly rendered: Rendered;
  readonly prune: readonly ApplySetReference[];
  /** Asked right before each deletion is posted: another Application may have taken an object over meanwhile. */
  readonly mayPrune?: (reference: ApplySetReference) => boolean;
  readonly dryRun: boolean;
  /** Of a dry run: with who changed each object last. */
  readonly authors?: boolean;
  /** Made first, when the cluster doesn't have it: the Application's own namespace. */
  readonly namespace: AnyObject | undefined;
  /** For a dry run: what would be made beside the commit. Only problems with it are told. */
  readonly beside?: readonly AnyObject[];
  /** In whose ledger what is stored is recorded; absent = in none. */
  readonly ledger?: ApplySetLedger;
}

/**
 * Posts the whole commit as one ApplySet; to store more than one transaction may hold, as several in their order, of
 * which the rest is left out when one is refused. Problems of the commit come back with file, line and field; only a
 * server that can't be reached throws.
 */
export async function applyCommit(request: ApplyRequest): Promise<Plan> {
  const { rendered, dryRun } = request;
  const { commit } = rendered;
  const problems = [...rendered.problems, ...annotationProblems(rendered.objects)];
  if (problems.length > 0) return { commit, results: [], problems, applied: false };
  const items = itemsOf(request);
  const sets = dryRun ? [{ apply: items, prune: request.prune }] : transactionsOf(items, request.prune);
  const plans: Plan[] = [];
  for (const set of sets) {
    const prune = set.prune.filter((reference) => request.mayPrune?.(reference) !== false);
    const plan = await applySet(request, { ...set, prune });
    plans.push(plan);
    if (plan.problems.length > 0) break;
  }
  const stored = plans.filter((plan) => plan.applied).length;
  const revision = plans.find((plan) => plan.revision !== undefined)?.revision;
  return {
    commit,
    results: plans.flatMap((plan) => (dryRun || plan.applied || sets.length === 1 ? plan.results : [])),
    problems: plans.flatMap((plan) => plan.problems),
    applied: stored === sets.length,
    ...(dryRun ? {} : { transactions: stored }),
    ...(revision === undefined ? {} : { revision }),
  };
}

/** The objects of the request in their order. What is no hook of a sync's phases is left out. */
function itemsOf({ rendered, namespace, beside = [], dryRun }: ApplyRequest): ApplyItem[] {
  const own = rendered.objects
    .filter(({ object }) => hookOf(object)?.phases.length !== 0)
    .map((source) => ({ object: dryRun ? probeOf(source.object) : source.object, source }));
  return [
    ...(namespace === undefined ? [] : [{ object: namespace }]),
    ...own,
    ...beside.map((object) => ({ object, isBeside: true })),
  ];
}

async function applySet(
  request: ApplyRequest,
  { apply, prune }: Transaction,
): Promise<Omit<Plan, 'transactions'>> {
  const { commit } = request.rendered;
  const answer = await post(
    request,
    apply.map(({ object }) => object),
    prune,
  );
  if (answer instanceof Error) {
    // The set as a whole was refused: too large, or not allowed.
    const problem = { file: '(the whole commit)', reason: answer.message };
    return { commit, results: [], problems: [problem], applied: false };
  }
  const all = (answer.status?.results ?? []).map((result, index) => named(result, apply[index]?.source));
  return {
    commit,
    results: all.filter((_, index) => apply[index]?.isBeside !== true),
    problems: all.flatMap((result, index) =>
      problemsOf(result, apply[index]?.source, index < apply.length ? '(push)' : '(prune)'),
    ),
    applied: answer.status?.applied ?? false,
    ...(answer.status?.revision === undefined ? {} : { revision: answer.status.revision }),
  };
}

/** Under the name that the commit gives it: a hook was tried under another. */
function named(result: ApplySetResult, source: SourceObject | undefined): ApplySetResult {
  const name = source?.object.metadata.name;
  if (name === undefined || name === result.name) return result;
  const error = result.error as Status | undefined;
  if (error?.message === undefined) return { ...result, name };
  const message = error.message.replaceAll(result.name, name);
  return { ...result, name, error: { ...error, message } as ApplySetResult['error'] };
}

/** Refusals of the request itself that the same request would meet again. */
const LASTING = ['BadRequest', 'Forbidden', 'Invalid', 'RequestEntityTooLarge', 'NotFound'] as const;

async function post(
  request: ApplyRequest,
  apply: readonly AnyObject[],
  prune: readonly ApplySetReference[],
): Promise<ApplySet | Error> {
  const body = {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'ApplySet',
    metadata: {},
    spec: {
      dryRun: request.dryRun,
      ...(request.dryRun ? { explain: true } : {}),
      ...(request.authors === true ? { authors: true } : {}),
      fieldManager: FIELD_MANAGER,
      force: true,
      origin: `git:${request.rendered.commit}`,
      ...(request.ledger === undefined || request.dryRun ? {} : { ledger: request.ledger }),
      apply,
      prune,
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
  return named.map(({ field, reason }) => fieldProblem(source, field, reason));
}

const VALUE_SHOWN = 200;

/** At the value that is wrong, where the server's words name only what it is in. Values of Secrets are not told. */
function fieldProblem(source: SourceObject, field: string, reason: string): SourceProblem {
  const path = parseFieldPath(field);
  const object = nameOf(source.object);
  const culprit = culpritOf(source.object, path, reason);
  if (culprit === undefined) return { ...placeOfField(source, path), object, field, reason };
  const value = JSON.stringify(culprit.value).slice(0, VALUE_SHOWN);
  const told = source.object.kind === 'Secret' ? '' : `Invalid value: ${value}: `;
  return {
    ...placeOfField(source, culprit.path),
    ...{ object, field: formatFieldPath(culprit.path), reason: `${told}${reason}` },
  };
}

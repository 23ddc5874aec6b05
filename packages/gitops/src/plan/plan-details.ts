import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApplySetResult, PlanChange, PlanField, PlanStatus } from '@gantry/api/generated/types';
import {
  type FieldPath,
  formatFieldPath,
  type LeafChange,
  leafChanges,
} from '@gantry/machinery/leaf-changes';
import type { AnyObject } from '@gantry/machinery/object';
import { whyUnmanaged } from '../health/unmanaged.ts';
import { identityOf, type Rendered } from '../render/render.ts';
import type { SourceObject } from '../render/source-object.ts';
import { hookOf } from '../sync/waves/annotations.ts';
import { Origins } from './origins.ts';
import type { Plan } from './plan.ts';

/** What a Plan's status says of the changes, without who asked and when. */
export type PlanDetails = Required<
  Pick<PlanStatus, 'created' | 'changed' | 'pruned' | 'unchanged' | 'changes' | 'omitted' | 'problems'>
> & {
  /** `Kind/name` and why nothing reconciles it, of every object of the commit. Not kept. */
  readonly unmanaged: readonly string[];
};

/** How much is listed. */
export interface PlanLimits {
  readonly changes: number;
  /** Of the status as JSON. */
  readonly bytes: number;
}

/** It is stored, and sent to whoever watches. */
const KEPT: PlanLimits = { changes: 2_000, bytes: 512 << 10 };
/** It is read by whoever asked. */
export const WHOLE: PlanLimits = { changes: 10_000, bytes: 64 << 20 };
const FIELDS_MAX = 500;
/** Comparing for this long lets others run. */
const SLICE_MS = 20;
const PROBLEMS_MAX = 500;
/** Of a value's text. */
const VALUE_MAX = 1_000;
const REASON_MAX = 2_000;
const HIDDEN = '(hidden)';

/** Fields that the server keeps and no person wrote. */
const SERVER_FIELDS = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
]);

/** What names the object is told by its heading. */
const isSkipped = (path: FieldPath): boolean =>
  path.length === 1
    ? path[0] === 'status' || path[0] === 'apiVersion' || path[0] === 'kind'
    : path.length === 2 &&
      path[0] === 'metadata' &&
      (SERVER_FIELDS.has(String(path[1])) || path[1] === 'name' || path[1] === 'namespace');

/** Of what is most dangerous first, so that it is listed even where not everything is. */
const ORDER = ['delete', 'update', 'create'];

/**
 * The changes of a dry run with the origin of each field, within bounds: at most 2,000 objects and 512 KiB of what is kept.
 * Deletions and changes come first. Values of Secrets are never shown.
 */
export async function planDetails(
  plan: Plan,
  rendered: Pick<Rendered, 'objects'>,
  limits = KEPT,
): Promise<PlanDetails> {
  const sources = new Map(rendered.objects.map((source) => [identityOf(source.object), source]));
  const count = (operation: string): number =>
    plan.results.filter((result) => result.operation === operation).length;
  const results = ORDER.flatMap((operation) =>
    plan.results.filter((result) => result.operation === operation),
  );
  const room = new Room(limits.bytes);
  const listed = results
    .slice(0, limits.changes)
    .map((result) => ({ result, source: sources.get(identityIn(result)) }))
    .map((one) => ({ ...one, change: changeOf(one.result, one.source) }))
    .filter(({ change }) => room.take(change));
  const problems = plan.problems
    .slice(0, PROBLEMS_MAX)
    .map((problem) => ({ ...problem, reason: problem.reason.slice(0, REASON_MAX) }))
    .filter((problem) => room.take(problem));
  const changes: PlanChange[] = [];
  let since = performance.now();
  for (const { change, result, source } of listed) {
    if (performance.now() - since > SLICE_MS) {
      await nextTurn();
      since = performance.now();
    }
    changes.push(withFields(change, result, source, room));
  }
  return {
    created: count('create'),
    changed: count('update'),
    pruned: count('delete'),
    unchanged: count('none'),
    changes,
    omitted: results.length - listed.length,
    problems,
    unmanaged: plan.results.flatMap(({ operation, apiVersion, kind, name }) => {
      const why =
        operation === 'delete' || operation === 'error' ? undefined : whyUnmanaged(apiVersion, kind);
      return why === undefined ? [] : [`${kind}/${name}  ${why}`];
    }),
  };
}

/** Counts down what may still be listed. */
class Room {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** False: it doesn't fit. */
  take(value: object): boolean {
    if (this.#left <= 0) return false;
    this.#left -= JSON.stringify(value).length + 1;
    return this.#left > 0;
  }
}

const identityIn = ({ apiVersion, kind, namespace, name }: ApplySetResult): string =>
  identityOf({
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  } as AnyObject);

function changeOf(result: ApplySetResult, source: SourceObject | undefined): PlanChange {
  const { apiVersion, kind, namespace, name, operation } = result;
  const hook = source === undefined ? undefined : hookOf(source.object);
  const note = [
    ...(hook === undefined ? [] : [`runs as a hook: ${hook.phases.join(', ')}`]),
    ...(operation === 'delete' ? [] : [whyUnmanaged(apiVersion, kind) ?? []].flat()),
  ].join('; ');
  return {
    apiVersion,
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    operation: operation === 'delete' ? 'prune' : operation === 'create' ? 'create' : 'update',
    ...(source === undefined ? {} : { source: `${source.file}:${source.line}` }),
    ...(note === '' ? {} : { note }),
  };
}

function withFields(
  change: PlanChange,
  result: ApplySetResult,
  source: SourceObject | undefined,
  room: Room,
): PlanChange {
  if (change.operation === 'prune') return change;
  // One more tells whether there are more.
  const leaves = leafChanges(result.before, result.after, FIELDS_MAX * 2, isSkipped);
  const origins = new Origins(result, source);
  const fields: PlanField[] = [];
  for (const leaf of leaves) {
    if (fields.length >= FIELDS_MAX) break;
    const field = fieldOf(leaf, origins, result.kind === 'Secret');
    if (!room.take(field)) break;
    fields.push(field);
  }
  const fieldsOmitted = leaves.length - fields.length;
  return {
    ...change,
    ...(fields.length === 0 ? {} : { fields }),
    ...(fieldsOmitted === 0 ? {} : { fieldsOmitted }),
  };
}

function fieldOf(leaf: LeafChange, origins: Origins, secret: boolean): PlanField {
  const path = formatFieldPath(leaf.path);
  // Annotations may hold the whole object, as of kubectl apply.
  const hidden = secret && /^(data|stringData|metadata\.annotations)\b/.test(path);
  const shown = (value: unknown): unknown => (hidden ? HIDDEN : clipped(value));
  return {
    path,
    ...(leaf.before === undefined ? {} : { before: shown(leaf.before) as PlanField['before'] }),
    ...(leaf.after === undefined ? {} : { after: shown(leaf.after) as PlanField['after'] }),
    ...origins.of(leaf),
  };
}

function clipped(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined || text.length <= VALUE_MAX) return value;
  return `${text.slice(0, VALUE_MAX)}… (${text.length} characters)`;
}

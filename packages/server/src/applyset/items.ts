import type { ApplySetReference } from '@gantry/api/generated/types';
import { isObject } from '@gantry/machinery/json';
import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import { badRequest, failure, type StatusError } from '@gantry/machinery/status';
import type { ApiResource } from '../registry/resource.ts';
import type { KindTable } from './set-kinds.ts';

/** One object of a set: to be applied, or to be deleted. */
export interface Item {
  /** Place in the answer. */
  readonly index: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Absent: delete. */
  readonly config?: AnyObject;
  readonly uid?: string;
  /** What is wrong with the item before anybody looks at the state. */
  readonly error?: StatusError;
  readonly resource?: ApiResource;
}

const unknownKind = (apiVersion: string, kind: string): StatusError =>
  failure(
    404,
    'NotFound',
    `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`,
  );

function lookUp(table: KindTable, apiVersion: string, kind: string): ApiResource | undefined {
  const { group, version } = parseGroupVersion(apiVersion);
  return table.findKind(group, version, kind);
}

function problemOf(
  resource: ApiResource | undefined,
  item: Pick<Item, 'apiVersion' | 'kind' | 'namespace' | 'name'>,
): StatusError | undefined {
  if (resource === undefined) return unknownKind(item.apiVersion, item.kind);
  if (resource.virtual || !resource.verbs.has('patch'))
    return badRequest(`${item.kind} can't be applied: it is never stored`);
  if (item.name === '') return badRequest(`${item.kind}: metadata.name is required`);
  if (resource.kind.namespaced && item.namespace === '')
    return badRequest(`${item.kind} ${JSON.stringify(item.name)}: metadata.namespace is required`);
  if (!resource.kind.namespaced && item.namespace !== '')
    return badRequest(
      `${item.kind} ${JSON.stringify(item.name)}: metadata.namespace is not allowed, the kind is cluster-scoped`,
    );
  return undefined;
}

function make(table: KindTable, item: Omit<Item, 'resource' | 'error'>, seen: Set<string>): Item {
  const resource = lookUp(table, item.apiVersion, item.kind);
  let error = problemOf(resource, item);
  if (resource !== undefined && error === undefined) {
    const key = `${resource.storage} ${item.namespace}/${item.name}`;
    if (seen.has(key))
      error = badRequest(`${item.kind} ${JSON.stringify(item.name)} is in the set more than once`);
    seen.add(key);
  }
  return {
    ...item,
    ...(resource === undefined ? {} : { resource }),
    ...(error === undefined ? {} : { error }),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Items of a set in the order of the answer: applies, then deletes. Each object may be named once. */
export function itemsOf(
  table: KindTable,
  apply: readonly unknown[],
  prune: readonly ApplySetReference[],
): Item[] {
  const seen = new Set<string>();
  const applied = apply.map((value, index) => {
    const object = isObject(value) ? value : {};
    const metadata = isObject(object.metadata) ? object.metadata : {};
    return make(
      table,
      {
        index,
        apiVersion: text(object.apiVersion),
        kind: text(object.kind),
        namespace: text(metadata.namespace),
        name: text(metadata.name),
        config: object as AnyObject,
      },
      seen,
    );
  });
  const pruned = prune.map(({ apiVersion, kind, namespace = '', name, uid }, index) =>
    make(
      table,
      {
        index: apply.length + index,
        apiVersion,
        kind,
        namespace,
        name,
        ...(uid === undefined ? {} : { uid }),
      },
      seen,
    ),
  );
  return [...applied, ...pruned];
}

/** What others need goes first: definitions of kinds, namespaces and their limits, then accounts, classes and configuration. Deletes come last. */
const FIRST = [
  'CustomResourceDefinition',
  'Namespace',
  'LimitRange',
  'ResourceQuota',
  'PriorityClass',
  'StorageClass',
  'RuntimeClass',
  'ServiceAccount',
  'ClusterRole',
  'Role',
  'ConfigMap',
  'Secret',
];

export function inOrder(items: readonly Item[]): Item[] {
  const ranks = new Map(FIRST.map((kind, rank) => [kind, rank]));
  const rank = (item: Item): number =>
    item.config === undefined ? FIRST.length + 1 : (ranks.get(item.kind) ?? FIRST.length);
  return [...items].sort((a, b) => rank(a) - rank(b) || a.index - b.index);
}

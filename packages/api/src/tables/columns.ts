import type { KubeObject } from '@gantry/machinery/object';
import { translateTimestampSince as timeSince } from '@gantry/machinery/time';
import type { Column } from '../kind.ts';

export const NONE = '<none>';
export const UNSET = '<unset>';

type Cell<T> = Column<T>['cell'];

type Make = <T>(name: string, description: string, cell: Cell<T>) => Column<T>;

export const text: Make = (name, description, cell) => ({ name, type: 'string', description, cell });
/** Shown with `-o wide` only. */
export const wide: Make = (name, description, cell) => ({
  name,
  type: 'string',
  description,
  priority: 1,
  cell,
});
export const integer: Make = (name, description, cell) => ({ name, type: 'integer', description, cell });
export const boolean: Make = (name, description, cell) => ({ name, type: 'boolean', description, cell });

export const nameColumn: Column<KubeObject> = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name of the object.',
  cell: ({ metadata }) => metadata.name,
};
export const ageColumn: Column<KubeObject> = {
  name: 'Age',
  type: 'string',
  description: 'Time since the server stored the object first.',
  cell: ({ metadata }, now) => timeSince(metadata.creationTimestamp, now),
};

interface Named {
  readonly name: string;
  readonly image?: string;
}

export const containerNames = (containers: readonly Named[] | undefined): string =>
  (containers ?? []).map(({ name }) => name).join(',');
export const containerImages = (containers: readonly Named[] | undefined): string =>
  (containers ?? []).map(({ image }) => image ?? '').join(',');

/** `a=b,c=d`, sorted by key. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? NONE : pairs.sort().join(',');
}

/** The first `max` of a list, and how many more there are. */
export function firstOf(items: readonly string[], max: number, separator = ','): string {
  const head = items.slice(0, max).join(separator);
  return items.length > max ? `${head} + ${items.length - max} more...` : head;
}

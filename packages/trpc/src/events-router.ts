import { z } from 'zod';
import { type ServedKind, servedKinds } from './discovery.ts';
import { cellOf } from './overview.ts';
import type { ObjectRef } from './resource-ref.ts';
import type { TableColumn, TableRow } from './table.ts';
import { filterRow } from './table-query.ts';
import { procedure, router } from './trpc.ts';

const EVENTS = { group: '', version: 'v1', plural: 'events' };
const LINES_MAX = 500;

/** An Event of any object. */
export interface StreamedEvent {
  readonly uid: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** RFC 3339. */
  readonly time: string;
  readonly source: string;
  readonly namespace: string;
  /** `pod`, as the list writes it, and the object's name. */
  readonly kind: string;
  readonly name: string;
  /** Null when the server knows no such kind. */
  readonly ref: ObjectRef | null;
}

const split = (object: string): readonly [string, string] => {
  const slash = object.indexOf('/');
  return slash < 0 ? ['', object] : [object.slice(0, slash), object.slice(slash + 1)];
};

/** The kind that a list calls `pod`; those of the core group come first. */
const kindNamed = (kinds: readonly ServedKind[], name: string): ServedKind | undefined =>
  kinds.find(({ kind, verbs }) => kind.toLowerCase() === name && verbs.includes('get'));

function lineOf(
  columns: readonly TableColumn[],
  row: TableRow,
  resolve: (kind: string) => ServedKind | undefined,
): StreamedEvent {
  const text = (column: string): string => String(cellOf(columns, row, column) ?? '');
  const [kind, name] = split(text('Object'));
  const served = resolve(kind);
  const { group = '', version = '', plural = '' } = served ?? {};
  return {
    uid: row.uid,
    type: text('Type'),
    reason: text('Reason'),
    message: text('Message'),
    count: Number(text('Count') || 1),
    time: text('Last Seen') || row.createdAt,
    source: text('Source'),
    namespace: row.namespace,
    kind: served?.kind ?? kind,
    name,
    ref:
      served === undefined || name === ''
        ? null
        : { resource: { group, version, plural }, namespace: served.namespaced ? row.namespace : '', name },
  };
}

export const eventsRouter = router({
  /** Events of all objects, the newest first, and the kinds that they are about. */
  stream: procedure
    .input(
      z.object({
        namespace: z.string().max(253).default(''),
        type: z.enum(['', 'Normal', 'Warning']).default(''),
        /** Lower case, as in `kinds`. */
        kind: z.string().max(253).default(''),
        filter: z.string().max(256).default(''),
        limit: z.number().int().min(1).max(LINES_MAX).default(200),
      }),
    )
    .query(async ({ ctx, input }) => {
      const [{ rows, columns }, kinds] = await Promise.all([
        ctx.views.open(ctx.user, ctx.dispatch, { resource: EVENTS, namespace: input.namespace }),
        servedKinds(ctx.dispatch),
      ]);
      const known = new Map<string, ServedKind | undefined>();
      const resolve = (name: string): ServedKind | undefined => {
        if (!known.has(name)) known.set(name, kindNamed(kinds, name));
        return known.get(name);
      };
      const passes = filterRow(input.filter);
      const lines = [...rows.values()].filter(passes).map((row) => lineOf(columns, row, resolve));
      const shown = lines.filter(
        ({ type, kind }) =>
          (input.type === '' || type === input.type) &&
          (input.kind === '' || kind.toLowerCase() === input.kind),
      );
      shown.sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : a.uid < b.uid ? 1 : -1));
      return {
        events: shown.slice(0, input.limit),
        matched: shown.length,
        total: rows.size,
        kinds: [...new Set(lines.map(({ kind }) => kind))].sort(),
      };
    }),
});

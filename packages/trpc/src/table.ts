import type { ObjectMeta } from '@gantry/machinery/object';

/** `meta.k8s.io/v1` Table, as far as it is used. https://kubernetes.io/docs/reference/using-api/api-concepts/ */
export interface Table {
  readonly metadata?: { readonly resourceVersion?: string };
  readonly columnDefinitions?: readonly TableColumn[] | null;
  readonly rows?: readonly {
    readonly cells: readonly Cell[];
    readonly object?: { readonly metadata?: ObjectMeta };
  }[];
}

export type Cell = string | number | boolean | null;

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly description?: string;
  /** 0 shows always, others in the wide view. */
  readonly priority?: number;
}

/** A row as the console needs it. */
export interface TableRow {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly createdAt: string;
  readonly deleting: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly cells: readonly Cell[];
  /** Its controller, as kind and name. */
  readonly owner: { readonly kind: string; readonly name: string } | null;
}

function ownerOf(metadata: ObjectMeta | undefined): TableRow['owner'] {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller === true);
  return owner === undefined ? null : { kind: owner.kind, name: owner.name };
}

/** Columns that tell a time by its age. */
const AGE_COLUMNS = /^(Age|Created At|Last Seen|First Seen|Last Schedule)$/;
const AGE = /^(?:(\d+)y)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const UNITS_S = [365 * 86_400, 86_400, 3_600, 60, 1];

export const isAgeColumn = (name: string): boolean => AGE_COLUMNS.test(name);

/** An age such as `3m57s` as the moment that it means, RFC 3339: rows are kept, and an age would grow old with them. */
export function momentOf(age: Cell | undefined, nowMs: number): Cell {
  const match = typeof age === 'string' && age !== '' ? AGE.exec(age) : null;
  if (match === null) return age ?? null;
  const seconds = UNITS_S.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
  return new Date(nowMs - seconds * 1000).toISOString();
}

/** Rows of a Table; `revision` is that of each object. */
export function rowsOf(
  table: Table,
  columns: readonly TableColumn[] = table.columnDefinitions ?? [],
  nowMs: number = Date.now(),
): { row: TableRow; revision: number }[] {
  return (table.rows ?? []).map(({ cells, object }) => {
    const metadata = object?.metadata;
    return {
      revision: Number(metadata?.resourceVersion ?? 0),
      row: {
        uid: metadata?.uid ?? `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`,
        name: metadata?.name ?? '',
        namespace: metadata?.namespace ?? '',
        createdAt: metadata?.creationTimestamp ?? '',
        deleting: metadata?.deletionTimestamp !== undefined,
        labels: metadata?.labels ?? {},
        cells: cells.map((cell, index) =>
          isAgeColumn(columns[index]?.name ?? '') ? momentOf(cell, nowMs) : cell,
        ),
        owner: ownerOf(metadata),
      },
    };
  });
}

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

/** Rows of a Table; `revision` is that of each object. */
export function rowsOf(table: Table): { row: TableRow; revision: number }[] {
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
        cells,
        owner: ownerOf(metadata),
      },
    };
  });
}

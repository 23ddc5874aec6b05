import type { Column, KindDefinition } from '@gantry/api/kind';
import type { AnyObject } from '@gantry/machinery/object';
import type { Entry } from '../cache/entry.ts';
import { ownBytes } from '../cache/own-bytes.ts';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

const DEFAULT_COLUMNS: readonly Column[] = [
  {
    name: 'Name',
    type: 'string',
    format: 'name',
    description: 'Name must be unique within a namespace.',
    cell: (object) => object.metadata.name,
  },
  {
    name: 'Created At',
    type: 'date',
    description:
      'CreationTimestamp is a timestamp representing the server time when this object was created.',
    cell: (object) => object.metadata.creationTimestamp ?? null,
  },
];

const columnsOf = (kind: KindDefinition): readonly Column[] =>
  (kind.columns as readonly Column[] | undefined) ?? DEFAULT_COLUMNS;

const definitions = new WeakMap<KindDefinition, string>();

export const definitionsOfColumns = (columns: readonly Column<never>[]): string =>
  JSON.stringify(
    columns.map(({ name, type, format = '', description, priority = 0 }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
  );

/** `columnDefinitions` of a kind as JSON. */
export function columnDefinitions(kind: KindDefinition): string {
  let text = definitions.get(kind);
  if (text === undefined) {
    text = definitionsOfColumns(columnsOf(kind));
    definitions.set(kind, text);
  }
  return text;
}

/** Identity of one object as `PartialObjectMetadata` JSON; `version` as `meta.k8s.io/v1`. */
export const partialMetadata = (object: { readonly metadata: object }, version: string): string =>
  JSON.stringify({ kind: 'PartialObjectMetadata', apiVersion: version, metadata: object.metadata });

/** What a row carries of its object, and the version of meta.k8s.io. */
interface RowForm {
  readonly include: IncludeObject;
  readonly version: string;
}

function rowObject(entry: Entry, object: AnyObject, { include, version }: RowForm, full: Buffer): string {
  if (include === 'None') return ',"object":null';
  const text =
    include === 'Object'
      ? full.toString()
      : entry.variant(`partial/${version}`, () => ownBytes(partialMetadata(object, version))).toString();
  return `,"object":${text}`;
}

/** One row as JSON. A cell that throws shows as `<unknown>`: one odd object must not hide the others. */
export function tableRow(
  kind: KindDefinition,
  entry: Entry,
  object: AnyObject,
  form: RowForm,
  full: Buffer,
  now: Date,
): string {
  const cells = columnsOf(kind).map((column) => {
    try {
      return column.cell(object as never, now);
    } catch {
      return '<unknown>';
    }
  });
  return `{"cells":${JSON.stringify(cells)}${rowObject(entry, object, form, full)}}`;
}

/** A whole Table as JSON. `columns` absent in the later events of a watch. */
export function tableDocument(
  version: string,
  metadata: object,
  columns: string | undefined,
  rows: string,
): string {
  return `{"kind":"Table","apiVersion":"${version}","metadata":${JSON.stringify(metadata)},"columnDefinitions":${columns ?? 'null'},"rows":[${rows}]}`;
}

import { isStatusColumn } from './tones.ts';
import type { Outputs } from './trpc.ts';

export type TablePage = Outputs['resources']['list'];
export type TableRow = TablePage['rows'][number];
type ServerColumn = TablePage['columns'][number];

/** A column as it is drawn. */
export interface ShownColumn {
  readonly name: string;
  readonly description: string;
  readonly numeric: boolean;
  readonly isName: boolean;
  readonly isAge: boolean;
  /** Of the cell in the server's rows; -1 for the namespace, which rows carry themselves. */
  readonly index: number;
}

const AGE = /^(Age|Created At)$/;

/** The server's columns in their order; the namespace comes second when several are listed. */
export function shownColumns(
  columns: readonly ServerColumn[],
  options: { readonly withNamespace: boolean; readonly wide: boolean },
): ShownColumn[] {
  const all = columns.map(({ name, type, format, description = '', priority = 0 }, index) => ({
    column: {
      name,
      description,
      numeric: type === 'integer' || type === 'number',
      isName: format === 'name',
      isAge: AGE.test(name) || type === 'date',
      index,
    },
    priority,
  }));
  const shown = all.filter(({ priority }) => options.wide || priority === 0).map(({ column }) => column);
  // Some lists, of Events above all, show no name: then the first column opens the object.
  const first = shown.findIndex(({ isName }) => isName);
  const nameAt = Math.max(0, first);
  const named = shown.map((column, index) => ({ ...column, isName: index === nameAt }));
  if (!options.withNamespace) return named;
  const namespace: ShownColumn = {
    name: 'Namespace',
    description: 'Namespace of the object',
    numeric: false,
    isName: false,
    isAge: false,
    index: -1,
  };
  return [...named.slice(0, nameAt + 1), namespace, ...named.slice(nameAt + 1)];
}

export function cellText(row: TableRow, column: ShownColumn): string {
  if (column.index < 0) return row.namespace;
  const cell = row.cells[column.index];
  return cell === null || cell === undefined ? '' : String(cell);
}

const WIDTH_MIN_CH = 7;
const WIDTH_MAX_CH = 46;
const AGE_CH = 9;
const ICON_CH = 6;

/** Times come as text; the server turns the ages of a Table into them. */
export const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text);

/** Width of each column in characters, from the longest text that was seen. */
export function measure(columns: readonly ShownColumn[], rows: readonly TableRow[]): number[] {
  return columns.map((column) => {
    if (column.isAge || rows.some((row) => isTime(cellText(row, column))))
      return Math.max(AGE_CH, column.name.length + 2);
    const longest = rows.reduce(
      (most, row) => Math.max(most, cellText(row, column).length),
      column.name.length,
    );
    return Math.max(
      WIDTH_MIN_CH,
      Math.min(WIDTH_MAX_CH, longest + (isStatusColumn(column.name) || column.name === 'Type' ? ICON_CH : 2)),
    );
  });
}

/** `grid-template-columns`: no column shrinks below its text; the wide ones share what is left. */
export const gridTemplate = (widths: readonly number[]): string =>
  widths.map((width) => `minmax(${width}ch, ${width}fr)`).join(' ');

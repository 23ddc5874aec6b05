import { type Cell, isAgeColumn, type TableColumn, type TableRow } from './table.ts';

export interface RowQuery {
  /** Words that must all be found in a row; `key=value` means a label, a leading `-` excludes. */
  readonly filter: string;
  /** Name of a column, or `Namespace`; '' keeps namespace and name in order. */
  readonly sort: string;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function matches(row: TableRow, word: string): boolean {
  const equals = word.indexOf('=');
  if (equals > 0) return row.labels[word.slice(0, equals)]?.toLowerCase() === word.slice(equals + 1);
  if (row.name.toLowerCase().includes(word) || row.namespace.toLowerCase().includes(word)) return true;
  return row.cells.some((cell) => typeof cell === 'string' && cell.toLowerCase().includes(word));
}

/** Whether a row passes a filter. An empty filter passes all. */
export function filterRow(filter: string): (row: TableRow) => boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-');
  return (row) =>
    words.every((word) => (word.startsWith('-') ? !matches(row, word.slice(1)) : matches(row, word)));
}

function compareCells(a: Cell | undefined, b: Cell | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a ?? ''), String(b ?? ''));
}

const byName = (a: TableRow, b: TableRow): number => {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
};

function comparator(columns: readonly TableColumn[], sort: string): (a: TableRow, b: TableRow) => number {
  if (sort === '' || sort === 'Namespace') return byName;
  // The youngest first, as a shorter age is smaller.
  if (sort === 'Age' || sort === 'Created At')
    return (a, b) => (a.createdAt === b.createdAt ? byName(a, b) : a.createdAt > b.createdAt ? -1 : 1);
  const index = columns.findIndex(({ name }) => name === sort);
  const sign = isAgeColumn(sort) ? -1 : 1;
  return (a, b) => sign * compareCells(a.cells[index], b.cells[index]) || byName(a, b);
}

/** One page of the rows that match, in order; `matched` counts all that do. */
export function queryRows(
  rows: Iterable<TableRow>,
  columns: readonly TableColumn[],
  query: RowQuery,
): { readonly rows: TableRow[]; readonly matched: number } {
  const kept = [...rows].filter(filterRow(query.filter));
  const compare = comparator(columns, query.sort);
  kept.sort(query.descending ? (a, b) => compare(b, a) : compare);
  return { rows: kept.slice(query.offset, query.offset + query.limit), matched: kept.length };
}

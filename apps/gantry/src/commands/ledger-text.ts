import type { LedgerEntry } from '@gantry/api/generated/types';

const MESSAGE_LENGTH = 100;

const seconds = (ms: number | undefined): string => (ms === undefined ? '' : `${(ms / 1_000).toFixed(1)} s`);

function cellsOf(entry: LedgerEntry, allNamespaces: boolean): string[] {
  const { metadata, time, type, application = '', commit = '', actor = '', object, durationMs } = entry;
  const words = (entry.error ?? entry.message ?? '').split('\n')[0] ?? '';
  const about = object === undefined ? application : `${object.kind}/${object.name}`;
  return [
    (time ?? metadata.creationTimestamp ?? '').slice(0, 19).replace('T', ' '),
    ...(allNamespaces ? [metadata.namespace ?? ''] : []),
    type,
    about,
    commit.slice(0, 7),
    actor,
    seconds(durationMs),
    words.length > MESSAGE_LENGTH ? `${words.slice(0, MESSAGE_LENGTH - 1)}…` : words,
    metadata.name,
  ];
}

/** A line an entry, in columns; times are UTC. */
export function entryLines(entries: readonly LedgerEntry[], allNamespaces: boolean): string {
  if (entries.length === 0) return '';
  const head = ['TIME', ...(allNamespaces ? ['NAMESPACE'] : []), 'TYPE', 'ABOUT', 'COMMIT', 'BY', 'TOOK'];
  const rows = [[...head, 'MESSAGE', 'ENTRY'], ...entries.map((entry) => cellsOf(entry, allNamespaces))];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

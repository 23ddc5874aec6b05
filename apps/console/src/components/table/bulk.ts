import type { TableRow } from '../../lib/columns.ts';

/** What can be done to many objects at once. */
export type BulkAction = 'delete' | 'restart' | 'scale' | 'label';

/** Objects that one action takes at most. */
export const BULK_MAX = 500;
const AT_ONCE = 6;

export interface BulkFailure {
  readonly row: TableRow;
  readonly message: string;
}

/** Does it to each, a few at once; a failure of one stops no other. Gives those that failed, in their order. */
export async function forEachRow(
  rows: readonly TableRow[],
  act: (row: TableRow) => Promise<unknown>,
  options: {
    readonly failureText: (error: unknown) => string;
    readonly onDone: (done: number) => void;
    readonly signal: AbortSignal;
  },
): Promise<BulkFailure[]> {
  const { failureText, onDone, signal } = options;
  const failures = new Map<number, BulkFailure>();
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < rows.length && !signal.aborted) {
      const index = next;
      next += 1;
      const row = rows[index];
      if (row === undefined) continue;
      try {
        await act(row);
      } catch (error) {
        failures.set(index, { row, message: failureText(error) });
      }
      done += 1;
      onDone(done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return [...failures].sort(([a], [b]) => a - b).map(([, failure]) => failure);
}

const NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** `app=web, tier-`: labels to set, and with `-` to take away. Undefined for a text that says no label. */
export function labelsOf(text: string): Readonly<Record<string, string | null>> | undefined {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const labels: Record<string, string | null> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    const isRemoval = equals < 0 && word.endsWith('-');
    const key = equals >= 0 ? word.slice(0, equals) : word.slice(0, -1);
    const value = equals >= 0 ? word.slice(equals + 1) : '';
    const [name = '', prefix] = key.split('/').reverse();
    const isFit =
      NAME.test(name) && (prefix === undefined || PREFIX.test(prefix)) && key.split('/').length < 3;
    if (!isFit || (equals < 0 && !isRemoval) || (value !== '' && !NAME.test(value))) return undefined;
    labels[key] = isRemoval ? null : value;
  }
  return words.length === 0 ? undefined : labels;
}

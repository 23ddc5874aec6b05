import type { LedgerRow } from '@gantry/store/ledger-port';
import { describe, expect, it } from 'vitest';
import { LedgerAppender } from './appender.ts';
import { emptyRow } from './entries.ts';

/** A table whose inserts end when they are told to. */
class Table {
  readonly inserts: { readonly names: readonly string[]; end(error?: Error): void }[] = [];
  readonly append = (rows: readonly LedgerRow[]): Promise<ReadonlySet<string>> => {
    const names = rows.map(({ namespace, name }) => `${namespace}/${name}`);
    return new Promise((resolve, reject) => {
      this.inserts.push({ names, end: (error) => (error ? reject(error) : resolve(new Set(names))) });
    });
  };
  async insert(at: number) {
    await expect.poll(() => this.inserts.length).toBeGreaterThan(at);
    const found = this.inserts[at];
    if (found === undefined) throw new Error('no insert');
    return found;
  }
}

const rows = (...names: string[]): LedgerRow[] => names.map((name) => emptyRow('n', name, 'Sync', 0));

describe('entries', () => {
  it('that come while others are written go together', async () => {
    const table = new Table();
    const appender = new LedgerAppender(table);
    const first = appender.append(rows('a'));
    const one = await table.insert(0);
    const second = appender.append(rows('b'));
    const third = appender.append(rows('c', 'd'));
    one.end();
    const two = await table.insert(1);
    expect([one.names, two.names]).toEqual([['n/a'], ['n/b', 'n/c', 'n/d']]);
    two.end();
    expect(await Promise.all([first, second, third])).toHaveLength(3);
  });

  it('are refused when there is no room, and fail with their own insert only', async () => {
    const table = new Table();
    const appender = new LedgerAppender(table);
    const failing = appender.append(rows('a'));
    const failure = expect(failing).rejects.toThrow('gone');
    const one = await table.insert(0);
    const many = appender.append(Array.from({ length: 19_000 }, (_, at) => rows(`r${at}`)[0] as LedgerRow));
    await expect(
      appender.append(Array.from({ length: 2_000 }, () => rows('x')[0] as LedgerRow)),
    ).rejects.toThrow('takes no more entries');
    one.end(new Error('gone'));
    await failure;
    (await table.insert(1)).end();
    await many;
    const after = appender.append(rows('b'));
    (await table.insert(2)).end();
    await after;
    await appender.close();
  });
});

import { describe, expect, test } from 'vitest';
import { create, keyOf, remove, revisionOf, update } from './conformance-writes.ts';
import type { Change, Commit, Store, StoredObject } from './port.ts';

/** The part of the conformance suite that reads: log, snapshot, history, retention. */
export function describeReading(current: () => Store): void {
  describe('change log (1, 2, 4)', () => {
    test('says what happened, with the state before', async () => {
      const store = current();
      const start = await store.currentRevision();
      const before = Date.now();
      const created = await revisionOf(
        store.write({ ...create('a', '{"n":1}'), author: 'jane', origin: 'c0ffee' }),
      );
      const updated = await revisionOf(store.write(update('a', created, '{"n":2}')));
      const deleted = await revisionOf(store.write({ ...remove('a', updated), body: '{"n":3}' }));
      const { changes, cursor } = await store.changes(start, 100);
      expect(cursor).toBe(deleted);
      expect(changes).toMatchObject([
        {
          revision: created,
          op: 'create',
          key: keyOf('a'),
          uid: 'uid-a',
          body: '{"n":1}',
          author: 'jane',
          origin: 'c0ffee',
        },
        {
          revision: updated,
          op: 'update',
          uid: 'uid-a',
          body: '{"n":2}',
          previousBody: '{"n":1}',
          previousRevision: created,
        },
        {
          revision: deleted,
          op: 'delete',
          uid: 'uid-a',
          body: '{"n":3}',
          previousBody: '{"n":2}',
          previousRevision: updated,
        },
      ]);
      expect(changes[0]).not.toHaveProperty('previousBody');
      expect(changes[0]?.time).toBeGreaterThan(before - 60_000);
    });

    test('tells how much the database takes', async () => {
      const store = current();
      await revisionOf(store.write(create('a', '{"n":1}')));
      expect(await store.size()).toBeGreaterThan(0);
    });

    test('a delete without a last state shows the stored one', async () => {
      const store = current();
      const created = await revisionOf(store.write(create('a', '{"n":1}')));
      const deleted = await revisionOf(store.write(remove('a', created)));
      const { changes } = await store.changes(created, 1);
      expect(changes).toMatchObject([
        { revision: deleted, op: 'delete', body: '{"n":1}', previousBody: '{"n":1}' },
      ]);
    });

    test('a batch in which all fail moves the cursor without a row (2)', async () => {
      const store = current();
      const created = await revisionOf(store.write(create('a')));
      await Promise.all([store.write(create('a')), store.write(update('b', 1))]);
      const counter = await store.currentRevision();
      expect(await store.changes(created, 10)).toMatchObject({ changes: [], cursor: counter });
      expect(counter).toBeGreaterThan(created);
    });

    test('pages hold whole transactions, also one that is larger than a page', async () => {
      const store = current();
      const start = await store.currentRevision();
      await store.write(create('single'));
      await store.transact(['a', 'b', 'c', 'd', 'e'].map((name) => create(name)));
      await store.write(create('last'));
      const pages: string[][] = [];
      for (let after = start; after < (await store.currentRevision()); ) {
        const page = await store.changes(after, 3);
        pages.push(page.changes.map(({ key }) => key.name));
        expect(page.cursor).toBeGreaterThan(after);
        after = page.cursor;
      }
      expect(pages).toEqual([['single'], ['a', 'b', 'c', 'd', 'e'], ['last']]);
    });

    test('own commits tell what the log tells, before the outcome is known', async () => {
      const store = current();
      const start = await store.currentRevision();
      const commits: Commit[] = [];
      const stop = store.onCommit((commit) => commits.push(commit));
      const created = await revisionOf(store.write(create('a')));
      expect(commits).toMatchObject([
        { previous: start, revision: created, written: [{ revision: created, write: create('a') }] },
      ]);
      await Promise.all([store.write(create('a')), store.write(create('b'))]);
      await store.transact([update('a', created), create('b')]);
      await store.transact([create('c'), remove('a', created)]);
      await store.write({ op: 'check', key: keyOf('a') });
      stop();
      await store.write(create('unheard'));
      for (const [index, { previous }] of commits.entries())
        expect(previous).toBe(index === 0 ? start : commits[index - 1]?.revision);
      const { changes } = await store.changes(start, 100);
      expect(
        commits
          .flatMap(({ written }) => written)
          .map(({ write, revision }) => [write.op, write.key.name, revision]),
      ).toEqual(changes.slice(0, -1).map(({ op, key, revision }) => [op, key.name, revision]));
    });

    test('a reader that follows sees each commit once, in order', async () => {
      const store = current();
      const start = await store.currentRevision();
      const writing = Promise.all(
        Array.from({ length: 300 }, (_, n) => revisionOf(store.write(create(`n-${n}`)))),
      );
      let done = false;
      writing.then(() => {
        done = true;
      });
      const seen: number[] = [];
      for (let after = start, last = false; !last; ) {
        last = done;
        const page = await store.changes(after, 7);
        seen.push(...page.changes.map(({ revision }) => revision));
        if (page.cursor !== after) last = false;
        after = page.cursor;
      }
      expect(seen).toEqual((await writing).sort((a, b) => a - b));
    });
  });

  test('a snapshot is of one moment, in key order', async () => {
    const store = current();
    for (const name of ['b', 'B', 'é', 'a']) await store.write(create(name));
    await store.write({ ...create('z'), key: { resource: 'configmaps', namespace: 'a-first', name: 'z' } });
    const snapshot = await store.snapshot();
    const later = await revisionOf(store.write(create('later')));
    const rows = await collect(snapshot.rows);
    expect(rows.map(({ key }) => key.name)).toEqual(['z', 'B', 'a', 'b', 'é']);
    expect(snapshot.revision).toBe(later - 1);
    const { changes } = await store.changes(snapshot.revision, 10);
    expect(changes.map(({ key }) => key.name)).toEqual(['later']);
  });

  test('a snapshot that is left early does no harm', async () => {
    const store = current();
    await store.write(create('a'));
    for await (const chunk of (await store.snapshot()).rows) {
      expect(chunk).toHaveLength(1);
      break;
    }
    expect(await store.write(create('b'))).toMatchObject({ ok: true });
  });

  test('the past is rebuilt exactly, for each revision', async () => {
    const store = current();
    const states: { revision: number; bodies: Record<string, string> }[] = [];
    const bodies: Record<string, string> = {};
    const revisions: Record<string, number> = {};
    for (let step = 0; step < 30; step++) {
      const name = ['a', 'b', 'c'][step % 3] ?? 'a';
      const body = `{"step":${step}}`;
      const expected = revisions[name];
      let revision: number;
      if (expected === undefined) revision = await revisionOf(store.write(create(name, body)));
      else if (step % 5 === 0) revision = await revisionOf(store.write(remove(name, expected)));
      else revision = await revisionOf(store.write(update(name, expected, body)));
      if (expected !== undefined && step % 5 === 0) {
        delete bodies[name];
        delete revisions[name];
      } else {
        bodies[name] = body;
        revisions[name] = revision;
      }
      states.push({ revision, bodies: { ...bodies } });
    }
    for (const { revision, bodies: expected } of states) {
      const list = (await store.listAt('configmaps', undefined, revision)) ?? [];
      expect(Object.fromEntries(list.map(({ key, body }) => [key.name, body]))).toEqual(expected);
      expect(list.every((row) => row.revision <= revision)).toBe(true);
    }
    expect(await store.listAt('configmaps', 'elsewhere', states.at(-1)?.revision ?? 0)).toEqual([]);
  });

  test('history of one object, newest first', async () => {
    const store = current();
    const created = await revisionOf(store.write(create('a')));
    await store.write(create('b'));
    const updated = await revisionOf(store.write(update('a', created)));
    const deleted = await revisionOf(store.write(remove('a', updated)));
    const again = await revisionOf(store.write(create('a')));
    const revisions = (changes: readonly Change[]) => changes.map(({ revision }) => revision);
    expect(revisions(await store.history(keyOf('a'), 10))).toEqual([again, deleted, updated, created]);
    expect(revisions(await store.history(keyOf('a'), 2))).toEqual([again, deleted]);
    const range = { after: created, upTo: deleted };
    expect(revisions(await store.history(keyOf('a'), 10, range))).toEqual([deleted, updated]);
    expect(revisions(await store.history(keyOf('a'), 1, { ...range, oldestFirst: true }))).toEqual([updated]);
    expect(await store.history(keyOf('a'), 10, { after: again })).toEqual([]);
  });

  test('retention by class raises the floor and leaves objects alone (5, 22)', async () => {
    const store = current();
    const busy = { resource: 'nodes', namespace: '', name: 'n' };
    const object = await revisionOf(store.write(create('a')));
    const node = await revisionOf(store.write({ ...create('n'), key: busy }));
    const last = await revisionOf(store.write(create('b')));
    const hour = 3_600_000;
    const policy = { objectsMs: 100 * hour, busyMs: hour };
    expect(await store.compact({ ...policy, now: Date.now() })).toBeLessThan(object);
    expect(await store.compact({ ...policy, now: Date.now() + 2 * hour })).toBe(node);
    expect((await store.changes(node, 10)).floor).toBe(node);
    expect((await store.snapshot()).floor).toBe(node);
    expect(await store.history(busy, 10)).toEqual([]);
    expect(await store.history(keyOf('a'), 10)).toHaveLength(1);
    expect(await store.listAt('nodes', undefined, object)).toBeUndefined();
    expect(await store.listAt('configmaps', undefined, object)).toHaveLength(1);
    expect(await store.compact({ ...policy, now: Date.now() + 200 * hour })).toBe(last);
    expect(await store.listAt('configmaps', undefined, last)).toHaveLength(2);
    expect(await store.get(busy)).toBeDefined();
  });
}

async function collect(rows: AsyncIterable<readonly StoredObject[]>): Promise<StoredObject[]> {
  const all: StoredObject[] = [];
  for await (const chunk of rows) all.push(...chunk);
  return all;
}

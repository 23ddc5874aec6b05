import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeReading } from './conformance-reading.ts';
import { create, keyOf, namespaceKey, remove, revisionOf, update } from './conformance-writes.ts';
import { StoreError } from './errors.ts';
import { limits } from './limits.ts';
import type { Store } from './port.ts';

/** Makes an empty store, in which `nodes` and `leases.coordination.k8s.io` are busy. */
export type OpenStore = () => Promise<Store>;

/** What every store must do, whatever it is made of. Numbers in titles: the rules in docs/storage.md. */
export function describeStore(name: string, open: OpenStore): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    describe('single writes', () => {
      test('create, update, delete: each at a higher revision, the object as written', async () => {
        const created = await revisionOf(store.write(create('a', '{"n":1}')));
        expect(await store.get(keyOf('a'))).toEqual({
          key: keyOf('a'),
          uid: 'uid-a',
          revision: created,
          body: '{"n":1}',
        });
        const updated = await revisionOf(store.write(update('a', created, '{"n":2}')));
        expect(updated).toBeGreaterThan(created);
        expect(await store.get(keyOf('a'))).toMatchObject({
          uid: 'uid-a',
          revision: updated,
          body: '{"n":2}',
        });
        expect(await revisionOf(store.write(remove('a', updated)))).toBeGreaterThan(updated);
        expect(await store.get(keyOf('a'))).toBeUndefined();
      });

      test('bodies are kept byte for byte, escaped NULs and astral characters included', async () => {
        const body = `{"resourceVersion":"", "x":"\\u0000 \\ud83d é 🚀 ' \\" {},"}`;
        await store.write(create('a', body));
        expect((await store.get(keyOf('a')))?.body).toBe(body);
      });

      test('what does not fit the stored state is refused with the state', async () => {
        const revision = await revisionOf(store.write(create('a')));
        expect(await store.write(create('a'))).toEqual({ ok: false, reason: 'exists' });
        expect(await store.write(update('a', revision - 1))).toEqual({
          ok: false,
          reason: 'conflict',
          current: revision,
        });
        expect(await store.write(remove('a', revision + 1))).toMatchObject({ reason: 'conflict' });
        expect(await store.write(update('b', revision))).toEqual({ ok: false, reason: 'missing' });
        expect(await store.write(remove('b', revision))).toEqual({ ok: false, reason: 'missing' });
        expect((await store.get(keyOf('a')))?.revision).toBe(revision);
      });

      test('of concurrent writes of one object exactly one wins', async () => {
        const creates = await Promise.all(Array.from({ length: 20 }, () => store.write(create('a'))));
        expect(creates.filter(({ ok }) => ok)).toHaveLength(1);
        const { revision } = (await store.get(keyOf('a'))) ?? { revision: 0 };
        const updates = await Promise.all(
          Array.from({ length: 20 }, (_, n) => store.write(update('a', revision, `{"n":${n}}`))),
        );
        expect(updates.filter(({ ok }) => ok)).toHaveLength(1);
      });

      test('writes of one object apply in the order of their calls', async () => {
        const created = store.write(create('a'));
        const again = store.write(create('a'));
        const missing = store.write(remove('a', 999_999));
        expect(await created).toMatchObject({ ok: true });
        expect(await again).toMatchObject({ reason: 'exists' });
        expect(await missing).toMatchObject({ reason: 'conflict' });
      });

      test('an object that is too large is refused', async () => {
        const body = JSON.stringify({ x: 'x'.repeat(limits.objectSize) });
        await expect(store.write(create('large', body))).rejects.toMatchObject({ failure: 'tooLarge' });
        expect(await store.get(keyOf('large'))).toBeUndefined();
      });

      test('a write that can not be stored harms nobody else', async () => {
        const others = Array.from({ length: 10 }, (_, n) => store.write(create(`ok-${n}`)));
        const bad = store.write(create('bad', '{"x":"\0"}'));
        await expect(bad).rejects.toThrow(StoreError);
        expect((await Promise.all(others)).every(({ ok }) => ok)).toBe(true);
      });

      test('after close writes are refused', async () => {
        await store.close();
        await expect(store.write(create('a'))).rejects.toMatchObject({ failure: 'closed' });
        store = await open();
      });
    });

    describe('guards (6, 7)', () => {
      test.each([
        ['exists', true, { type: 'exists', key: namespaceKey('live') }],
        ['exists, with its uid', true, { type: 'exists', key: namespaceKey('live'), uid: 'uid-live' }],
        ['exists, with another uid', false, { type: 'exists', key: namespaceKey('live'), uid: 'other' }],
        ['exists, but is missing', false, { type: 'exists', key: namespaceKey('none') }],
        ['is not terminating', true, { type: 'exists', key: namespaceKey('live'), notTerminating: true }],
        ['is terminating', false, { type: 'exists', key: namespaceKey('dying'), notTerminating: true }],
        ['terminating is no matter', true, { type: 'exists', key: namespaceKey('dying') }],
        ['absent', true, { type: 'absent', key: namespaceKey('none') }],
        ['absent, but is there', false, { type: 'absent', key: namespaceKey('live') }],
        ['empty', true, { type: 'emptyNamespace', namespace: 'dying', except: [] }],
        ['not empty', false, { type: 'emptyNamespace', namespace: 'live', except: ['events'] }],
        ['empty but for', true, { type: 'emptyNamespace', namespace: 'live', except: ['events', 'pods'] }],
      ] as const)('%s: %s', async (_title, holds, guard) => {
        const namespaces = { ...create('live'), key: namespaceKey('live') };
        await store.write(namespaces);
        await store.write({ ...create('dying'), key: namespaceKey('dying'), terminating: true });
        await store.write({ ...create('pod'), key: { resource: 'pods', namespace: 'live', name: 'pod' } });
        const outcome = await store.write({ ...create('guarded'), guards: [guard] });
        expect(outcome.ok).toBe(holds);
        if (!outcome.ok) expect(outcome).toEqual({ ok: false, reason: 'guard', guard });
        expect((await store.get(keyOf('guarded'))) !== undefined).toBe(holds);
      });

      test('terminating stays until an update says otherwise', async () => {
        const guard = { type: 'exists', key: keyOf('a'), notTerminating: true } as const;
        const first = await revisionOf(store.write(create('a')));
        const second = await revisionOf(store.write({ ...update('a', first), terminating: true }));
        const third = await revisionOf(store.write(update('a', second)));
        expect(await store.write({ op: 'check', key: keyOf('a'), guards: [guard] })).toMatchObject({
          ok: false,
        });
        await store.write({ ...update('a', third), terminating: false });
        expect(await store.write({ op: 'check', key: keyOf('a'), guards: [guard] })).toMatchObject({
          ok: true,
        });
      });

      test('a check writes nothing and answers with the revision of the object', async () => {
        const revision = await revisionOf(store.write(create('a')));
        await store.write(create('b'));
        const before = await store.currentRevision();
        const holds = { type: 'revision', key: keyOf('a'), revision } as const;
        expect(await store.write({ op: 'check', key: keyOf('a'), guards: [holds] })).toEqual({
          ok: true,
          revision,
        });
        const stale = { ...holds, revision: revision + 1 };
        expect(await store.write({ op: 'check', key: keyOf('a'), guards: [stale] })).toEqual({
          ok: false,
          reason: 'guard',
          guard: stale,
        });
        expect(await store.currentRevision()).toBe(before);
      });

      test('the last look at a namespace and a create in it never both succeed', async () => {
        for (let round = 0; round < 10; round++) {
          const namespace = `race-${round}`;
          const key = namespaceKey(namespace);
          const revision = await revisionOf(store.write({ ...create(namespace), key, terminating: false }));
          const [gone, made] = await Promise.all([
            store.write({
              ...remove(namespace, revision),
              key,
              guards: [{ type: 'emptyNamespace', namespace, except: [] }],
            }),
            store.write({
              ...create('pod'),
              key: { resource: 'pods', namespace, name: 'pod' },
              guards: [{ type: 'exists', key }],
            }),
          ]);
          expect([gone.ok, made.ok].filter(Boolean)).toHaveLength(1);
        }
      });
    });

    describe('claims', () => {
      const claim = { pool: 'ip', value: '10.0.0.1' };
      const other = { pool: 'ip', value: '10.0.0.2' };

      test('one holder at a time; released by deletion and by an update without it', async () => {
        const first = await revisionOf(store.write({ ...create('a'), claims: [claim, other] }));
        expect(await store.write({ ...create('b'), claims: [claim] })).toEqual({
          ok: false,
          reason: 'claimed',
          claim,
          holder: keyOf('a'),
        });
        expect(await store.get(keyOf('b'))).toBeUndefined();
        const second = await revisionOf(store.write(update('a', first)));
        expect(await store.write({ ...create('b'), claims: [claim] })).toMatchObject({ reason: 'claimed' });
        const third = await revisionOf(store.write({ ...update('a', second), claims: [other] }));
        expect(await store.write({ ...create('b'), claims: [claim] })).toMatchObject({ ok: true });
        await store.write(remove('a', third));
        expect(await store.write({ ...create('c'), claims: [other] })).toMatchObject({ ok: true });
      });

      test('a refused write claims nothing', async () => {
        await store.write(create('a'));
        expect(await store.write({ ...create('a'), claims: [claim] })).toMatchObject({ reason: 'exists' });
        expect(await store.write({ ...create('b'), claims: [claim] })).toMatchObject({ ok: true });
      });
    });

    describe('transactions (21, 23)', () => {
      test('all at consecutive revisions, later writes seeing earlier ones', async () => {
        const key = namespaceKey('team');
        const outcomes = await store.transact([
          { ...create('team'), key },
          {
            ...create('pod'),
            key: { resource: 'pods', namespace: 'team', name: 'pod' },
            guards: [{ type: 'exists', key }],
          },
          create('c'),
        ]);
        const revisions = outcomes.map((outcome) => (outcome.ok ? outcome.revision : 0));
        const [first = 0] = revisions;
        expect(revisions).toEqual([first, first + 1, first + 2]);
        const { changes } = await store.changes(first - 1, 100);
        expect(new Set(changes.map(({ transaction }) => transaction)).size).toBe(1);
      });

      test('nothing happens when one fails, and each failure is told', async () => {
        const revision = await revisionOf(store.write(create('a')));
        const outcomes = await store
          .transact([
            { ...create('b'), claims: [{ pool: 'ip', value: '1' }] },
            create('a'),
            remove('a', revision),
            update('missing', 1),
          ])
          .catch((error: unknown) => error);
        expect(outcomes).toBeInstanceOf(StoreError);
        const second = await store.transact([
          { ...create('b'), claims: [{ pool: 'ip', value: '1' }] },
          create('a'),
          update('missing', 1),
        ]);
        expect(second.map((outcome) => (outcome.ok ? 'ok' : outcome.reason))).toEqual([
          'ok',
          'exists',
          'missing',
        ]);
        expect(await store.get(keyOf('b'))).toBeUndefined();
        expect((await store.get(keyOf('a')))?.revision).toBe(revision);
        expect((await store.changes(revision, 100)).changes).toEqual([]);
        expect(await store.write({ ...create('c'), claims: [{ pool: 'ip', value: '1' }] })).toMatchObject({
          ok: true,
        });
      });

      test('too large a transaction is refused before it is sent', async () => {
        const many = Array.from({ length: limits.transactionWrites + 1 }, (_, n) => create(`n-${n}`));
        await expect(store.transact(many)).rejects.toMatchObject({ failure: 'tooLarge' });
        const large = 'x'.repeat(limits.transactionSize / 2);
        await expect(store.transact([create('a', large), create('b', large)])).rejects.toMatchObject({
          failure: 'tooLarge',
        });
        expect(await store.transact([])).toEqual([]);
      });

      test('single writes and Leases go on beside many transactions and bulk work', async () => {
        const bulk = Array.from({ length: 1_500 }, (_, n) => store.write(create(`bulk-${n}`)));
        const transactions = Array.from({ length: 5 }, (_, t) =>
          store.transact(Array.from({ length: 20 }, (_, n) => create(`t-${t}-${n}`))),
        );
        const key = { resource: 'leases.coordination.k8s.io', namespace: 'kube-system', name: 'leader' };
        const lease = await revisionOf(store.write({ ...create('leader'), key }));
        const all = await Promise.all([
          ...bulk,
          ...transactions.map((outcomes) => outcomes.then(([one]) => one)),
        ]);
        expect(all.every((outcome) => outcome?.ok)).toBe(true);
        expect(lease).toBeGreaterThan(0);
      });
    });

    test('listeners hear of commits until they leave', async () => {
      const heard: number[] = [];
      const leave = store.onAdvance((revision) => heard.push(revision));
      const revision = await revisionOf(store.write(create('a')));
      await expect.poll(() => heard.at(-1)).toBe(revision);
      leave();
      await store.write(create('b'));
      await sleep(20);
      expect(heard.at(-1)).toBe(revision);
    });

    describeReading(() => store);
  });
}

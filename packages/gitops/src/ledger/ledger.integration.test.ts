import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { LedgerEntry, Secret } from '@gantry/api/generated/types';
import { ledgerEntries, secrets } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { syncIdOf } from './record.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.start();
});
afterAll(() => fixture?.close());

async function entries(namespace: string, fieldSelector = ''): Promise<LedgerEntry[]> {
  const { items } = await fixture.cluster.admin.list<LedgerEntry>(ledgerEntries, {
    namespace,
    fieldSelector,
  });
  return items;
}
const types = async (namespace: string): Promise<string[]> =>
  (await entries(namespace)).map(({ type }) => type).reverse();

describe('the ledger', () => {
  it('tells of a push until it is healthy, of what changed, and of what went', async () => {
    const tree = await fixture.workTree('shop');
    const first = await tree.commit({ 'a.yaml': configMap('a', '1'), 'b.yaml': configMap('b', '1') });
    expect((await tree.git('push', 'origin', 'main')).code).toBe(0);
    await fixture.settled('shop', { sync: 'Synced', commit: first, health: 'Healthy' });
    await until(async () => expect(await types('shop')).toContain('Healthy'));
    const syncId = syncIdOf('shop', 'shop', first);
    const found = await entries('shop', `commit=${first}`);
    expect(found.every((entry) => entry.syncId === syncId || entry.type === 'Plan')).toBe(true);
    const [push] = found.filter(({ type }) => type === 'Push');
    expect(push).toMatchObject({ actor: 'admin', application: 'shop', repository: 'shop', ref: 'main' });
    const [sync] = found.filter(({ type }) => type === 'Sync');
    expect(sync).toMatchObject({ actor: 'admin', durationMs: expect.any(Number) });
    expect(sync?.message).toContain('2 created');

    const second = await tree.commit({ 'a.yaml': configMap('a', '2'), 'b.yaml': undefined });
    expect((await tree.git('push', 'origin', 'main')).code).toBe(0);
    await fixture.settled('shop', { sync: 'Synced', commit: second });
    await until(async () => expect(await entries('shop', `commit=${second},type=Prune`)).toHaveLength(1));
    const [change] = await entries('shop', 'object.kind=ConfigMap,object.name=a');
    expect(change).toMatchObject({ type: 'Change', operation: 'update', commit: second, actor: 'admin' });
    const whole = await fixture.cluster.admin.get<LedgerEntry>(
      ledgerEntries,
      'shop',
      change?.metadata.name ?? '',
    );
    expect(whole.manifest).toMatchObject({ kind: 'ConfigMap', data: { key: '2' } });
    expect(whole.manifest).not.toHaveProperty('metadata.uid');
  });

  it('tells of a push that was refused, and why', async () => {
    const tree = await fixture.workTree('refused');
    await tree.commit({ 'a.yaml': configMap('a', '1') });
    await tree.git('push', 'origin', 'main');
    const bad = await tree.commit({ 'a.yaml': `${configMap('a', '1')}dada: {}\n` });
    expect((await tree.git('push', 'origin', 'main')).code).not.toBe(0);
    await until(async () => expect(await entries('refused', 'type=PushRejected')).toHaveLength(1));
    const [entry] = await entries('refused', `type=PushRejected,error=dada,commit=${bad}`);
    expect(entry?.error).toContain('a.yaml:');
  });

  it('tells who changed what, and that it was put back', async () => {
    const tree = await fixture.workTree('healed');
    await tree.commit({ 'a.yaml': configMap('a', '1') });
    await tree.git('push', 'origin', 'main');
    await fixture.patchApplication('healed', { spec: { syncPolicy: { selfHeal: true } } });
    await fixture.settled('healed', { sync: 'Synced', health: 'Healthy' });
    await fixture.setValue('healed', 'a', 'mine');
    await until(async () => expect(await fixture.value('healed', 'a')).toBe('1'));
    await until(async () => expect(await entries('healed', 'type=Heal')).toHaveLength(1));
    const [drift, ...others] = await entries('healed', 'type=Drift,object.name=a');
    expect([drift?.actor, others]).toEqual(['tester', []]);
    expect(drift?.message).toContain('ConfigMap/a was changed');
  });

  it('tells of deletions that wait, of who approved them, and of who rolled back', async () => {
    const tree = await fixture.workTree('held');
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const first = await tree.commit(
      Object.fromEntries(names.map((name) => [`${name}.yaml`, configMap(name, '1')])),
    );
    await tree.git('push', 'origin', 'main');
    await fixture.settled('held', { commit: first, health: 'Healthy' });
    await tree.commit(Object.fromEntries(names.slice(2).map((name) => [`${name}.yaml`, undefined])));
    await tree.git('push', 'origin', 'main');
    await until(async () => expect(await entries('held', 'type=PruneHeld')).toHaveLength(1));
    const approval = (await fixture.application('held')).status?.pendingPrune?.approval;
    await fixture.patchApplication('held', {
      metadata: { annotations: { 'gitops.gantry.dev/approve-prune': approval } },
    });
    await until(async () => expect(await entries('held', 'type=Prune')).toHaveLength(4));
    await until(async () => expect(await entries('held', 'type=Approval,actor=tester')).toHaveLength(1));
    await fixture.patchApplication('held', {
      metadata: { annotations: { 'gitops.gantry.dev/rollback-to': first } },
    });
    await until(async () => expect(await entries('held', 'type=Rollback')).toHaveLength(1));
    const [rollback] = await entries('held', 'type=Rollback');
    expect([rollback?.actor, rollback?.commit]).toEqual(['tester', first]);
  });

  it('is complete though the sync is killed', async () => {
    const tree = await fixture.workTree('killed');
    const commit = await tree.commit({ 'a.yaml': configMap('a', '1') });
    const push = tree.git('push', 'origin', 'main');
    // The refs have moved, and nothing else is known to have happened.
    await until(async () => expect(await fixture.ref('killed')).toBe(commit));
    await fixture.sync.kill('SIGKILL');
    await push;
    fixture.sync = await fixture.cluster.startSync();
    await until(async () =>
      expect(await types('killed')).toEqual(expect.arrayContaining(['Push', 'Change', 'Sync', 'Healthy'])),
    );
    const all = await entries('killed', `commit=${commit}`);
    const count = (type: string): number => all.filter((entry) => entry.type === type).length;
    expect([count('Push'), count('Sync'), count('Change'), count('Healthy')]).toEqual([1, 1, 1, 1]);
    expect((await entries('killed', 'type=Push'))[0]?.actor).toBe('admin');
    await until(async () => expect(await readdir(join(fixture.sync.gitRoot, 'outbox'))).toEqual([]));
  });
});

describe('a receiver of notifications', () => {
  it('is told, with a signature', async () => {
    const received: { event: unknown; signature: unknown; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        const { 'x-gantry-event': event, 'x-gantry-signature-256': signature } = request.headers;
        received.push({ event, signature, body });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const tree = await fixture.workTree('told');
      await tree.commit({ 'a.yaml': configMap('a', '1') });
      await tree.git('push', 'origin', 'main');
      await fixture.cluster.admin.create<Secret>(secrets, {
        ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'hook', namespace: 'told' } },
        stringData: { token: 'swordfish' },
      });
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      await fixture.patchApplication('told', {
        spec: { notifications: [{ url, secretRef: { name: 'hook' }, events: ['Synced'] }] },
      });
      const commit = await tree.commit({ 'a.yaml': configMap('a', '2') });
      await tree.git('push', 'origin', 'main');
      await until(async () => expect(received).toHaveLength(1));
      expect(received[0]).toMatchObject({
        event: 'Synced',
        signature: expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
      });
      expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ commit, application: { name: 'told' } });
    } finally {
      server.close();
    }
  });
});

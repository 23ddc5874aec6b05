import { expect, test, vi } from 'vitest';
import { runWithLeaderElection } from './leader-election.ts';
import { leases } from './resources.ts';
import { FakeClient } from './testing/fake-client.ts';

const options = (client: FakeClient, identity: string) => ({
  client,
  namespace: 'kube-system',
  name: 'test',
  identity,
  retryPeriodMs: 5,
  leaseDurationMs: 100_000,
});

test('only one leads; the other follows when the first gives the lease back', async () => {
  const client = new FakeClient();
  const leading: string[] = [];
  const lead = (name: string) => (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      leading.push(name);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  const first = new AbortController();
  const second = new AbortController();
  const a = runWithLeaderElection(options(client, 'a'), first.signal, lead('a'));
  await vi.waitFor(() => expect(leading).toEqual(['a']));
  const b = runWithLeaderElection(options(client, 'b'), second.signal, lead('b'));
  await vi.waitFor(async () =>
    expect((await client.get(leases, 'kube-system', 'test')).spec.holderIdentity).toBe('a'),
  );
  expect(leading).toEqual(['a']);
  first.abort();
  await a;
  await vi.waitFor(() => expect(leading).toEqual(['a', 'b']));
  second.abort();
  await b;
  expect((await client.get(leases, 'kube-system', 'test')).spec).toMatchObject({
    holderIdentity: '',
    leaseTransitions: 1,
  });
});

test('a leader that can not renew stops and fails', async () => {
  const client = new FakeClient();
  let now = 0;
  let stopped = false;
  const run = runWithLeaderElection(
    { ...options(client, 'a'), renewDeadlineMs: 10, now: () => now },
    new AbortController().signal,
    (signal) =>
      new Promise<void>((resolve) => {
        client.onWrite = () => {
          now += 20;
          throw new Error('no server');
        };
        signal.addEventListener('abort', () => {
          stopped = true;
          resolve();
        });
      }),
  );
  await expect(run).rejects.toThrow('leader election lost: kube-system/test');
  expect(stopped).toBe(true);
});

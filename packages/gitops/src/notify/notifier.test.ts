import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Application, Notification } from '@gantry/api/generated/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Network } from '../git/network.ts';
import type { Transition } from '../ledger/transitions.ts';
import { testNetwork } from '../testing/test-network.ts';
import { Notifier } from './notifier.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let received: Received[];
let statuses: number[];
let url: string;
let events: string[];
const stop = new AbortController();
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    received.push({ headers: request.headers, body });
    response.writeHead(statuses.shift() ?? 204).end();
  });
});

beforeEach(async () => {
  [received, statuses, events] = [[], [], []];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=s3`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const notifier = (network = testNetwork()): Notifier =>
  new Notifier({
    client: { get: async () => ({ data: { token: Buffer.from('key').toString('base64') } }) as never },
    network,
    events: { event: (_object, _type, _reason, message) => events.push(message) },
    signal: stop.signal,
    retryMs: 1,
  });
const application = (...notifications: Notification[]): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { source: { repository: 'shop', branch: 'main' }, notifications },
  status: { sync: 'Synced', health: 'Progressing', history: [{ commit: 'c1', message: 'Fix', user: 'ann' }] },
});
const synced: Transition = { notify: 'Synced', message: 'Applied', commit: 'c1', durationMs: 5 };

describe('a notification', () => {
  it('is signed, and says what happened', async () => {
    notifier().tell(application({ url, secretRef: { name: 's' } }), synced);
    await expect.poll(() => received.length).toBe(1);
    const { headers, body } = received[0] as Received;
    const signature = createHmac('sha256', 'key').update(body).digest('hex');
    expect(headers).toMatchObject({
      'x-gantry-event': 'Synced',
      'x-gantry-signature-256': `sha256=${signature}`,
    });
    expect(JSON.parse(body)).toMatchObject({
      ...{
        event: 'Synced',
        application: { namespace: 'shop', name: 'web' },
        repository: 'shop',
        ref: 'main',
      },
      ...{
        commit: 'c1',
        commitMessage: 'Fix',
        user: 'ann',
        sync: 'Synced',
        message: 'Applied',
        durationMs: 5,
      },
    });
  });

  it('goes to who asked for it', async () => {
    const one = notifier();
    one.tell(application({ url, events: ['Degraded'] }, { url: `${url}2`, events: ['Synced'] }), synced);
    one.tell(application({ url }), { message: 'nobody is told of this', commit: '' });
    await expect.poll(() => received.length).toBe(1);
    expect(received[0]?.headers['x-gantry-signature-256']).toBeUndefined();
  });

  it('is sent again while the receiver has trouble, and not where it refuses', async () => {
    statuses = [503, 429, 200];
    notifier().tell(application({ url }), synced);
    await expect.poll(() => received.length).toBe(3);
    statuses = [404];
    notifier().tell(application({ url }), synced);
    await expect
      .poll(() => events)
      .toEqual([expect.stringContaining('was not told of Synced after 1 tries: it answered 404')]);
    expect(events[0]).not.toContain('s3');
    expect(received).toHaveLength(4);
  });

  it.each([
    ['http://169.254.169.254/latest', 'link-local addresses'],
    ['http://[fe80::1]/', 'link-local addresses'],
    ['file:///etc/passwd', 'is no http(s) address'],
    ['nonsense', 'is no http(s) address'],
  ])('is not sent to %s', async (address, words) => {
    notifier().tell(application({ url: address }), synced);
    await expect.poll(() => events, { timeout: 10_000 }).toEqual([expect.stringContaining(words)]);
  });

  it('is not sent to this machine, nor to the API server, unless its operator allows it', async () => {
    notifier(new Network({ env: {} })).tell(application({ url }), synced);
    const all = {
      allowed: ['127.0.0.0/8'],
      apiServer: new URL(url).origin.replace('http:', 'https:'),
      env: {},
    };
    notifier(new Network(all)).tell(application({ url }), synced);
    await expect.poll(() => events.length, { timeout: 10_000 }).toBe(2);
    expect(events[0]).toContain('after 1 tries: 127.0.0.1 is at 127.0.0.1: addresses of the machine itself');
    expect(events[1]).toContain('the API server itself is not connected to');
    expect(received).toEqual([]);
  });

  it('follows no redirect, and ends after some tries', async () => {
    statuses = [302];
    notifier().tell(application({ url }), synced);
    await expect.poll(() => events).toEqual([expect.stringContaining('it answered 302')]);
    statuses = [500, 500, 500, 500, 500, 500];
    notifier().tell(application({ url }), synced);
    await expect.poll(() => events[1], { timeout: 10_000 }).toContain('after 6 tries');
  });
});

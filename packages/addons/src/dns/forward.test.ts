import { createInformerFactory } from '@gantry/client/informer-factory';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { describe, expect, it, vi } from 'vitest';
import { bare } from './answer.ts';
import { runDns } from './run.ts';
import { type DnsServer, listenDns } from './server.ts';
import { askOver } from './testing/dns-client.ts';

const log = { info() {}, debug() {}, warn() {}, error() {} };

describe('upstreams that are of no use', () => {
  const serve = async (upstreams: readonly string[], port = 0) => {
    const end = new AbortController();
    let running: Promise<void> = Promise.resolve();
    const server = await new Promise<DnsServer>((resolve) => {
      running = runDns({
        informers: createInformerFactory(new FakeClient()),
        listen: [{ address: '127.0.0.1', port }],
        clusterDomain: 'cluster.local',
        upstreams,
        onListen: resolve,
        log,
        signal: end.signal,
      });
    });
    return {
      server,
      close: async () => {
        end.abort();
        await running;
      },
    };
  };

  it('answers SERVFAIL when nothing listens there, or there is none', async () => {
    const free = await listenDns({ address: '127.0.0.1', port: 0 }, async () => bare('NOERROR'), log);
    await free.close();
    for (const upstreams of [[`127.0.0.1:${free.port}`], []]) {
      const { server, close } = await serve(upstreams);
      expect((await askOver(server.port, 'example.org')).code).toBe('SERVFAIL');
      await close();
    }
  });

  it('stops asking an upstream that sends queries back here', async () => {
    const through: string[] = [];
    let back = 0;
    const mirror = await listenDns(
      { address: '127.0.0.1', port: 0 },
      async (query) => {
        through.push(query.name);
        await askOver(back, query.name, query.type);
        return bare('SERVFAIL');
      },
      log,
    );
    const { server, close } = await serve([`127.0.0.1:${mirror.port}`]);
    back = server.port;
    await vi.waitFor(() => expect(through.some((name) => name.includes('loop-probe'))).toBe(true));
    await vi.waitFor(async () => {
      through.length = 0;
      expect((await askOver(server.port, `${Math.random()}.example.org`)).code).toBe('SERVFAIL');
      expect(through).toEqual([]);
    });
    await close();
    await mirror.close();
  });
});

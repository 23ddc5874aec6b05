import type { EndpointSlice, Service } from '@gantry/api/generated/types';
import { createInformerFactory } from '@gantry/client/informer-factory';
import type { Informer } from '@gantry/client/port';
import { endpointSlices, services } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProxyBackend } from './backend.ts';
import type { StaleFlow } from './conntrack.ts';
import { type Frontend, frontendKey } from './frontend.ts';
import { Proxier, SERVICE_INDEX, serviceOfSlice } from './proxier.ts';

const log = { info() {}, debug() {}, warn() {}, error() {} };
const service = (name: string, clusterIP: string): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'a' },
  spec: { clusterIP, ports: [{ port: 53, protocol: 'UDP' }] },
});
const slice = (of: string, ip: string): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${of}-1`, namespace: 'a', labels: { 'kubernetes.io/service-name': of } },
  addressType: 'IPv4',
  ports: [{ port: 53, protocol: 'UDP' }],
  endpoints: [{ addresses: [ip] }],
});

/** Holds what it was given, as the kernel would. */
class FakeBackend implements ProxyBackend {
  readonly calls: string[] = [];
  held = new Map<string, readonly Frontend[]>();
  fails = false;
  intact = true;
  async start(frontends: ReadonlyMap<string, readonly Frontend[]>): Promise<void> {
    this.calls.push('start');
    if (this.fails) throw new Error('no nft');
    this.held = new Map(frontends);
    this.intact = true;
  }
  async sync(changes: ReadonlyMap<string, readonly Frontend[]>): Promise<void> {
    this.calls.push(`sync ${[...changes.keys()].join()}`);
    if (this.fails) throw new Error('no nft');
    for (const [owner, list] of changes) this.held.set(owner, list);
  }
  verify = async (): Promise<boolean> => this.intact;
  close(): void {}
  addresses(): string[] {
    return [...this.held.values()]
      .flat()
      .map((f) => `${frontendKey(f)} ${f.backends.map((b) => b.ip).join()}`.trim());
  }
}

describe('Proxier', () => {
  let end: AbortController;
  let client: FakeClient;
  let backend: FakeBackend;
  let proxier: Proxier;
  let flows: StaleFlow[];
  let sources: { services: Informer<Service>; slices: Informer<EndpointSlice> };

  beforeEach(async () => {
    end = new AbortController();
    client = new FakeClient();
    backend = new FakeBackend();
    flows = [];
    const informers = createInformerFactory(client);
    sources = { services: informers.informer(services), slices: informers.informer(endpointSlices) };
    sources.slices.addIndex(SERVICE_INDEX, serviceOfSlice);
    await client.create(services, service('x', '10.96.0.1'));
    await client.create(services, service('y', '10.96.0.2'));
    await client.create(endpointSlices, slice('x', '10.0.0.1'));
    await informers.startAll(end.signal);
    proxier = new Proxier({
      sources,
      backend,
      node: () => ({ nodeName: 'n', nodeIps: [] }),
      cleanFlows: async (stale) => void flows.push(...stale),
      log,
    });
    await proxier.flush();
  });
  afterEach(() => end.abort());

  it('loads all at first, then only the Services that are marked', async () => {
    expect(backend.addresses()).toEqual(['10.96.0.1:53/udp 10.0.0.1', '10.96.0.2:53/udp']);
    proxier.markService('a/y');
    await proxier.flush();
    expect(backend.calls).toEqual(['start', 'sync service a/y']);
    expect([proxier.hasWork, proxier.health.waitingSince]).toEqual([false, 0]);
  });

  it('leaves alone what is for another proxy, and slices that are for DNS only', async () => {
    const labels = (label: string) => ({ metadata: { labels: { [label]: '' } } });
    const headless = labels('service.kubernetes.io/headless');
    const foreign = labels('service.kubernetes.io/service-proxy-name');
    await client.patch(endpointSlices, 'a', 'x-1', headless, { type: 'merge' });
    await client.patch(services, 'a', 'y', foreign, { type: 'merge' });
    await vi.waitFor(() => {
      expect(sources.slices.get('a', 'x-1')?.metadata.labels).toHaveProperty([
        'service.kubernetes.io/headless',
      ]);
      expect(sources.services.get('a', 'y')?.metadata.labels).toBeDefined();
    });
    proxier.markAll();
    await proxier.flush();
    expect(backend.addresses()).toEqual(['10.96.0.1:53/udp']);
  });

  it('forgets a Service that is gone, and ends its UDP flows', async () => {
    await vi.waitFor(() => expect(flows).toEqual([{ ip: '10.96.0.1', port: 53 }]));
    flows.length = 0;
    await client.delete(services, 'a', 'x');
    await vi.waitFor(() => expect(sources.services.get('a', 'x')).toBeUndefined());
    proxier.markService('a/x');
    backend.fails = true;
    await proxier.flush();
    expect(flows).toEqual([]);
    backend.fails = false;
    await proxier.flush();
    expect(backend.addresses()).toEqual(['10.96.0.2:53/udp']);
    await vi.waitFor(() => expect(flows).toContainEqual({ ip: '10.96.0.1', port: 53, endpoint: '10.0.0.1' }));
  });

  it('loads everything again after a failure, and after the rules were removed', async () => {
    backend.fails = true;
    proxier.markService('a/x');
    await proxier.flush();
    expect(proxier.hasWork).toBe(true);
    expect(proxier.retryAfterMs).toBeGreaterThan(0);
    expect(proxier.health.waitingSince).toBeGreaterThan(0);
    backend.fails = false;
    await proxier.flush();
    expect([backend.calls.at(-1), proxier.hasWork]).toEqual(['start', false]);
    backend.intact = false;
    await proxier.verify();
    await proxier.flush();
    expect(backend.calls.at(-1)).toBe('start');
    expect(backend.addresses()).toHaveLength(2);
  });
});

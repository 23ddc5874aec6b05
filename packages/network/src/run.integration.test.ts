import type { EndpointSlice, Service } from '@gantry/api/generated/types';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { endpointSlices, services } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runServiceProxy } from './run.ts';
import { teardown } from './teardown.ts';
import { echoServer, type Topology, tcpClient, topologyUp } from './testing/topology.ts';

const log = { info() {}, debug() {}, warn() {}, error() {} };

const service = (name: string, clusterIP: string): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: {
    type: 'NodePort',
    clusterIP,
    ports: [{ port: 80, nodePort: 30_090, protocol: 'TCP' }],
  },
});

const slice = (name: string, ...ips: string[]): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${name}-x`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
  addressType: 'IPv4',
  ports: [{ port: 8080, protocol: 'TCP' }],
  endpoints: ips.map((ip) => ({ addresses: [ip], nodeName: 'n1' })),
});

describe.each(['nftables', 'iptables'] as const)('runServiceProxy with %s', (mode) => {
  let net: Topology;
  const end = new AbortController();
  beforeAll(async () => {
    process.env.XTABLES_LOCKFILE = `/tmp/gantry-xtables-run-${process.pid}.lock`;
    net = await topologyUp(`gr${process.pid % 10_000}${mode.slice(0, 1)}`);
    await Promise.all([1, 2].map((n) => net.serve(`pod${n}`, echoServer(`pod${n}`, 8080))));
  });
  afterAll(async () => {
    end.abort();
    await net?.down();
  });

  it('follows Services and EndpointSlices, survives its end, and tears down', async () => {
    const client = new FakeClient();
    await client.create(services, service('web', '10.96.0.20'));
    await client.create(endpointSlices, slice('web', '10.244.0.11'));
    const options = { mode, suffix: 'run', commandPrefix: net.nodePrefix };
    const running = runServiceProxy({
      ...options,
      informers: createInformerFactory(client),
      nodeName: 'n1',
      nodeIps: ['172.31.0.1'],
      clusterCidr: '10.244.0.0/16',
      serviceCidr: '10.96.0.0/12',
      bridge: 'cbr0',
      log,
      signal: end.signal,
    });
    const answers = (expected: string, where = 'ext', ip = '10.96.0.20', port = 80) =>
      vi.waitFor(
        async () => expect((await net.script(where, tcpClient(ip, port, 1, 300))).trim()).toBe(expected),
        { timeout: 20_000, interval: 50 },
      );
    await answers('pod1 10.244.0.1');
    const current = client.peek(endpointSlices, 'default', 'web-x');
    await client.update(endpointSlices, {
      ...slice('web', '10.244.0.12'),
      metadata: { ...current?.metadata, name: 'web-x' },
    });
    await answers('pod2 10.244.0.1');
    await answers('pod2 10.244.0.1', 'node', '127.0.0.1', 30_090);
    await client.delete(endpointSlices, 'default', 'web-x');
    await answers('ECONNREFUSED');
    end.abort();
    await running;
    await answers('ECONNREFUSED');
    await teardown(options);
    const rules = await net.node(mode === 'nftables' ? ['nft', 'list', 'ruleset'] : ['iptables-save']);
    expect(rules).not.toMatch(/gantry/i);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyBackend } from './backend.ts';
import { flowCleaner, staleFlows } from './conntrack.ts';
import type { Backend, Frontend } from './frontend.ts';
import { IptablesBackend, teardownIptables } from './iptables/backend.ts';
import { NftBackend, teardownNftables } from './nftables/backend.ts';
import { prepareNode } from './node-network.ts';
import { echoServer, type Topology, tcpClient, topologyUp, udpClient } from './testing/topology.ts';

const warnings: string[] = [];
const log = {
  info() {},
  debug() {},
  error() {},
  warn: (fields: object, message: string) => void warnings.push(`${message} ${JSON.stringify(fields)}`),
};
const clusterCidr = '10.244.0.0/16';
const serviceCidr = '10.96.0.0/12';
const pod = (n: number): Backend => ({ ip: `10.244.0.1${n}`, port: 8080, local: true });
const remote: Backend = { ip: '10.244.9.9', port: 8080, local: false };
const base = { port: 80, whenEmpty: 'reject' } as const;
const cluster = (
  ip: string,
  service: string,
  backends: Backend[],
  more: Partial<Frontend> = {},
): Frontend => ({
  ...base,
  ip,
  service,
  backends,
  protocol: 'tcp',
  masquerade: 'off-cluster',
  ...more,
});

const frontends: Frontend[] = [
  cluster('10.96.0.1', 'a/web', [pod(1), pod(2)]),
  cluster('10.96.0.2', 'a/sticky', [pod(1), pod(2)], { affinitySeconds: 60 }),
  cluster('10.96.0.3', 'a/self', [pod(1)]),
  cluster('10.96.0.9', 'a/empty', []),
  cluster('10.96.0.53', 'a/dns', [pod(1)], { protocol: 'udp', port: 53 }),
  cluster('10.96.0.54', 'a/here', [{ ip: '10.244.0.1', port: 8080, local: true }], {
    protocol: 'udp',
    port: 53,
  }),
  ...['172.31.0.1', '127.0.0.1'].flatMap((ip): Frontend[] => [
    cluster(ip, 'a/web', [pod(1), pod(2)], { port: 30080, masquerade: 'always' }),
    cluster(ip, 'a/local', [pod(2)], { port: 30081, masquerade: 'never', local: [pod(2)] }),
    cluster(ip, 'a/far', [{ ...pod(1), local: false }], {
      port: 30082,
      masquerade: 'never',
      local: [],
      whenEmpty: 'drop',
    }),
  ]),
  cluster('10.99.0.1', 'a/lb', [pod(1)], { masquerade: 'always', sources: ['192.0.2.0/24'] }),
  cluster('10.99.0.2', 'a/lb2', [pod(1)], {
    masquerade: 'always',
    sources: ['172.31.0.0/24', '192.0.2.0/24'],
  }),
];

interface Kind {
  readonly name: string;
  make(topology: Topology): ProxyBackend;
  teardown(topology: Topology): Promise<void>;
  rules(topology: Topology): Promise<string>;
}

const kinds: Kind[] = [
  {
    name: 'nftables',
    make: ({ node, nodePrefix }) =>
      new NftBackend({ run: node, prefix: nodePrefix, log, table: 'gantry-test', clusterCidr, serviceCidr }),
    teardown: ({ node }) => teardownNftables('gantry-test', node),
    rules: ({ node }) => node(['nft', 'list', 'ruleset']),
  },
  {
    name: 'iptables',
    make: ({ node }) =>
      new IptablesBackend({ run: node, log, prefix: 'GANTRY-test', clusterCidr, serviceCidr }),
    teardown: ({ node }) => teardownIptables('GANTRY-test', node),
    rules: ({ node }) => node(['iptables-save']),
  },
];

describe.each(kinds)('$name in network namespaces', (kind) => {
  let net: Topology;
  let backend: ProxyBackend;
  const lines = async (where: string, code: string) => (await net.script(where, code)).trim().split('\n');

  beforeAll(async () => {
    process.env.XTABLES_LOCKFILE = `/tmp/gantry-xtables-${process.pid}.lock`;
    net = await topologyUp(`gt${process.pid % 10_000}${kind.name.slice(0, 1)}`);
    await Promise.all(
      ['node', 'pod1', 'pod2', 'pod3'].map((name) => net.serve(name, echoServer(name, 8080))),
    );
    await prepareNode(net.node, log);
    backend = kind.make(net);
    await backend.start(new Map([['all', frontends]]));
  });
  afterAll(async () => {
    backend?.close();
    await net?.down();
  });

  it('spreads connections from pods, keeping their address', async () => {
    const answers = new Set(await lines('pod3', tcpClient('10.96.0.1', 80, 30)));
    expect([...answers].sort()).toEqual(['pod1 10.244.0.13', 'pod2 10.244.0.13']);
  });

  it('serves host processes and outside clients, masqueraded', async () => {
    const [host] = await lines('node', tcpClient('10.96.0.3', 80));
    expect(host).toBe('pod1 10.244.0.1');
    const [outside] = await lines('ext', tcpClient('10.96.0.3', 80));
    expect(outside).toBe('pod1 10.244.0.1');
  });

  it('lets a pod reach itself', async () => {
    expect(await lines('pod1', tcpClient('10.96.0.3', 80))).toEqual(['pod1 10.244.0.1']);
  });

  it('keeps a client at its endpoint, and moves it when that endpoint goes', async () => {
    const answers = new Set(await lines('pod3', tcpClient('10.96.0.2', 80, 12)));
    expect(answers.size).toBe(1);
    const other = [...answers][0]?.startsWith('pod1') ? 2 : 1;
    const changed = frontends.map((f) => (f.service === 'a/sticky' ? { ...f, backends: [pod(other)] } : f));
    await backend.sync(new Map([['all', changed]]));
    expect(await lines('pod3', tcpClient('10.96.0.2', 80))).toEqual([`pod${other} 10.244.0.13`]);
    await backend.sync(new Map([['all', frontends]]));
  });

  it('answers on node ports from outside, from pods, from the host and on 127.0.0.1', async () => {
    for (const [where, ip] of [
      ['ext', '172.31.0.1'],
      ['pod3', '172.31.0.1'],
      ['node', '172.31.0.1'],
      ['node', '127.0.0.1'],
    ] as const) {
      const [answer] = await lines(where, tcpClient(ip, 30080));
      expect(`${where} ${ip} ${answer}`).toMatch(/ pod[12] 10\.244\.0\.1$/);
    }
  });

  it('externalTrafficPolicy Local keeps the source, drops without local endpoints, but not for the cluster', async () => {
    expect(await lines('ext', tcpClient('172.31.0.1', 30081))).toEqual(['pod2 172.31.0.2']);
    expect(await lines('ext', tcpClient('172.31.0.1', 30082))).toEqual(['timeout']);
    expect(await lines('pod3', tcpClient('172.31.0.1', 30082))).toEqual(['pod1 10.244.0.13']);
    expect(await lines('node', tcpClient('172.31.0.1', 30082))).toEqual(['pod1 10.244.0.1']);
  });

  it('refuses connections to a Service without endpoints, from everywhere', async () => {
    for (const where of ['pod3', 'node', 'ext'])
      expect(await lines(where, tcpClient('10.96.0.9', 80))).toEqual(['ECONNREFUSED']);
  });

  it('lets only allowed sources through to a load balancer address', async () => {
    expect(await lines('ext', tcpClient('10.99.0.1', 80))).toEqual(['timeout']);
    expect(await lines('ext', tcpClient('10.99.0.2', 80))).toEqual(['pod1 10.244.0.1']);
  });

  it('moves a UDP client to the new endpoint with its old port', async () => {
    expect(await lines('pod3', udpClient('10.96.0.53', 53, 4001))).toEqual(['pod1 10.244.0.13']);
    const changed = frontends.map((f) => (f.service === 'a/dns' ? { ...f, backends: [pod(2)] } : f));
    await backend.sync(new Map([['all', changed]]));
    await flowCleaner(net.node, log)(staleFlows(frontends, changed));
    expect(await lines('pod3', udpClient('10.96.0.53', 53, 4001))).toEqual(['pod2 10.244.0.13']);
    await backend.sync(new Map([['all', frontends]]));
  });

  it('leads to a server of the node itself, from pods and from the node', async () => {
    expect(await lines('pod3', udpClient('10.96.0.54', 53, 4002))).toEqual(['node 10.244.0.13']);
    expect(await lines('node', udpClient('10.96.0.54', 53, 4003))).toEqual(['node 10.244.0.1']);
  });

  it('follows changes one by one as if loaded at once', async () => {
    warnings.length = 0;
    const more = cluster('10.96.0.77', 'b/late', [pod(1), pod(2), pod(3), remote]);
    await backend.sync(new Map([['late', [more]]]));
    await backend.sync(new Map([['late', [{ ...more, affinitySeconds: 9 }]]]));
    const many = Array.from({ length: 70 }, (_, port) => ({ ...pod(1), port: 9000 + port }));
    await backend.sync(new Map([['late', [{ ...more, backends: many }]]]));
    await backend.sync(new Map([['late', [{ ...more, backends: [], whenEmpty: 'drop' }]]]));
    await backend.sync(new Map([['late', [{ ...more, backends: [pod(3)] }]]]));
    expect(await lines('pod2', tcpClient('10.96.0.77', 80))).toEqual(['pod3 10.244.0.12']);
    await backend.sync(new Map([['late', []]]));
    expect(await kind.rules(net)).not.toContain('10.96.0.77');
    expect(warnings).toEqual([]);
  });

  it('notices lost rules, loads them again, and leaves nothing behind', async () => {
    expect(await backend.verify()).toBe(true);
    await kind.teardown(net);
    expect(await backend.verify()).toBe(false);
    expect(await kind.rules(net)).not.toMatch(/gantry/i);
    await backend.sync(new Map([['late', [cluster('10.96.0.78', 'b/late', [pod(3)])]]]));
    expect(await lines('pod2', tcpClient('10.96.0.78', 80))).toEqual(['pod3 10.244.0.12']);
    expect(await lines('pod2', tcpClient('10.96.0.3', 80))).toEqual(['pod1 10.244.0.12']);
  });
});

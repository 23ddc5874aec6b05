import { createSocket } from 'node:dgram';
import type { EndpointSlice, Service } from '@gantry/api/generated/types';
import { createInformerFactory } from '@gantry/client/informer-factory';
import { endpointSlices, nodes, services } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import * as packets from 'dns-packet';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, bare, type Query } from './answer.ts';
import { runDns } from './run.ts';
import { type DnsServer, listenDns } from './server.ts';
import { askOver, askTcpRaw, describePacket, encodeQuery, rawUdp } from './testing/dns-client.ts';

const log = { info() {}, debug() {}, warn() {}, error() {} };

const service = (name: string, spec: Partial<Service['spec']>, namespace = 'default'): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { type: 'ClusterIP', ports: [{ name: 'http', port: 80, protocol: 'TCP' }], ...spec },
});
const slice = (of: string, endpoints: EndpointSlice['endpoints']): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${of}-1`, namespace: 'default', labels: { 'kubernetes.io/service-name': of } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  endpoints: endpoints ?? [],
});

describe('DNS server', () => {
  const client = new FakeClient();
  const end = new AbortController();
  const upstreamQueries: Query[] = [];
  let upstream: DnsServer;
  let dns: DnsServer;
  let running: Promise<void>;
  const ask = (name: string, type = 'A', size?: number) => askOver(dns.port, name, type, size);
  const zone = 'cluster.local';

  beforeAll(async () => {
    upstream = await listenDns(
      { address: '127.0.0.1', port: 0 },
      async (query): Promise<Answer> => {
        upstreamQueries.push(query);
        if (query.name === 'missing.example.org') return bare('NXDOMAIN');
        const count = query.name.startsWith('many') ? 100 : 1;
        const answers = Array.from({ length: count }, (_, i) => ({
          name: query.asked,
          type: 'A',
          ttl: 60,
          data: `192.0.2.${i + 1}`,
        }));
        return { ...bare('NOERROR'), answers };
      },
      log,
    );
    await client.create(nodes, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, spec: {} });
    await client.create(services, service('web', { clusterIP: '10.96.0.20' }));
    await client.create(services, service('db', { clusterIP: 'None' }));
    await client.create(services, service('asleep', { clusterIP: 'None' }));
    await client.create(services, service('big', { clusterIP: 'None' }));
    await client.create(services, service('out', { type: 'ExternalName', externalName: 'one.example.org' }));
    await client.create(
      services,
      service('alias', { type: 'ExternalName', externalName: `web.default.svc.${zone}` }),
    );
    await client.create(
      services,
      service('loop', { type: 'ExternalName', externalName: `loop.default.svc.${zone}` }),
    );
    await client.create(
      endpointSlices,
      slice('db', [
        { addresses: ['10.244.0.5'], hostname: 'db-0', conditions: { ready: true } },
        { addresses: ['10.244.0.6'], conditions: {} },
        { addresses: ['10.244.0.7'], hostname: 'db-2', conditions: { ready: false } },
      ]),
    );
    const many = Array.from({ length: 80 }, (_, i) => ({ addresses: [`10.244.3.${i + 1}`] }));
    await client.create(endpointSlices, slice('big', many));
    dns = await new Promise<DnsServer>((resolve) => {
      running = runDns({
        informers: createInformerFactory(client),
        listen: [{ address: '127.0.0.1', port: 0 }],
        clusterDomain: zone,
        upstreams: [`127.0.0.1:${upstream.port}`, 'nonsense'],
        publish: { client, nodeName: 'n1', serviceCidr: '10.96.0.0/12' },
        onListen: resolve,
        log,
        signal: end.signal,
      });
    });
    await vi.waitFor(async () => expect((await ask(`web.default.svc.${zone}`)).code).toBe('NOERROR'));
  });
  afterAll(async () => {
    end.abort();
    await running;
    await upstream.close();
  });

  it('answers a Service with its cluster IP, in the case of the question', async () => {
    expect(await ask(`Web.default.svc.${zone}`)).toMatchObject({
      code: 'NOERROR',
      answers: [`Web.default.svc.${zone} A 10.96.0.20`],
    });
  });

  it('tells NODATA from NXDOMAIN, both with the SOA', async () => {
    for (const [name, type] of [
      [`web.default.svc.${zone}`, 'AAAA'],
      [`default.svc.${zone}`, 'A'],
      [`svc.${zone}`, 'A'],
      [zone, 'A'],
      [`_tcp.web.default.svc.${zone}`, 'A'],
    ] as const)
      expect(await ask(name, type), name).toMatchObject({ code: 'NOERROR', answers: [], soa: true });
    for (const name of [
      `nope.default.svc.${zone}`,
      `nope.svc.${zone}`,
      `example.org.default.svc.${zone}`,
      `a.b.web.default.svc.${zone}`,
      `nope.${zone}`,
      `asleep.default.svc.${zone}`,
    ])
      expect(await ask(name), name).toMatchObject({ code: 'NXDOMAIN', answers: [], soa: true });
  });

  it('answers headless Services with ready endpoints and their names', async () => {
    const base = `db.default.svc.${zone}`;
    expect((await ask(base)).answers).toEqual([`${base} A 10.244.0.5`, `${base} A 10.244.0.6`]);
    expect((await ask(`db-0.${base}`)).answers).toEqual([`db-0.${base} A 10.244.0.5`]);
    expect((await ask(`10-244-0-6.${base}`)).answers).toEqual([`10-244-0-6.${base} A 10.244.0.6`]);
    expect((await ask(`db-2.${base}`)).code).toBe('NXDOMAIN');
  });

  it('answers SRV with targets and their addresses', async () => {
    const clusterIp = await ask(`_http._tcp.web.default.svc.${zone}`, 'SRV');
    expect(clusterIp.answers[0]).toContain(`"port":80,"target":"web.default.svc.${zone}"`);
    expect(clusterIp.additionals).toEqual([`web.default.svc.${zone} A 10.96.0.20`]);
    const headless = await ask(`_http._tcp.db.default.svc.${zone}`, 'SRV');
    expect(headless.answers).toHaveLength(2);
    expect(headless.answers.join()).toContain(`"port":8080,"target":"db-0.db.default.svc.${zone}"`);
    expect((await ask(`_grpc._tcp.web.default.svc.${zone}`, 'SRV')).code).toBe('NXDOMAIN');
  });

  it('answers reverse names of cluster IPs and of headless endpoints', async () => {
    expect((await ask('20.0.96.10.in-addr.arpa', 'PTR')).answers).toEqual([
      `20.0.96.10.in-addr.arpa PTR web.default.svc.${zone}`,
    ]);
    expect((await ask('5.0.244.10.in-addr.arpa', 'PTR')).answers).toEqual([
      `5.0.244.10.in-addr.arpa PTR db-0.db.default.svc.${zone}`,
    ]);
  });

  it('answers pod names, the version, and ExternalName with its target', async () => {
    expect((await ask(`10-244-0-9.default.pod.${zone}`)).answers[0]).toContain('A 10.244.0.9');
    expect((await ask(`x.default.pod.${zone}`)).code).toBe('NXDOMAIN');
    const txt = packets.decode(await rawUdp(dns.port, encodeQuery(`dns-version.${zone}`, 'TXT')));
    expect(String(txt.answers?.[0]?.data)).toBe('1.1.0');
    expect((await ask(`out.default.svc.${zone}`)).answers).toEqual([
      'one.example.org A 192.0.2.1',
      `out.default.svc.${zone} CNAME one.example.org`,
    ]);
    expect((await ask(`alias.default.svc.${zone}`)).answers[1]).toContain('A 10.96.0.20');
    expect((await ask(`loop.default.svc.${zone}`)).code).toBe('SERVFAIL');
  });

  it('forwards other names, and remembers the answers', async () => {
    expect((await ask('two.example.org')).answers).toEqual(['two.example.org A 192.0.2.1']);
    expect((await ask('TWO.example.org')).answers).toEqual(['TWO.example.org A 192.0.2.1']);
    expect(upstreamQueries.filter((q) => q.name === 'two.example.org')).toHaveLength(1);
    expect((await ask('missing.example.org')).code).toBe('NXDOMAIN');
    expect(upstreamQueries.some((q) => q.name.endsWith(zone))).toBe(false);
  });

  it('cuts what does not fit, answers it whole over TCP, and asks upstreams over TCP too', async () => {
    const name = `big.default.svc.${zone}`;
    const small = await ask(name);
    expect(small.flags).toBe('tc');
    expect((await ask('many.example.org', 'A', 4096)).flags).toBe('tc');
    const [big, other, many] = await askTcpRaw(dns.port, [
      name,
      `web.default.svc.${zone}`,
      'many.example.org',
    ]);
    expect([big?.answers.length, other?.answers.length, many?.answers.length].sort()).toEqual([1, 100, 80]);
  });

  it('survives what is no query', async () => {
    const other = createSocket('udp4');
    other.send(Buffer.from('short'), dns.port, '127.0.0.1');
    const broken = Buffer.alloc(20, 0xff);
    broken[2] = 0;
    expect(describePacket(packets.decode(await rawUdp(dns.port, broken))).code).toBe('FORMERR');
    expect((await ask(`web.default.svc.${zone}`, 'ANY')).code).toBe('NOTIMP');
    other.close();
    expect((await ask(`web.default.svc.${zone}`)).code).toBe('NOERROR');
  });

  it('publishes the Service and its slice, owned by the Node', async () => {
    await vi.waitFor(() => expect(client.peek(endpointSlices, 'kube-system', 'kube-dns-n1')).toBeDefined());
    expect(client.peek(services, 'kube-system', 'kube-dns')?.spec.clusterIP).toBe('10.96.0.10');
    const published = client.peek(endpointSlices, 'kube-system', 'kube-dns-n1');
    expect(published?.endpoints?.[0]?.addresses).toEqual(['127.0.0.1']);
    expect(published?.ports?.map((p) => p.port)).toEqual([dns.port, dns.port]);
    expect(published?.metadata.ownerReferences?.[0]?.kind).toBe('Node');
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { addressNumber, addressRange, inRange, pickFree, portRange } from './address-range.ts';
import { pickAddress } from './service-ranges.ts';

const SERVICES = '/api/v1/namespaces/default/services';
const merge = { 'content-type': 'application/merge-patch+json' };

describe('addresses', () => {
  it('always picks a free number of the range, and says when there is none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 70 })),
        (size, offsets) => {
          const range = portRange(`1000-${999 + size}`);
          const used = new Set(offsets.map((offset) => 1000 + offset));
          const picked = pickFree(range, used);
          const free = Array.from({ length: size }, (_, index) => 1000 + index).some(
            (value) => !used.has(value),
          );
          return free
            ? picked !== undefined && inRange(range, picked) && !used.has(picked)
            : picked === undefined;
        },
      ),
    );
  });

  it('are picked past those that IPAddresses hold', () => {
    const ranges = ['10.0.0.0/30', '10.0.1.0/30'].map(addressRange);
    const numbers = (...ips: string[]) => new Set(ips.map((ip) => addressNumber(ip) ?? 0));
    const state = {
      get: (_resource: string, _namespace: string, name: string) =>
        name === '10.0.0.1' ? { metadata: { name } } : undefined,
    };
    for (let round = 0; round < 10; round++)
      expect(pickAddress(ranges, new Set(), state)).toBe(addressNumber('10.0.0.2'));
    const next = pickAddress(ranges, numbers('10.0.0.2', '10.0.1.1'), state);
    expect(next).toBe(addressNumber('10.0.1.2'));
    expect(pickAddress(ranges.slice(0, 1), numbers('10.0.0.2'), state)).toBeUndefined();
  });

  it('leaves out network and broadcast addresses, and refuses odd ranges', () => {
    expect(addressRange('10.96.0.0/24')).toMatchObject({ size: 254, reserved: 16 });
    expect(() => addressRange('10.96.0.0/31')).toThrow('/8 and /30');
    expect(() => portRange('30000')).toThrow('30000-32767');
  });
});

describe('services', () => {
  let test: TestServer;
  beforeEach(async () => {
    test = await startTestServer();
  });
  afterEach(() => test.close());
  const create = (name: string, spec: object) =>
    test.call('POST', SERVICES, { body: { metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } } });

  it('allocates once and keeps it through updates that leave it out', async () => {
    const { body } = await create('a', { type: 'NodePort' });
    const ip = body.spec?.clusterIP;
    const port = body.spec?.ports?.[0]?.nodePort;
    expect(ip).toMatch(/^10\.96\.0\.\d+$/);
    expect(Number(port)).toBeGreaterThanOrEqual(30_000);
    const put = await test.call('PUT', `${SERVICES}/a`, {
      body: {
        metadata: { name: 'a' },
        spec: { type: 'NodePort', ports: [{ port: 80 }], selector: { x: 'y' } },
      },
    });
    expect(put.body).toMatchObject({ spec: { clusterIP: ip, ports: [{ nodePort: port }] } });
  });

  it('gives no value to two, and a released one to the next', async () => {
    await create('a', { clusterIP: '10.96.0.77' });
    const taken = await create('b', { clusterIP: '10.96.0.77' });
    expect(taken.status).toBe(422);
    expect(taken.body.message).toContain(
      'failed to allocate IP 10.96.0.77: provided IP is already allocated',
    );
    const outside = await create('b', { clusterIP: '10.97.0.1' });
    expect(outside.body.message).toContain('the provided network does not match the current range');
    await test.call('DELETE', `${SERVICES}/a`);
    expect((await create('b', { clusterIP: '10.96.0.77' })).status).toBe(201);
  });

  it('clears what belongs to a former type', async () => {
    const { body } = await create('a', { type: 'NodePort' });
    const changed = await test.call('PATCH', `${SERVICES}/a`, {
      headers: merge,
      body: { spec: { type: 'ClusterIP' } },
    });
    expect(changed.body.spec?.ports?.[0]?.nodePort).toBeUndefined();
    expect(changed.body.spec?.clusterIP).toBe(body.spec?.clusterIP);
    const port = Number(body.spec?.ports?.[0]?.nodePort);
    expect((await create('b', { type: 'NodePort', ports: [{ port: 80, nodePort: port }] })).status).toBe(201);
  });

  it('knows headless services', async () => {
    const { body } = await create('a', { clusterIP: 'None' });
    expect(body).toMatchObject({ spec: { clusterIP: 'None', clusterIPs: ['None'] } });
    const families = async (name: string, spec: object) => {
      const created = (await create(name, { clusterIP: 'None', ...spec })).body.spec;
      return [created?.ipFamilyPolicy, created?.ipFamilies];
    };
    expect(await families('b', {})).toEqual(['RequireDualStack', ['IPv4', 'IPv6']]);
    expect(await families('c', { ipFamilies: ['IPv6'] })).toEqual(['RequireDualStack', ['IPv6', 'IPv4']]);
    expect(await families('d', { ipFamilyPolicy: 'SingleStack' })).toEqual(['SingleStack', ['IPv4']]);
    expect(await families('e', { selector: { app: 'a' } })).toEqual(['SingleStack', ['IPv4']]);
  });
});

describe('addresses of Services', () => {
  let test: TestServer;
  beforeEach(async () => {
    test = await startTestServer();
  });
  afterEach(() => test.close());
  const CIDRS = '/apis/networking.k8s.io/v1/servicecidrs';
  const create = (name: string, clusterIP: string) =>
    test.call('POST', SERVICES, { body: { metadata: { name }, spec: { clusterIP, ports: [{ port: 80 }] } } });
  const setReady = (status: string) =>
    test.call('PATCH', `${CIDRS}/extra/status`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: {
        status: {
          conditions: [
            { type: 'Ready', status, reason: 'x', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' },
          ],
        },
      },
    });

  it('come from the ServiceCIDRs that are ready, too', async () => {
    await test.call('POST', CIDRS, {
      body: { metadata: { name: 'extra' }, spec: { cidrs: ['10.200.0.0/28'] } },
    });
    expect((await create('early', '10.200.0.5')).status).toBe(422);
    await setReady('True');
    expect((await create('inside', '10.200.0.5')).status).toBe(201);
    expect((await create('again', '10.200.0.5')).body.message).toContain('provided IP is already allocated');
    await setReady('False');
    expect((await create('late', '10.200.0.6')).body.message).toContain(
      'the provided network does not match the current range',
    );
    // What holds an address of a range that is going can still be changed, and let go.
    const kept = await test.call('PATCH', `${SERVICES}/inside`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { metadata: { labels: { x: 'y' } } },
    });
    expect(kept.body).toMatchObject({ metadata: { labels: { x: 'y' } }, spec: { clusterIP: '10.200.0.5' } });
  });

  it('are not those that an IPAddress of something else holds', async () => {
    const address = {
      metadata: { name: '10.96.0.77' },
      spec: { parentRef: { group: 'example.com', resource: 'gateways', name: 'x' } },
    };
    expect(
      (await test.call('POST', '/apis/networking.k8s.io/v1/ipaddresses', { body: address })).status,
    ).toBe(201);
    expect((await create('held', '10.96.0.77')).body.message).toContain('provided IP is already allocated');
  });
});

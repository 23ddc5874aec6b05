import type { ServiceCIDR } from '@gantry/api/generated/types';
import { ipAddresses, serviceCIDRs, services } from '@gantry/client/resources';
import { afterEach, expect, test, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { serviceAddressController } from './addresses.ts';
import { serviceCidrController } from './controller.ts';

let scene: Harness | undefined;
afterEach(() => scene?.stop());

const cidr = (name: string, range: string): ServiceCIDR => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name },
  spec: { cidrs: [range] },
});
const service = (name: string, ip: string) => ({
  apiVersion: 'v1' as const,
  kind: 'Service' as const,
  metadata: { name, namespace: 'a' },
  spec: { clusterIP: ip, clusterIPs: [ip], ports: [{ port: 80 }] },
});

test('a range becomes ready, and once deleted stays until no address needs it', async () => {
  let now = Date.now();
  scene = harness([serviceCidrController(), serviceAddressController()], () => now);
  const { client } = scene;
  await client.create(serviceCIDRs, cidr('main', '10.96.0.0/12'));
  await client.create(serviceCIDRs, cidr('inner', '10.97.0.0/24'));
  await client.create(serviceCIDRs, cidr('extra', '10.200.0.0/24'));
  scene.start();
  const peek = (name: string) => client.peek(serviceCIDRs, '', name) as ServiceCIDR | undefined;
  await vi.waitFor(() =>
    expect(peek('extra')).toMatchObject({
      metadata: { finalizers: ['networking.k8s.io/service-cidr-finalizer'] },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    }),
  );
  await client.create(services, service('far', '10.200.0.9'));
  await client.create(services, service('near', '10.97.0.9'));
  await vi.waitFor(() =>
    expect(client.peek(ipAddresses, '', '10.200.0.9')).toMatchObject({
      metadata: {
        labels: {
          'ipaddress.kubernetes.io/ip-family': 'IPv4',
          'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
        },
      },
      spec: { parentRef: { resource: 'services', namespace: 'a', name: 'far' } },
    }),
  );
  await vi.waitFor(() => expect(client.peek(ipAddresses, '', '10.97.0.9')).toBeDefined());

  await client.delete(serviceCIDRs, '', 'extra');
  await client.delete(serviceCIDRs, '', 'inner');
  await vi.waitFor(() =>
    expect(peek('extra')?.status?.conditions).toMatchObject([{ status: 'False', reason: 'Terminating' }]),
  );
  // A larger range holds what the inner one held; it goes after a while.
  expect(peek('inner')?.status?.conditions).toMatchObject([{ status: 'True' }]);
  now += 11_000;
  await client.delete(services, 'a', 'far');
  await vi.waitFor(() => expect(client.peek(ipAddresses, '', '10.200.0.9')).toBeUndefined());
  await vi.waitFor(() => expect(peek('extra')).toBeUndefined());
  await vi.waitFor(() => expect(peek('inner')).toBeUndefined());
});

test('of two equal ranges that are deleted together none goes before their addresses', async () => {
  let now = Date.now();
  scene = harness([serviceCidrController(), serviceAddressController()], () => now);
  const { client } = scene;
  await client.create(serviceCIDRs, cidr('one', '10.200.0.0/24'));
  await client.create(serviceCIDRs, cidr('other', '10.200.0.0/24'));
  await client.create(services, service('kept', '10.200.0.9'));
  scene.start();
  const conditions = (name: string) =>
    (client.peek(serviceCIDRs, '', name) as ServiceCIDR | undefined)?.status?.conditions;
  await vi.waitFor(() => {
    expect(conditions('one')).toMatchObject([{ status: 'True' }]);
    expect(conditions('other')).toMatchObject([{ status: 'True' }]);
    expect(client.peek(ipAddresses, '', '10.200.0.9')).toBeDefined();
  });
  await client.delete(serviceCIDRs, '', 'one');
  await client.delete(serviceCIDRs, '', 'other');
  await vi.waitFor(() => {
    expect(conditions('one')).toMatchObject([{ status: 'False', reason: 'Terminating' }]);
    expect(conditions('other')).toMatchObject([{ status: 'False', reason: 'Terminating' }]);
  });
  now += 11_000;
  await client.delete(services, 'a', 'kept');
  await vi.waitFor(() => {
    expect(client.peek(serviceCIDRs, '', 'one')).toBeUndefined();
    expect(client.peek(serviceCIDRs, '', 'other')).toBeUndefined();
  });
});

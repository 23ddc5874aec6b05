import type { EndpointSlice, Pod, Service } from '@gantry/api/generated/types';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideEndpoints } from '../endpoints/decide.ts';
import { decideSlices } from './decide.ts';

const service: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'a', uid: 's', labels: { team: 'x' } },
  spec: {
    selector: { app: 'web' },
    clusterIP: '10.96.0.7',
    ipFamilies: ['IPv4'],
    ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' }],
  },
};

const pod = (i: number, change: { port?: number; ready?: boolean; deleted?: boolean } = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `p${i}`,
    namespace: 'a',
    uid: `u${i}`,
    ...(change.deleted === true ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
  },
  spec: {
    nodeName: 'n1',
    containers: [{ name: 'c', ports: [{ name: 'web', containerPort: change.port ?? 8080 }] }],
  },
  status: {
    phase: 'Running',
    podIPs: [{ ip: `10.0.${Math.floor(i / 250)}.${i % 250}` }],
    conditions: [{ type: 'Ready', status: change.ready === false ? 'False' : 'True' }],
  },
});

const stored = (slices: readonly EndpointSlice[]): EndpointSlice[] =>
  slices.map((slice, i) => ({ ...slice, metadata: { ...slice.metadata, name: `web-${i}` } }));
const noNode = () => undefined;

test('a pod becomes an endpoint with its conditions, port by name and reference', () => {
  const { create } = decideSlices(service, [pod(1), pod(2, { deleted: true })], noNode, []);
  expect(create).toHaveLength(1);
  expect(create[0]).toMatchObject({
    addressType: 'IPv4',
    metadata: {
      generateName: 'web-',
      labels: {
        team: 'x',
        'kubernetes.io/service-name': 'web',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
    },
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  });
  expect(create[0]?.endpoints).toEqual([
    {
      addresses: ['10.0.0.1'],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: 'n1',
      targetRef: { kind: 'Pod', namespace: 'a', name: 'p1', uid: 'u1' },
    },
    expect.objectContaining({ conditions: { ready: false, serving: true, terminating: true } }),
  ]);
});

test('a Service without pods keeps one empty slice', () => {
  const { create } = decideSlices(service, [], noNode, []);
  expect(create.map((slice) => slice.endpoints)).toEqual([[]]);
  expect(decideSlices(service, [], noNode, stored(create))).toEqual({ create: [], update: [], remove: [] });
});

test('after the plan every pod is in exactly one slice of at most 100, and planning again changes nothing', () => {
  const scene = fc.array(fc.record({ id: fc.integer({ min: 0, max: 400 }), port: fc.constantFrom(80, 81) }), {
    maxLength: 250,
  });
  fc.assert(
    fc.property(scene, scene, (before, after) => {
      const podsFrom = (list: typeof before) =>
        [...new Map(list.map(({ id, port }) => [id, port]))].map(([id, port]) => pod(id, { port }));
      let slices = stored(decideSlices(service, podsFrom(before), noNode, []).create);
      const target = podsFrom(after);
      const plan = decideSlices(service, target, noNode, slices);
      const updated = new Map(plan.update.map((slice) => [slice.metadata.name, slice]));
      slices = slices
        .filter((slice) => !plan.remove.some((gone) => gone.metadata.name === slice.metadata.name))
        .map((slice) => updated.get(slice.metadata.name) ?? slice);
      slices.push(
        ...plan.create.map((slice, i) => ({ ...slice, metadata: { ...slice.metadata, name: `new-${i}` } })),
      );
      const uids = slices.flatMap((slice) => (slice.endpoints ?? []).map((one) => one.targetRef?.uid));
      expect(uids.sort()).toEqual(target.map(({ metadata }) => metadata.uid).sort());
      for (const slice of slices) expect(slice.endpoints?.length ?? 0).toBeLessThanOrEqual(100);
      expect(decideSlices(service, target, noNode, slices)).toEqual({ create: [], update: [], remove: [] });
    }),
    { numRuns: fuzzRuns(40) },
  );
});

test('Endpoints hold ready and not ready addresses by their ports, and are left alone when they fit', () => {
  const next = decideEndpoints(service, [pod(2), pod(1), pod(3, { ready: false })], undefined);
  expect(next?.metadata.labels).toEqual({
    team: 'x',
    'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
  });
  expect(next?.subsets).toEqual([
    {
      addresses: [expect.objectContaining({ ip: '10.0.0.1' }), expect.objectContaining({ ip: '10.0.0.2' })],
      notReadyAddresses: [expect.objectContaining({ ip: '10.0.0.3' })],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    },
  ]);
  expect(decideEndpoints(service, [pod(1), pod(2), pod(3, { ready: false })], next)).toBeUndefined();
});

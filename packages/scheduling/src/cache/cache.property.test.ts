import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { podInfo } from '../framework/pod-info.ts';
import { makeCache, makeCycle, makeNode, makePod, place } from '../testing/objects.ts';

const nodeNames = ['a', 'b', 'c'];
const shape = fc.record({
  cpu: fc.constantFrom('100m', '1', '2500m'),
  memory: fc.constantFrom('64Mi', '2Gi', '5Gi'),
  app: fc.constantFrom('x', 'y'),
  anti: fc.boolean(),
  port: fc.constantFrom(0, 80),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;
const step = fc.oneof(
  fc.record({ op: fc.constant('schedule' as const), id: fc.nat(14), shape }),
  fc.record({
    op: fc.constantFrom('confirm' as const, 'forget' as const, 'remove' as const),
    id: fc.nat(14),
  }),
  fc.record({
    op: fc.constantFrom('dropNode' as const, 'addNode' as const),
    node: fc.constantFrom(...nodeNames),
  }),
);

const build = (id: number, s: Shape) =>
  makePod(
    `p${id}`,
    { cpu: s.cpu, memory: s.memory, labels: { app: s.app } },
    {
      ...(s.port
        ? {
            containers: [
              {
                name: 'c',
                resources: { requests: { cpu: s.cpu, memory: s.memory } },
                ports: [{ containerPort: 1, hostPort: s.port }],
              },
            ],
          }
        : {}),
      ...(s.anti
        ? {
            affinity: {
              podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                  { labelSelector: { matchLabels: { app: s.app } }, topologyKey: 'kubernetes.io/hostname' },
                ],
              },
            },
          }
        : {}),
    },
  );

describe('scheduler cache', () => {
  it('never overcommits a node, and its sums and counts are those of the pods on it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const cache = makeCache(nodeNames.map((name) => makeNode(name)));
        const placed = new Map<string, { pod: ReturnType<typeof makePod>; node: string; sure: boolean }>();
        const counts = () => cache.count('x', (p) => p.labels.app === 'x').byNode;
        counts();
        for (const s of steps) {
          if (s.op === 'dropNode') cache.removeNode(s.node);
          else if (s.op === 'addNode') cache.setNode(makeNode(s.node));
          else if ('shape' in s) {
            const pod = build(s.id, s.shape);
            const key = `default/${pod.metadata.name}`;
            if (placed.has(key)) continue;
            const result = place(makeCycle(cache, pod));
            if (!('node' in result)) continue;
            cache.assume(podInfo(pod), result.node.name);
            placed.set(key, { pod, node: result.node.name, sure: false });
          } else if ('id' in s) {
            const key = `default/p${s.id}`;
            const known = placed.get(key);
            if (s.op === 'remove') cache.removePod(key);
            else if (s.op === 'forget') cache.forget(key);
            else if (known) cache.setPod({ ...known.pod, spec: { ...known.pod.spec, nodeName: known.node } });
            if (s.op === 'remove' || (s.op === 'forget' && known?.sure === false)) placed.delete(key);
            else if (s.op === 'confirm' && known) known.sure = true;
          }
        }
        for (const node of cache.nodes) {
          const here = [...placed.values()].filter((p) => p.node === node.name).map((p) => podInfo(p.pod));
          for (const name of ['cpu', 'memory']) {
            const sum = here.reduce((total, p) => total + (p.requests.get(name) ?? 0), 0);
            expect(node.requested.get(name) ?? 0).toBe(sum);
            expect(sum).toBeLessThanOrEqual(node.allocatable.get(name) ?? 0);
          }
          expect(here.filter((p) => p.hostPorts.length > 0).length).toBeLessThanOrEqual(1);
          expect(counts().get(node.name) ?? 0).toBe(here.filter((p) => p.labels.app === 'x').length);
          for (const app of ['x', 'y']) {
            const same = here.filter((p) => p.labels.app === app);
            if (same.some((p) => p.requiredAntiAffinity.length > 0)) expect(same).toHaveLength(1);
          }
        }
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('a pod that fits nowhere fits once a node with room is there', () => {
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 12 }), shape, (shapes, wanted) => {
        const cache = makeCache([makeNode('a')]);
        shapes.forEach((s, id) => {
          const pod = build(id, s);
          const result = place(makeCycle(cache, pod));
          if ('node' in result) cache.assume(podInfo(pod), result.node.name);
        });
        const pod = build(99, wanted);
        if ('node' in place(makeCycle(cache, pod))) return;
        cache.setNode(makeNode('b', { allocatable: { memory: '16Gi' } }));
        const result = place(makeCycle(cache, pod));
        expect('node' in result && result.node.name).toBe('b');
      }),
    );
  });
});

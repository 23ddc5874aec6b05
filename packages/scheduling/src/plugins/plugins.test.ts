import type { Pod } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import type { Listers } from '../framework/plugin.ts';
import { makeCache, makeNode, makePod, outcome, type PodShape } from '../testing/objects.ts';

const zoned = (name: string, zone: string) =>
  makeNode(name, { labels: { 'topology.kubernetes.io/zone': zone } });
const none = (reasons: string, nodes = 1) => `0/${nodes} nodes are available: ${reasons}.`;

interface Case {
  readonly name: string;
  readonly nodes: Parameters<typeof makeCache>[0];
  readonly pods?: readonly Pod[];
  readonly pod: Pod;
  readonly expected: string;
}
const pod = (spec: Partial<Pod['spec']> = {}, shape: PodShape = {}) => makePod('new', shape, spec);
const antiAffinity = (labels: Record<string, string>, topologyKey = 'topology.kubernetes.io/zone') => ({
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: labels }, topologyKey }],
  },
});
const affinity = (labels: Record<string, string>) => ({
  podAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: labels }, topologyKey: 'topology.kubernetes.io/zone' },
    ],
  },
});
const spread = (maxSkew = 1, more = {}) => ({
  topologySpreadConstraints: [
    {
      maxSkew,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'a' } },
      ...more,
    },
  ],
});

const cases: Case[] = [
  { name: 'no nodes', nodes: [], pod: pod(), expected: 'no nodes available to schedule pods' },
  {
    name: 'cordoned',
    nodes: [makeNode('a', { spec: { unschedulable: true } })],
    pod: pod(),
    expected: none('1 node(s) were unschedulable'),
  },
  {
    name: 'taints and resources, counted by reason and sorted',
    nodes: [
      makeNode('a', { spec: { taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] } }),
      makeNode('b', { allocatable: { cpu: '1' } }),
      makeNode('c', { allocatable: { cpu: '1', memory: '1Ki' } }),
    ],
    pod: pod({}, { cpu: '2', memory: '1Mi' }),
    expected: none('1 Insufficient memory, 1 node(s) had untolerated taint(s), 2 Insufficient cpu', 3),
  },
  {
    name: 'a tolerated taint',
    nodes: [makeNode('a', { spec: { taints: [{ key: 'k', value: 'v', effect: 'NoExecute' }] } })],
    pod: pod({ tolerations: [{ key: 'k', operator: 'Equal', value: 'v' }] }),
    expected: 'a',
  },
  {
    name: 'a full node',
    nodes: [makeNode('a', { allocatable: { pods: '1' } })],
    pods: [makePod('p', { node: 'a' })],
    pod: pod(),
    expected: none('1 Too many pods'),
  },
  {
    name: 'node selector',
    nodes: [makeNode('a'), makeNode('b', { labels: { disk: 'ssd' } })],
    pod: pod({ nodeSelector: { disk: 'ssd' } }),
    expected: 'b',
  },
  {
    name: 'node affinity by name leaves the other nodes out',
    nodes: [makeNode('a'), makeNode('b', { allocatable: { cpu: '1' } })],
    pod: pod(
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }] }],
            },
          },
        },
      },
      { cpu: '2' },
    ),
    expected: none("1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]", 2),
  },
  {
    name: 'host ports',
    nodes: [makeNode('a')],
    pods: [
      makePod(
        'p',
        { node: 'a' },
        { containers: [{ name: 'c', ports: [{ containerPort: 1, hostPort: 80, hostIP: '10.0.0.1' }] }] },
      ),
    ],
    pod: pod({ containers: [{ name: 'c', ports: [{ containerPort: 2, hostPort: 80 }] }] }),
    expected: none("1 node(s) didn't have free ports for the requested pod ports"),
  },
  {
    name: 'anti-affinity of the pod',
    nodes: [zoned('a', 'x'), zoned('b', 'x'), zoned('c', 'y')],
    pods: [makePod('p', { node: 'a', labels: { app: 'a' } })],
    pod: pod({ affinity: antiAffinity({ app: 'a' }) }),
    expected: 'c',
  },
  {
    name: 'anti-affinity of a pod that is there',
    nodes: [zoned('a', 'x')],
    pods: [makePod('p', { node: 'a' }, { affinity: antiAffinity({ app: 'new' }) })],
    pod: pod({}, { labels: { app: 'new' } }),
    expected: none("1 node(s) didn't satisfy existing pods anti-affinity rules"),
  },
  {
    name: 'affinity to a pod in another zone',
    nodes: [zoned('a', 'x'), zoned('b', 'y'), zoned('c', 'y')],
    pods: [makePod('p', { node: 'c', labels: { app: 'db' } }), makePod('q', { node: 'c', cpu: '4' })],
    pod: pod({ affinity: affinity({ app: 'db' }) }, { cpu: '1' }),
    expected: 'b',
  },
  {
    name: 'affinity to nobody',
    nodes: [zoned('a', 'x')],
    pod: pod({ affinity: affinity({ app: 'db' }) }),
    expected: none("1 node(s) didn't match pod affinity rules"),
  },
  {
    name: 'affinity to itself, as the first of its kind',
    nodes: [zoned('a', 'x')],
    pod: pod({ affinity: affinity({ app: 'db' }) }, { labels: { app: 'db' } }),
    expected: 'a',
  },
  {
    name: 'affinity does not reach into other namespaces',
    nodes: [zoned('a', 'x')],
    pods: [makePod('p', { node: 'a', labels: { app: 'db' }, namespace: 'other' })],
    pod: pod({ affinity: affinity({ app: 'db' }) }),
    expected: none("1 node(s) didn't match pod affinity rules"),
  },
  {
    name: 'spread over zones',
    nodes: [zoned('a', 'x'), zoned('b', 'y')],
    pods: [makePod('p', { node: 'a', labels: { app: 'a' } })],
    pod: pod(spread(), { labels: { app: 'a' } }),
    expected: 'b',
  },
  {
    name: 'spread that can not be kept, and a node without the label',
    nodes: [zoned('a', 'x'), zoned('b', 'y'), makeNode('c')],
    pods: [makePod('p', { node: 'a', labels: { app: 'a' } }), makePod('q', { node: 'b', cpu: '4' })],
    pod: pod(spread(), { labels: { app: 'a' }, cpu: '1' }),
    expected: none(
      "1 Insufficient cpu, 1 node(s) didn't match pod topology spread constraints, 1 node(s) didn't match pod topology spread constraints (missing required label)",
      3,
    ),
  },
  {
    name: 'spread with fewer domains than asked for',
    nodes: [zoned('a', 'x')],
    pods: [makePod('p', { node: 'a', labels: { app: 'a' } })],
    pod: pod(spread(1, { minDomains: 2 }), { labels: { app: 'a' } }),
    expected: none("1 node(s) didn't match pod topology spread constraints"),
  },
  {
    name: 'sidecars and init containers',
    nodes: [makeNode('a', { allocatable: { cpu: '3' } }), makeNode('b', { allocatable: { cpu: '5' } })],
    pod: pod({
      initContainers: [
        { name: 's', restartPolicy: 'Always', resources: { requests: { cpu: '1' } } },
        { name: 'i', resources: { requests: { cpu: '2500m' } } },
      ],
    }),
    expected: 'b',
  },
];

describe('filters', () => {
  it.each(cases)('$name', ({ nodes, pods = [], pod: incoming, expected }) => {
    expect(outcome(makeCache(nodes, pods), incoming)).toBe(expected);
  });
});

describe('scores', () => {
  const prefer = (
    name: string,
    nodes: Case['nodes'],
    incoming: Pod,
    expected: string,
    pods: readonly Pod[] = [],
    listers: Partial<Listers> = {},
  ) => it(name, () => expect(outcome(makeCache(nodes, pods), incoming, listers)).toBe(expected));
  prefer('prefers the emptier node', [makeNode('a'), makeNode('b')], pod({}, { cpu: '1' }), 'b', [
    makePod('p', { node: 'a', cpu: '1' }),
  ]);
  prefer(
    'avoids PreferNoSchedule',
    [makeNode('a', { spec: { taints: [{ key: 'k', effect: 'PreferNoSchedule' }] } }), makeNode('b')],
    pod({}, { cpu: '1' }),
    'b',
    [makePod('p', { node: 'b', cpu: '2' })],
  );
  prefer(
    'follows node preferences',
    [makeNode('a'), makeNode('b', { labels: { gpu: 'yes' } })],
    pod({
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: 'gpu', operator: 'Exists' }] } },
          ],
        },
      },
    }),
    'b',
  );
  prefer(
    'keeps pods of one controller apart',
    [makeNode('a'), makeNode('b')],
    pod({}, { labels: { app: 'a' } }),
    'b',
    [makePod('p', { node: 'a', labels: { app: 'a' } }), makePod('q', { node: 'b', cpu: '1' })],
    { ownerSelector: () => [{ key: 'app', operator: '=', values: ['a'] }] },
  );
  const image = (size: number) => ({ names: ['nginx:1'], sizeBytes: size });
  const withImage = makeNode('b');
  withImage.status = { ...withImage.status, images: [image(900 * 1024 * 1024)] };
  prefer('prefers a node that has the image', [makeNode('a'), withImage], pod({}, { cpu: '10m' }), 'b');
});

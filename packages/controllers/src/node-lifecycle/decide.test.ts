import type { Node, Pod, Taint } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { blockAt, blocksOf, nextFree, parseRange } from '../node-ipam/decide.ts';
import { decideEviction } from '../taint-eviction/decide.ts';
import { decideTaints, decideUnknown, GRACE_MS, STARTUP_GRACE_MS } from './decide.ts';
import { noneReady } from './total-outage.ts';

const NOW = Date.parse('2026-01-01T00:10:00Z');
const node = (ready?: string, spec: Node['spec'] = {}): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n' },
  spec,
  status: ready === undefined ? {} : { conditions: [{ type: 'Ready', status: ready }] },
});
const PREFIX = 'node.kubernetes.io/';
const effects = (taints: readonly Taint[] | undefined) => taints?.map(({ effect }) => effect);
const seen = (ago: number) => ({ sign: 'x', at: NOW - ago });

test('a node that fell silent is unknown after the grace; one that never spoke gets longer', () => {
  expect(decideUnknown(node('True'), seen(GRACE_MS), NOW)).toBeUndefined();
  const silent = decideUnknown(node('True'), seen(GRACE_MS + 1), NOW);
  expect(silent?.map(({ type, status, reason }) => [type, status, reason])).toEqual([
    ['Ready', 'Unknown', 'NodeStatusUnknown'],
    ['MemoryPressure', 'Unknown', 'NodeStatusNeverUpdated'],
    ['DiskPressure', 'Unknown', 'NodeStatusNeverUpdated'],
    ['PIDPressure', 'Unknown', 'NodeStatusNeverUpdated'],
  ]);
  expect(decideUnknown(node(), seen(GRACE_MS + 1), NOW)).toBeUndefined();
  expect(decideUnknown(node(), seen(STARTUP_GRACE_MS + 1), NOW)).toHaveLength(4);
  const again = { ...node(), status: { conditions: [...(silent ?? [])] } };
  expect(decideUnknown(again, seen(GRACE_MS * 9), NOW)).toBeUndefined();
});

test('conditions keep their places when a node falls silent', () => {
  const condition = (type: string) => ({ type, status: 'False' });
  const status = { conditions: ['PIDPressure', 'NetworkUnavailable', 'Ready'].map(condition) };
  const silent = decideUnknown({ ...node(), status }, seen(GRACE_MS + 1), NOW);
  expect(silent?.map(({ type, status: now }) => `${type}=${now}`)).toEqual([
    'PIDPressure=Unknown',
    'NetworkUnavailable=False',
    'Ready=Unknown',
    'MemoryPressure=Unknown',
    'DiskPressure=Unknown',
  ]);
});

test('taints follow the conditions, and those of others stay', () => {
  const other = { key: 'gpu', effect: 'NoSchedule' };
  const stale = { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' };
  const unknown = decideTaints(node('Unknown', { taints: [other, stale] }), NOW, true);
  expect(unknown?.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
    'gpu:NoSchedule',
    'node.kubernetes.io/unreachable:NoSchedule',
    'node.kubernetes.io/unreachable:NoExecute',
  ]);
  expect(decideTaints(node('Unknown', { taints: [...(unknown ?? [])] }), NOW, true)).toBeUndefined();
  expect(decideTaints(node('True', { taints: [...(unknown ?? [])] }), NOW, true)).toEqual([other]);
  expect(decideTaints(node('True', { unschedulable: true }), NOW, true)).toMatchObject([
    { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
  ]);
});

test('while no node is ready, nobody is evicted', () => {
  const silent = node('Unknown');
  const isReady = ({ status }: Node) => status?.conditions?.[0]?.status === 'True';
  expect(noneReady([silent, node(), node('False')], isReady)).toBe(true);
  expect(noneReady([silent, node('True')], isReady)).toBe(false);
  const apart = { ...node('True'), metadata: { name: 'x', labels: { [`${PREFIX}exclude-disruption`]: '' } } };
  expect(noneReady([silent, apart], isReady)).toBe(true);
  expect(noneReady([apart], isReady)).toBe(false);
  const evicting = decideTaints(silent, NOW, true) ?? [];
  expect(effects(decideTaints(silent, NOW, false))).toEqual(['NoSchedule']);
  expect(effects(decideTaints(node('Unknown', { taints: [...evicting] }), NOW, false))).toEqual([
    'NoSchedule',
  ]);
});

test('a pod leaves at once, after its toleration, or never', () => {
  const taint = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' };
  const pod = (...tolerations: NonNullable<Pod['spec']['tolerations']>): Pod => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [], tolerations },
  });
  expect(decideEviction(pod(), [taint])).toEqual({ type: 'after', ms: 0 });
  expect(decideEviction(pod(), [{ ...taint, effect: 'NoSchedule' }])).toEqual({ type: 'never' });
  const tolerated = { key: taint.key, operator: 'Exists', effect: 'NoExecute' };
  expect(decideEviction(pod(tolerated), [taint])).toEqual({ type: 'never' });
  expect(decideEviction(pod({ ...tolerated, tolerationSeconds: 300 }), [taint])).toEqual({
    type: 'after',
    ms: 300_000,
  });
});

test('blocks of a cluster range are handed out in turn and never twice', () => {
  const range = parseRange('10.244.0.0/22', 24);
  expect(blockAt(range, 3)).toBe('10.244.3.0/24');
  expect(blocksOf(range, '10.244.1.0/23')).toEqual([1, 2]);
  expect(blocksOf(range, '10.96.0.0/12')).toEqual([]);
  expect(nextFree(range, new Set([0, 1]), 0)).toBe(2);
  expect(nextFree(range, new Set([0, 2, 3]), 3)).toBe(1);
  expect(nextFree(range, new Set([0, 1, 2, 3]), 3)).toBeUndefined();
  expect(() => parseRange('10.244.0.0/25', 24)).toThrow('--cluster-cidr 10.244.0.0/25: too small');
  expect(() => parseRange('10.300.0.0/16', 24)).toThrow('not an IPv4 range');
});

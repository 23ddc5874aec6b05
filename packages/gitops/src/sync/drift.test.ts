import type { AnyObject } from '@gantry/machinery/object';
import { expect, test } from 'vitest';
import { DriftMarks } from './drift.ts';

const object = (kind: string, resourceVersion: string, more: object = {}): AnyObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a', namespace: 'ns', resourceVersion },
  ...more,
});
const result = (after: AnyObject) =>
  ({ apiVersion: 'v1', kind: after.kind, name: 'a', operation: 'update', after }) as const;

test('a status is no drift, another spec is, and of kinds whose contents are not kept any change may be', () => {
  const marks = new DriftMarks();
  const before = object('Service', '1', { spec: { type: 'ClusterIP' } });
  const status = object('Service', '2', { spec: { type: 'ClusterIP' }, status: { loadBalancer: {} } });
  const spec = object('Service', '3', { spec: { type: 'NodePort' } });
  expect(marks.isDrift(status, before, false)).toBe(false);
  expect(marks.isDrift(spec, status, false)).toBe(true);
  expect(marks.isDrift(spec, undefined, true)).toBe(true);
  expect(marks.isDrift(object('ConfigMap', '2'), object('ConfigMap', '1'), false)).toBe(true);
});

test("the echo of our own write is no drift, also when it comes before the write's answer", () => {
  const marks = new DriftMarks();
  const ours = object('ConfigMap', '7');
  marks.mark('shop', ours, false);
  marks.applied([result(ours)]);
  expect(marks.isDrift(ours, object('ConfigMap', '6'), false)).toBe(false);
  expect(marks.take('shop')).toEqual(new Set());
  marks.mark('shop', object('ConfigMap', '8'), false);
  expect(marks.take('shop')).toEqual(new Set(['/ConfigMap/ns/a']));
  marks.settle('shop');
  expect(marks.take('shop')).toEqual(new Set());
});

test('what was taken is looked at again until it is settled', () => {
  const marks = new DriftMarks();
  marks.mark('shop', object('ConfigMap', '7'), false);
  expect(marks.take('shop')).toEqual(new Set(['/ConfigMap/ns/a']));
  expect(marks.take('shop')).toEqual(new Set(['/ConfigMap/ns/a']));
  marks.mark('shop', object('Service', '8'), false);
  expect(marks.take('shop')).toEqual(new Set(['/ConfigMap/ns/a', '/Service/ns/a']));
  marks.mark('shop', object('Secret', '9'), false);
  marks.settle('shop');
  expect(marks.take('shop')).toEqual(new Set(['/Secret/ns/a']));
});

test('what is put back is looked at again', () => {
  const marks = new DriftMarks();
  marks.applied([result(object('ConfigMap', '7'))]);
  marks.putBack('shop', new Set(['/ConfigMap/ns/a']));
  expect(marks.take('shop')).toEqual(new Set(['/ConfigMap/ns/a']));
});

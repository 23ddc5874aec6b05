import { expect, it } from 'vitest';
import { compileKind } from '../../compile.ts';
import type { Job, PodSpec } from '../../generated/types.ts';
import { context, stored } from '../../testing/objects.ts';
import { job } from './job.ts';

const container = { name: 'c', image: 'i', resources: { requests: { cpu: '1' } } };
const before = (status: Job['status'], suspend = true): Job => {
  const made = stored(job, {
    metadata: { name: 'a', namespace: 'default', uid: 'u-1' },
    spec: { suspend, template: { spec: { restartPolicy: 'Never', containers: [container] } } },
  });
  return { ...made, status } as unknown as Job;
};
const faults = (old: Job, change: Partial<PodSpec>): string[] => {
  const next = structuredClone(old);
  next.spec.template.spec = { ...next.spec.template.spec, ...change } as PodSpec;
  const compiled = compileKind(job);
  compiled.applyDefaults(next as never);
  return compiled
    .validateUpdate(next as never, old as never, context())
    .map(({ field, message }) => `${field}: ${message.replace(/^Invalid value: .*: /s, '')}`);
};

const bigger = { containers: [{ ...container, resources: { requests: { cpu: '2' } } }] };
const suspended = { type: 'Suspended', status: 'True' };
const startTime = '2026-01-01T00:00:00Z';

it.each<[Job['status']]>([[{}], [{ startTime, conditions: [suspended] }]])(
  'a suspended Job without pods (%j) lets its pods have other nodes and sizes',
  (status) => {
    expect(faults(before(status), bigger)).toEqual([]);
    expect(faults(before(status), { nodeSelector: { a: 'b' } })).toEqual([]);
    expect(faults(before(status), { initContainers: [{ name: 'd', image: 'i' }] })).toEqual([
      'spec.template.spec: field is immutable',
    ]);
    expect(faults(before(status), { containers: [{ ...container, image: 'other' }] })).toEqual([
      'spec.template.spec: field is immutable',
    ]);
  },
);

it.each<[Job['status'], boolean]>([
  [{}, false],
  [{ startTime }, true],
  [{ startTime, conditions: [suspended], active: 1 }, true],
])('a Job whose pods run, or ran (%j, suspended: %s), does not', (status, suspend) => {
  const old = before(status, suspend);
  expect(faults(old, bigger)).toEqual(['spec.template: field is immutable']);
  expect(faults(old, { nodeSelector: { a: 'b' } })).toEqual(['spec.template: field is immutable']);
});

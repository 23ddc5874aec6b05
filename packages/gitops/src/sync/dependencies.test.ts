import type { Application, ApplicationStatus, Repository } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { whyBlocked } from './dependencies.ts';

const lister = <T extends { metadata: { namespace?: string; name: string } }>(all: readonly T[]) => ({
  get: (namespace: string, name: string) =>
    all.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name),
  list: () => all,
  byIndex: () => [],
});

const application = (
  name: string,
  dependsOn: readonly string[],
  status: ApplicationStatus = {},
): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: 'shop', generation: 1 },
  spec: { source: { repository: 'shop' }, dependsOn: dependsOn.map((one) => ({ name: one })) },
  status: { observedGeneration: 1, ...status },
});

const repository: Repository = {
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Repository',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: { hosted: true },
  status: { branches: { main: 'new' } },
};

const why = (all: readonly Application[]): string | undefined =>
  whyBlocked({ applications: lister(all), repositories: lister([repository]) }, all[0] as Application);

const done: ApplicationStatus = { commit: 'new', sync: 'Synced', health: 'Healthy' };

test('who depends on nobody, or on those who are synced and healthy, may begin', () => {
  expect(why([application('a', [])])).toBeUndefined();
  expect(why([application('a', ['b']), application('b', [], done)])).toBeUndefined();
});

test('the others are told for what they wait', () => {
  expect(why([application('a', ['b'])])).toBe('waits for Application shop/b: there is no such Application');
  const waits = (status: ApplicationStatus) => why([application('a', ['b']), application('b', [], status)]);
  expect(waits({ ...done, health: 'Degraded' })).toBe('waits for Application shop/b: it is Degraded');
  expect(waits({ ...done, commit: 'old' })).toBe(
    'waits for Application shop/b: commit new is not applied yet',
  );
  expect(waits({ ...done, observedGeneration: 0 })).toBe(
    'waits for Application shop/b: it has just been changed',
  );
  const operation = { commit: 'new', message: 'PreSync hooks waits for Job/x: running' };
  expect(waits({ ...done, operation })).toBe(
    'waits for Application shop/b: PreSync hooks waits for Job/x: running',
  );
});

test('who was rolled back, is suspended or waits for a request is ready as it is', () => {
  const waits = (status: ApplicationStatus, automated = true) => {
    const one = application('b', [], status);
    if (!automated) one.spec.syncPolicy = { automated: false };
    return why([application('a', ['b']), one]);
  };
  expect(waits({ ...done, health: 'Suspended' })).toBeUndefined();
  const quarantine = { commit: 'new', rolledBackTo: 'old' };
  expect(waits({ ...done, commit: 'old', quarantine })).toBeUndefined();
  expect(waits({ ...done, quarantine })).toBe('waits for Application shop/b: commit old is not applied yet');
  // What came since ends the rollback.
  expect(waits({ ...done, commit: 'old', quarantine: { ...quarantine, commit: 'other' } })).toContain(
    'commit new is not applied yet',
  );
  const behind: ApplicationStatus = { ...done, commit: 'old', sync: 'OutOfSync' };
  expect(waits(behind, false)).toBeUndefined();
  expect(waits({ ...behind, health: 'Degraded' }, false)).toContain('it is Degraded');
  const drifted = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', sync: 'OutOfSync' as const };
  expect(waits({ ...behind, objects: [drifted] }, false)).toContain('it is OutOfSync');
  expect(waits({}, false)).toContain('commit new is not applied yet');
});

test('what another namespace says of itself is not told', () => {
  const waits = (namespace: string) => {
    const one = application('b', [], { ...done, sync: 'OutOfSync', message: 'Secret/x is missing' });
    const first = application('a', []);
    first.spec.dependsOn = [{ name: 'b', namespace }];
    return why([first, { ...one, metadata: { ...one.metadata, namespace } }]);
  };
  expect(waits('shop')).toBe('waits for Application shop/b: it is OutOfSync, Secret/x is missing');
  expect(waits('other')).not.toContain('Secret/x');
});

test('a circle is named, also one that it only leads to', () => {
  const circle = [application('a', ['b']), application('b', ['c']), application('c', ['a'])];
  expect(why(circle)).toBe(
    'spec.dependsOn goes round in a circle: shop/a → shop/b → shop/c → shop/a; none of them can begin',
  );
  expect(why([application('a', ['a'])])).toContain('shop/a → shop/a');
  // It waits for those that are in it, and they say so.
  expect(why([application('d', ['a']), ...circle])).toContain('waits for Application shop/a');
});

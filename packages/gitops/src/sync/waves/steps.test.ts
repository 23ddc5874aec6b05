import type { AnyObject } from '@gantry/machinery/object';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameOf, type SourceObject } from '../../render/source-object.ts';
import { annotationProblems, hookOf, waveOf } from './annotations.ts';
import { type Steps, stepsOf } from './steps.ts';

const source = (object: object): SourceObject => ({
  object: object as AnyObject,
  file: 'a.yaml',
  line: 1,
  positionOf: () => ({ line: 1, column: 1 }),
});

const object = (kind: string, name: string, annotations: Record<string, string> = {}, more = {}) =>
  source({ apiVersion: 'v1', kind, metadata: { name, namespace: 'shop', annotations }, ...more });

const wave = (number: number) => ({ 'gitops.gantry.dev/wave': String(number) });
const hook = (phases: string, more: Record<string, string> = {}) => ({
  'gitops.gantry.dev/hook': phases,
  ...more,
});

/** `Sync -1: ConfigMap/a +Job/x wait prune` */
const shown = ({ main }: Steps): string[] =>
  main.map(
    (step) =>
      `${step.phase} ${step.wave}: ${[
        ...step.objects.map((one) => nameOf(one.object)),
        ...step.hooks.map((one) => `+${nameOf(one.object)}`),
        ...(step.waits ? ['wait'] : []),
        ...(step.prunes ? ['prune'] : []),
      ].join(' ')}`,
  );

describe('steps of a sync', () => {
  test('of a plain commit are one', () => {
    expect(shown(stepsOf([object('ConfigMap', 'a'), object('Namespace', 'n')]))).toEqual([
      'Sync 0: ConfigMap/a Namespace/n prune',
    ]);
    expect(shown(stepsOf([]))).toEqual(['Sync 0: prune']);
  });

  test('are the waves in their order, with hooks before, between and after', () => {
    const steps = stepsOf([
      object('ConfigMap', 'b', wave(5)),
      object('ConfigMap', 'a', { 'argocd.argoproj.io/sync-wave': '-2' }),
      object('ConfigMap', 'z'),
      object('Job', 'pre2', { ...hook('PreSync'), ...wave(2) }),
      object('Job', 'pre1', { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '-5' }),
      object('Job', 'in', { ...hook('Sync'), ...wave(5) }),
      object('Job', 'both', { 'argocd.argoproj.io/hook': 'PostSync,SyncFail' }),
      object('Job', 'test', { 'helm.sh/hook': 'test' }),
      object('ConfigMap', 'skipped', { 'argocd.argoproj.io/hook': 'Skip' }),
    ]);
    expect(shown(steps)).toEqual([
      'PreSync -5: +Job/pre1',
      'PreSync 2: +Job/pre2',
      'Sync -2: ConfigMap/a wait',
      'Sync 0: ConfigMap/z wait',
      'Sync 5: ConfigMap/b +Job/in wait prune',
      'PostSync 0: +Job/both',
    ]);
    expect(steps.onFailure.map(({ hooks }) => hooks.map((one) => nameOf(one.object)))).toEqual([
      ['Job/both'],
    ]);
  });

  test('begin with definitions whose objects come along, and with namespaces that an early wave needs', () => {
    const definition = (name: string, annotations = {}) =>
      source({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name, annotations },
        spec: { group: 'example.com', names: { kind: 'Widget' } },
      });
    const widget = source({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } });
    expect(shown(stepsOf([widget, object('Namespace', 'n'), definition('d')]))).toEqual([
      'Sync 0: CustomResourceDefinition/d Namespace/n wait',
      'Sync 0: Widget/w prune',
    ]);
    expect(shown(stepsOf([definition('d'), object('ConfigMap', 'a')]))).toEqual([
      'Sync 0: CustomResourceDefinition/d ConfigMap/a prune',
    ]);
    expect(shown(stepsOf([widget, definition('d', wave(-3))]))).toEqual([
      'Sync -3: CustomResourceDefinition/d wait',
      'Sync 0: Widget/w prune',
    ]);
    expect(shown(stepsOf([object('Namespace', 'n'), object('ConfigMap', 'a', wave(-1))]))).toEqual([
      'Sync -1: Namespace/n wait',
      'Sync -1: ConfigMap/a prune',
    ]);
  });

  test('of a selection hold it alone, without hooks and pruning', () => {
    const all = [object('ConfigMap', 'a'), object('ConfigMap', 'b'), object('Job', 'h', hook('PreSync'))];
    expect(shown(stepsOf(all, new Set(['/ConfigMap/shop/b', '/Job/shop/h'])))).toEqual([
      'Sync 0: ConfigMap/b',
    ]);
  });

  test('hold every object once and every hook once a phase, waves ascending', () => {
    const annotations = fc.record(
      {
        'gitops.gantry.dev/wave': fc.integer({ min: -3, max: 3 }).map(String),
        'gitops.gantry.dev/hook': fc.constantFrom(
          'PreSync',
          'Sync',
          'PostSync',
          'SyncFail',
          'PreSync,PostSync',
        ),
      },
      { requiredKeys: [] },
    );
    const kinds = fc.constantFrom('ConfigMap', 'Namespace', 'Job');
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, annotations), { maxLength: 12 }), (made) => {
        const all = made.map(([kind, some], index) => object(kind, `o${index}`, some));
        const { main, onFailure } = stepsOf(all);
        for (const one of all) {
          const phases = hookOf(one.object)?.phases;
          const places = [...main, ...onFailure].filter(
            (step) => step.objects.includes(one) || step.hooks.includes(one),
          );
          expect(places.map(({ phase }) => phase).sort()).toEqual([...(phases ?? ['Sync'])].sort());
        }
        for (const phase of ['PreSync', 'Sync', 'PostSync'] as const) {
          const waves = main.filter((step) => step.phase === phase).map((step) => step.wave);
          expect(waves).toEqual([...waves].sort((a, b) => a - b));
        }
        expect(main.filter(({ prunes }) => prunes)).toHaveLength(1);
      }),
    );
  });
});

describe('annotations', () => {
  test('are read in the three spellings, our own first', () => {
    const both = object('Job', 'j', {
      ...hook('PostSync', { 'gitops.gantry.dev/hook-delete-policy': 'HookFailed' }),
      'helm.sh/hook': 'pre-install',
      'helm.sh/hook-delete-policy': 'hook-succeeded',
    });
    expect(hookOf(both.object)).toEqual({ phases: ['PostSync'], policies: ['HookFailed'] });
    const helm = object('Job', 'j', {
      'helm.sh/hook': 'post-install',
      'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
    });
    expect(hookOf(helm.object)?.policies).toEqual(['BeforeHookCreation', 'HookSucceeded']);
    expect(hookOf(object('Job', 'j', hook('PreSync')).object)?.policies).toEqual(['BeforeHookCreation']);
    expect(hookOf(object('Job', 'j').object)).toBeUndefined();
    expect(waveOf(object('Job', 'j', { 'helm.sh/hook-weight': '7' }).object)).toBe(0);
  });

  test('that say nothing are problems', () => {
    const problems = annotationProblems([
      object('Job', 'a', { 'gitops.gantry.dev/wave': '1.5' }),
      object('Job', 'b', hook('PreSync,Later')),
      object('Job', 'c', hook('PreSync', { 'gitops.gantry.dev/hook-delete-policy': 'Never' })),
      object('Job', 'd', { 'helm.sh/hook': 'pre-delete', 'argocd.argoproj.io/sync-wave': '-10' }),
    ]);
    expect(problems.map(({ object: name, reason }) => `${name} ${reason.slice(0, 29)}`)).toEqual([
      'Job/a Invalid value: "1.5": must be',
      'Job/b Unsupported value: "Later": s',
      'Job/c Unsupported value: "Never": s',
    ]);
  });
});

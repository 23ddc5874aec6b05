import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import { identityOf } from '../../render/render.ts';
import type { SourceObject } from '../../render/source-object.ts';
import { type HookPhase, hookOf, isHeld, namedWave, waveOf } from './annotations.ts';

/** What is applied at once and then waited for: one wave of one phase. */
export interface Step {
  readonly phase: HookPhase;
  readonly wave: number;
  /** What the Application holds. */
  readonly objects: readonly SourceObject[];
  /** What runs once and is not held. */
  readonly hooks: readonly SourceObject[];
  /** Whether what comes after needs its objects healthy. Hooks are always waited for. */
  readonly waits: boolean;
  /** Whether what Git no longer holds goes with it: the last one of phase Sync. */
  readonly prunes: boolean;
}

export interface Steps {
  /** In their order. At least one. */
  readonly main: readonly Step[];
  /** What runs when one of them failed. */
  readonly onFailure: readonly Step[];
}

const group = (object: AnyObject): string => parseGroupVersion(object.apiVersion).group;
const isDefinition = (object: AnyObject): boolean =>
  object.kind === 'CustomResourceDefinition' && group(object) === 'apiextensions.k8s.io';
const isNamespace = (object: AnyObject): boolean => object.kind === 'Namespace' && group(object) === '';

/** `group/Kind` that a CustomResourceDefinition brings. */
function definedBy(object: AnyObject): string {
  const spec = object.spec as { group?: string; names?: { kind?: string } } | undefined;
  return `${spec?.group ?? ''}/${spec?.names?.kind ?? ''}`;
}

/**
 * Namespaces and definitions that name no wave go before everything else when something needs them there: objects of the
 * kinds that the commit itself defines, or an earlier wave or hook in one of its namespaces.
 */
function goingFirst(objects: readonly SourceObject[]): ReadonlySet<SourceObject> {
  const free = objects.filter(({ object }) => namedWave(object) === undefined && isHeld(object));
  const kinds = new Set(objects.map(({ object }) => `${group(object)}/${object.kind}`));
  const definitions = free.filter(({ object }) => isDefinition(object) && kinds.has(definedBy(object)));
  const namespaces = free.filter(({ object }) => isNamespace(object));
  const isNeededEarly = objects.some(
    ({ object }) => waveOf(object) < 0 || hookOf(object)?.phases.includes('PreSync') === true,
  );
  return new Set([
    ...definitions,
    ...(definitions.length > 0 || isNeededEarly
      ? [...namespaces, ...free.filter(({ object }) => isDefinition(object))]
      : []),
  ]);
}

/** By wave, ascending. */
function byWave(objects: readonly SourceObject[]): [number, SourceObject[]][] {
  const waves = new Map<number, SourceObject[]>();
  for (const source of objects) {
    const wave = waveOf(source.object);
    const held = waves.get(wave);
    if (held === undefined) waves.set(wave, [source]);
    else held.push(source);
  }
  return [...waves].sort(([a], [b]) => a - b);
}

const hooksOf = (objects: readonly SourceObject[], phase: HookPhase): SourceObject[] =>
  objects.filter(({ object }) => hookOf(object)?.phases.includes(phase) === true);

const hookSteps = (objects: readonly SourceObject[], phase: HookPhase): Step[] =>
  byWave(hooksOf(objects, phase)).map(([wave, hooks]) => ({
    phase,
    wave,
    objects: [],
    hooks,
    waits: false,
    prunes: false,
  }));

/**
 * The steps of a sync. `only`: identities of the objects that a selective sync takes; it runs no hooks and prunes
 * nothing.
 */
export function stepsOf(all: readonly SourceObject[], only?: ReadonlySet<string>): Steps {
  const objects =
    only === undefined ? all : all.filter(({ object }) => isHeld(object) && only.has(identityOf(object)));
  const first = goingFirst(objects);
  const firstWave = Math.min(0, ...objects.map(({ object }) => waveOf(object)));
  const early: Omit<Step, 'waits' | 'prunes'>[] =
    first.size === 0 ? [] : [{ phase: 'Sync', wave: firstWave, objects: [...first], hooks: [] }];
  const rest = objects.filter((source) => !first.has(source));
  const inSync = [...rest.filter(({ object }) => isHeld(object)), ...hooksOf(rest, 'Sync')];
  const waves = byWave(inSync).map(
    ([wave, members]): Omit<Step, 'waits' | 'prunes'> => ({
      phase: 'Sync',
      wave,
      objects: members.filter(({ object }) => isHeld(object)),
      hooks: members.filter(({ object }) => !isHeld(object)),
    }),
  );
  if (waves.length === 0) waves.push({ phase: 'Sync', wave: 0, objects: [], hooks: [] });
  const pre = hookSteps(rest, 'PreSync');
  const post = hookSteps(rest, 'PostSync');
  const applied = waves.map((step, index) => ({
    ...step,
    waits: index < waves.length - 1 || post.length > 0,
    prunes: only === undefined && index === waves.length - 1,
  }));
  return {
    main: [...early.map((step) => ({ ...step, waits: true, prunes: false })), ...pre, ...applied, ...post],
    onFailure: hookSteps(objects, 'SyncFail'),
  };
}

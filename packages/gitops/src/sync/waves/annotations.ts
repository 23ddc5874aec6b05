import type { AnyObject } from '@gantry/machinery/object';
import { nameOf, placeOfField, type SourceObject, type SourceProblem } from '../../render/source-object.ts';

export type HookPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail';
export type DeletePolicy = 'BeforeHookCreation' | 'HookSucceeded' | 'HookFailed';

export interface Hook {
  /** When it runs. None: it is a hook of a kind that a sync has no place for, so that it is left alone. */
  readonly phases: readonly HookPhase[];
  readonly policies: readonly DeletePolicy[];
}

const WAVE = ['gitops.gantry.dev/wave', 'argocd.argoproj.io/sync-wave'];
const HOOK = ['gitops.gantry.dev/hook', 'argocd.argoproj.io/hook'];
const POLICY = ['gitops.gantry.dev/hook-delete-policy', 'argocd.argoproj.io/hook-delete-policy'];
const HELM_HOOK = 'helm.sh/hook';
const HELM_WEIGHT = 'helm.sh/hook-weight';
const HELM_POLICY = 'helm.sh/hook-delete-policy';
/** What ran it: kept on each hook, so that one that ran already is told from one that is yet to run. */
export const HOOK_RUN = 'gitops.gantry.dev/hook-run';
/** Argo CD's word for a manifest that is not applied. */
const SKIP = 'Skip';

const PHASES: readonly HookPhase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];
const POLICIES: readonly DeletePolicy[] = ['BeforeHookCreation', 'HookSucceeded', 'HookFailed'];
const HELM_PHASES: Readonly<Record<string, HookPhase>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};
const HELM_POLICIES: Readonly<Record<string, DeletePolicy>> = {
  'before-hook-creation': 'BeforeHookCreation',
  'hook-succeeded': 'HookSucceeded',
  'hook-failed': 'HookFailed',
};

/** The first of the annotations that is set, and its name. */
function read(object: AnyObject, names: readonly string[]): { name: string; text: string } | undefined {
  for (const name of names) {
    const text = object.metadata.annotations?.[name];
    if (text !== undefined) return { name, text: String(text).trim() };
  }
  return undefined;
}

const words = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** The wave in which an object is applied; a hook's place among those of its phase. 0 where none is named. */
export const waveOf = (object: AnyObject): number => namedWave(object) ?? 0;

/** The wave that an object names itself. */
export function namedWave(object: AnyObject): number | undefined {
  const helm = object.metadata.annotations?.[HELM_HOOK] === undefined ? [] : [HELM_WEIGHT];
  const text = read(object, [...WAVE, ...helm])?.text;
  return text === undefined || !isWave(text) ? undefined : Number(text);
}

const isWave = (text: string): boolean => /^[+-]?\d{1,9}$/.test(text);

/** What an object's annotations say of it as a hook; undefined when it is none. */
export function hookOf(object: AnyObject): Hook | undefined {
  const own = read(object, HOOK);
  const helm = object.metadata.annotations?.[HELM_HOOK];
  if (own === undefined && helm === undefined) return undefined;
  const named = own === undefined ? words(helm).map((word) => HELM_PHASES[word]) : words(own.text);
  const asked =
    read(object, POLICY) === undefined
      ? words(object.metadata.annotations?.[HELM_POLICY]).map((word) => HELM_POLICIES[word])
      : words(read(object, POLICY)?.text);
  const policies = POLICIES.filter((policy) => asked.includes(policy));
  return {
    phases: PHASES.filter((phase) => named.includes(phase)),
    policies: policies.length === 0 ? ['BeforeHookCreation'] : policies,
  };
}

/** Whether the object is one that the Application holds: no hook, and nothing that is passed over. */
export const isHeld = (object: AnyObject): boolean => hookOf(object) === undefined;

/** Annotations of waves and hooks that say nothing. */
export function annotationProblems(objects: readonly SourceObject[]): SourceProblem[] {
  return objects.flatMap((source) => {
    const { object } = source;
    if (object.metadata.annotations === undefined) return [];
    const at = (name: string, reason: string): SourceProblem => ({
      ...placeOfField(source, ['metadata', 'annotations', name]),
      object: nameOf(object),
      field: `metadata.annotations[${name}]`,
      reason,
    });
    const wave = read(object, [...WAVE, HELM_WEIGHT]);
    return [
      ...(wave === undefined || isWave(wave.text)
        ? []
        : [at(wave.name, `Invalid value: ${JSON.stringify(wave.text)}: must be an integer`)]),
      ...unknownWords(read(object, HOOK), [...PHASES, SKIP], at),
      ...unknownWords(read(object, POLICY), POLICIES, at),
    ];
  });
}

function unknownWords(
  annotation: { name: string; text: string } | undefined,
  known: readonly string[],
  at: (name: string, reason: string) => SourceProblem,
): SourceProblem[] {
  if (annotation === undefined) return [];
  return words(annotation.text)
    .filter((word) => !known.includes(word))
    .map((word) =>
      at(
        annotation.name,
        `Unsupported value: ${JSON.stringify(word)}: supported values: ${known.join(', ')}`,
      ),
    );
}

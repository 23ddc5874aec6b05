import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import { conditionsOf, type Health, type PodsOf, statusOf } from '../../health/assessment.ts';
import { healthOf } from '../../health/health.ts';
import { identityOf } from '../../render/render.ts';
import { nameOf, type SourceObject } from '../../render/source-object.ts';
import type { LiveObjects } from '../live-objects.ts';
import { HOOK_RUN } from './annotations.ts';
import { type HookEnd, hookEnd, runsToAnEnd } from './hook-ends.ts';

/** Whether what comes after may begin. */
export type Readiness =
  | { readonly type: 'ready' }
  | { readonly type: 'waiting'; readonly message: string }
  /** It will never be. `failed` are the hooks that failed, by `Kind/name`. */
  | { readonly type: 'failed'; readonly message: string; readonly failed: ReadonlySet<string> };

const NAMES_SHOWN = 3;

type State = { readonly type: 'ready' | 'waiting' | 'failed'; readonly message: string };

const READY: State = { type: 'ready', message: '' };
const waiting = (message: string): State => ({ type: 'waiting', message });
const failed = (message: string): State => ({ type: 'failed', message });

const isTrue = (object: AnyObject, type: string): boolean =>
  conditionsOf(object).some((condition) => condition.type === type && condition.status === 'True');

const keyOfKind = (object: AnyObject): string =>
  `${parseGroupVersion(object.apiVersion).group}/${object.kind}`;

/** How far an object of a wave is. What ended badly won't get better by waiting; all else may. */
function objectState(object: AnyObject | undefined, pods: PodsOf): State {
  const health = healthOf(object, pods);
  if (object === undefined) return waiting(health.message);
  const kind = keyOfKind(object);
  if (kind === 'batch/Job' && isTrue(object, 'Failed')) return failed(health.message || 'failed');
  if (kind === 'apiextensions.k8s.io/CustomResourceDefinition')
    return isTrue(object, 'Established') ? READY : waiting('not established yet');
  if (kind === 'gitops.gantry.dev/Application') return applicationState(object, health);
  return byHealth(health);
}

const byHealth = ({ status, message }: Health): State =>
  ['Healthy', 'Suspended', 'Unmanaged'].includes(status) ? READY : waiting(message || status);

function applicationState(object: AnyObject, health: Health): State {
  const { observedGeneration, sync } = statusOf(object);
  const isSeen = observedGeneration === object.metadata.generation && sync === 'Synced';
  return isSeen ? byHealth(health) : waiting(health.message || 'not synced yet');
}

/** How far a hook is: what runs to an end has to have come to it, the rest has to be healthy. */
function hookState(
  object: AnyObject | undefined,
  run: string,
  pods: PodsOf,
  ended: HookEnd | undefined,
): State {
  if (object === undefined || object.metadata.annotations?.[HOOK_RUN] !== run) {
    // A Job may go by itself as soon as it is through.
    if (ended === 'succeeded') return READY;
    return failed(ended === 'failed' ? 'failed, and is gone' : 'it was deleted before it was done');
  }
  const health = healthOf(object, pods);
  if (!runsToAnEnd(object)) return objectState(object, pods);
  const end = hookEnd(object);
  if (end === 'succeeded') return READY;
  return end === 'failed' ? failed(health.message || 'failed') : waiting(health.message || 'running');
}

/** How far the applied objects and hooks of a step are, from the cluster as it is. */
export async function readinessOf(
  live: Pick<LiveObjects, 'get' | 'podsBySelector' | 'endOfRun'>,
  objects: readonly SourceObject[],
  hooks: readonly SourceObject[],
  run: string,
): Promise<Readiness> {
  const pods = await live.podsBySelector();
  const get = ({ object }: SourceObject): Promise<AnyObject | undefined> =>
    live.get(object.apiVersion, object.kind, object.metadata.namespace ?? '', object.metadata.name);
  const states = [
    ...(await Promise.all(
      objects.map(async (source) => ({ source, state: objectState(await get(source), pods) })),
    )),
    ...(await Promise.all(
      hooks.map(async (source) => ({
        source,
        state: hookState(await get(source), run, pods, live.endOfRun(identityOf(source.object), run)),
      })),
    )),
  ];
  const of = (type: State['type']) => states.filter(({ state }) => state.type === type);
  const ended = of('failed');
  const message = (some: typeof states): string => {
    const lines = some
      .slice(0, NAMES_SHOWN)
      .map(({ source, state }) => `${nameOf(source.object)}: ${state.message}`);
    return [...lines, ...(some.length > lines.length ? [`and ${some.length - lines.length} more`] : [])].join(
      '; ',
    );
  };
  if (ended.length > 0)
    return {
      type: 'failed',
      message: message(ended),
      failed: new Set(ended.map(({ source }) => nameOf(source.object))),
    };
  const open = of('waiting');
  return open.length === 0 ? { type: 'ready' } : { type: 'waiting', message: message(open) };
}

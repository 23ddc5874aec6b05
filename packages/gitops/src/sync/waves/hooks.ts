import type { Application } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Client } from '@gantry/client/port';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { suffixed } from '../../plan/suffixed.ts';
import type { KindFinder, ServedKind } from '../../render/kinds.ts';
import { identityOf } from '../../render/render.ts';
import { nameOf, type SourceObject, type SourceProblem } from '../../render/source-object.ts';
import { entryIdentity, inventoryOf } from '../inventory.ts';
import { type DeletePolicy, HOOK_RUN, type HookPhase, hookOf } from './annotations.ts';

/** Names one run of the hooks of a phase: equal after a restart, another one for each try. */
export const hookRun = (
  application: Application,
  phase: HookPhase,
  commit: string,
  startTime: string,
): string => `${keyOf(application)} ${commit} ${phase} ${startTime}`;

/** A hook as it is made for one run. One with generateName gets a name of its own for each. */
export function hookForRun(source: SourceObject, run: string): SourceObject {
  const { object } = source;
  const { metadata } = object;
  const name = metadata.generateName === undefined ? metadata.name : suffixed(metadata.name, run);
  const annotations = { ...metadata.annotations, [HOOK_RUN]: run };
  return { ...source, object: { ...object, metadata: { ...metadata, name, annotations } } };
}

export interface HookParts {
  /** May read everything. */
  readonly reader: Client;
  /** With the rights of the sync. */
  readonly client: Client;
  readonly kinds: KindFinder;
}

/** What has to be made for a run, once nothing of a former run is in its way. */
export interface Prepared {
  readonly hooks: readonly SourceObject[];
  readonly problems: readonly SourceProblem[];
  /** What must go first. */
  readonly waitsFor: readonly string[];
}

/**
 * Deletes what former runs left of these hooks. What this run made already (before a restart) isn't made again; what is
 * no hook of this Application is a problem.
 */
export async function prepareHooks(
  parts: HookParts,
  application: Application,
  hooks: readonly SourceObject[],
  run: string,
): Promise<Prepared> {
  const todo: SourceObject[] = [];
  const problems: SourceProblem[] = [];
  const waitsFor: string[] = [];
  for (const source of hooks) {
    const state = await clearWay(parts, application, source.object, run);
    if (state === 'free') todo.push(source);
    else if (state === 'going') waitsFor.push(`the former ${nameOf(source.object)} to be gone`);
    else if (state !== 'running')
      problems.push({
        file: source.file,
        line: source.line,
        object: nameOf(source.object),
        reason: state.problem,
      });
  }
  return { hooks: todo, problems, waitsFor };
}

type Way = 'free' | 'running' | 'going' | { readonly problem: string };

async function clearWay(
  parts: HookParts,
  application: Application,
  object: AnyObject,
  run: string,
): Promise<Way> {
  const kind = await parts.kinds.find(object.apiVersion, object.kind);
  if (kind === undefined) return 'free';
  const live = await readLive(parts.reader, kind, object);
  if (live === undefined) return 'free';
  const ranFor = live.metadata.annotations?.[HOOK_RUN];
  if (ranFor === run && live.metadata.deletionTimestamp === undefined) return 'running';
  const held = inventoryOf(application).some((entry) => entryIdentity(entry) === identityOf(object));
  if (ranFor?.startsWith(`${keyOf(application)} `) !== true && !held)
    return { problem: 'it is there already, and is no hook of this Application' };
  if (live.metadata.deletionTimestamp === undefined) {
    const problem = await removeLive(parts.client, kind, live);
    if (problem !== undefined) return { problem };
    if ((await readLive(parts.reader, kind, object)) === undefined) return 'free';
  }
  return 'going';
}

async function readLive(
  client: Client,
  kind: ServedKind,
  { metadata: { namespace = '', name } }: AnyObject,
): Promise<AnyObject | undefined> {
  try {
    return await client.get<AnyObject>(kind, namespace, name);
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** Returns why it may not be deleted. */
async function removeLive(
  client: Client,
  kind: ServedKind,
  { metadata: { namespace = '', name, uid = '' } }: AnyObject,
): Promise<string | undefined> {
  try {
    await client.delete(kind, namespace, name, {
      propagationPolicy: 'Background',
      preconditions: { uid },
    });
    return undefined;
  } catch (error) {
    if (isStatusError(error, 'NotFound') || isStatusError(error, 'Conflict')) return undefined;
    if (isStatusError(error, 'Forbidden')) return error.message;
    throw error;
  }
}

/** Deletes the hooks of a run whose policy says so. What can't be deleted stays: the next run tells. */
export async function removeHooks(
  parts: HookParts,
  hooks: readonly SourceObject[],
  run: string,
  policy: DeletePolicy,
): Promise<void> {
  for (const { object } of hooks) {
    if (hookOf(object)?.policies.includes(policy) !== true) continue;
    const kind = await parts.kinds.find(object.apiVersion, object.kind);
    const live = kind === undefined ? undefined : await readLive(parts.reader, kind, object);
    if (kind !== undefined && live?.metadata.annotations?.[HOOK_RUN] === run)
      await removeLive(parts.client, kind, live);
  }
}

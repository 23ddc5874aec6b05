import type { Client } from '@gantry/client/port';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { KindFinder } from '../../render/kinds.ts';
import { identityOf } from '../../render/render.ts';
import type { SourceObject } from '../../render/source-object.ts';
import type { LiveObjects } from '../live-objects.ts';
import { HOOK_RUN } from './annotations.ts';
import { runsToAnEnd } from './hook-ends.ts';

const READ_SECONDS = 5;

export interface HookLogParts {
  /** May read everything. */
  readonly client: Client;
  readonly kinds: KindFinder;
  readonly live: Pick<LiveObjects, 'get' | 'endOfRun' | 'noteEnd'>;
}

/**
 * Notes how hooks of a run ended that are gone, and that nobody saw: they ended while no sync ran. The server's log of
 * changes has them still, from the version of the store in which they were made.
 */
export async function recallEnds(
  { client, kinds, live }: HookLogParts,
  hooks: readonly SourceObject[],
  run: string,
  revision: number,
): Promise<void> {
  for (const { object } of hooks) {
    const { apiVersion, kind, metadata } = object;
    const { namespace = '', name } = metadata;
    if (!runsToAnEnd(object) || live.endOfRun(identityOf(object), run) !== undefined) continue;
    const there = await live.get(apiVersion, kind, namespace, name);
    if (there?.metadata.annotations?.[HOOK_RUN] === run) continue;
    const resource = await kinds.find(apiVersion, kind);
    if (resource === undefined) continue;
    const options = {
      namespace,
      fieldSelector: `metadata.name=${name}`,
      resourceVersion: String(revision),
      timeoutSeconds: READ_SECONDS,
    };
    const abort = new AbortController();
    try {
      for await (const event of client.watch<AnyObject>(resource, options, abort.signal)) {
        // What is older than the log remembers is not known.
        if (event.type === 'ERROR') break;
        if (event.type === 'BOOKMARK') continue;
        live.noteEnd({ ...event.object, apiVersion, kind });
        const isOurs = event.object.metadata.annotations?.[HOOK_RUN] === run;
        if (isOurs && event.type === 'DELETED') break;
      }
    } catch (error) {
      if (!isStatusError(error, 'Expired') && !isStatusError(error, 'Gone')) throw error;
    } finally {
      abort.abort();
    }
  }
}

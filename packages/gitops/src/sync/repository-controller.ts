import type { Repository } from '@gantry/api/generated/types';
import { splitKey } from '@gantry/client/keys';
import { repositories } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { GitError } from '../git/tree.ts';
import { looks as looked } from '../metrics.ts';
import type { BranchWriter } from './branch-writer.ts';
import { parseInterval, withJitter } from './interval.ts';
import type { Looks } from './looks.ts';
import type { Sources } from './source.ts';
import { whyUnreadable } from './unreadable.ts';

export interface RepositoryParts {
  readonly sources: Sources;
  readonly writer: BranchWriter;
  readonly looks: Looks;
}

/** Keeps branches and tags of each Repository true: by polling, at a webhook, and for hosted ones when a push came. */
export function repositoryController(parts: RepositoryParts): Controller {
  return {
    name: 'repository-controller',
    inputs: [input(repositories)],
    outputs: [{ resource: repositories, subresource: 'status', verbs: ['patch'] }],
    // Most of the time is spent waiting for other servers, some of which don't answer.
    concurrency: 16,
    setup: (_context, enqueue) => parts.looks.start(enqueue),
    start: (context) => void removeOrphans(context, parts.sources),
    reconcile: (key, context) => reconcile(key, context, parts),
  };
}

async function reconcile(key: string, context: ControllerContext, parts: RepositoryParts): Promise<Outcome> {
  const { sources, writer, looks } = parts;
  const { namespace, name } = splitKey(key);
  const repository = context.informers.informer<Repository>(repositories).get(namespace, name);
  if (repository === undefined) {
    looks.forget(key);
    await sources.forget(namespace, name);
    return { type: 'done' };
  }
  if (repository.metadata.deletionTimestamp !== undefined) return { type: 'done' };
  const interval = parseInterval(repository.spec.interval ?? '1m');
  if (interval === undefined) {
    const text = `spec.interval ${JSON.stringify(repository.spec.interval)} is no duration such as 30s or 5m`;
    await writer.failed(repository, 'InvalidInterval', text);
    return { type: 'stalled', because: 'spec.interval is no duration' };
  }
  const now = context.clock.now();
  const waitMs = looks.waitMs(key, repository, now);
  if (waitMs > 0) return { type: 'requeueAfter', ms: waitMs };
  const nextMs = withJitter(interval, Math.random());
  looks.began(key, repository, now + nextMs);
  const wasReady = repository.status?.conditions?.find(({ type }) => type === 'Ready')?.status;
  try {
    await sources.exclusive(repository, async () => writer.found(repository, await sources.refs(repository)));
    looked.inc({ result: 'read' });
    looks.succeeded(key);
    if (wasReady === 'False') context.events.event(repository, 'Normal', 'SourceRead', 'can be read again');
    return { type: 'requeueAfter', ms: nextMs };
  } catch (error) {
    if (!(error instanceof GitError)) {
      looks.forget(key);
      throw error;
    }
    looked.inc({ result: 'unreachable' });
    const why = whyUnreadable(repository, error.message);
    await writer.failed(repository, 'SourceUnreachable', why);
    if (wasReady !== 'False') context.events.event(repository, 'Warning', 'SourceUnreachable', why);
    return { type: 'requeueAfter', ms: looks.failed(key, repository, nextMs, context.clock.now()) };
  }
}

/** Clones of Repositories that went while nobody watched. */
async function removeOrphans({ informers, log }: ControllerContext, sources: Sources): Promise<void> {
  const known = informers.informer<Repository>(repositories);
  try {
    for (const { namespace, name } of await sources.clones())
      if (known.get(namespace, name) === undefined) await sources.forget(namespace, name);
  } catch (error) {
    log.warn({ error: String(error) }, 'old clones could not be removed');
  }
}

import { splitKey } from '@gantry/client/keys';
import { repositories } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { GitError } from '../git/tree.ts';
import type { BranchWriter } from './branch-writer.ts';
import type { Sources } from './source.ts';

const INTERVAL_MIN_MS = 5_000;
const INTERVAL_MAX_MS = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `30s`, `5m`, `1h30m` in milliseconds, between 5 s and a day; undefined when it is no duration. */
export function parseInterval(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const match of text.matchAll(/(\d+)(ms|s|m|h)/g))
    total += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
  return Math.min(Math.max(total, INTERVAL_MIN_MS), INTERVAL_MAX_MS);
}

/** Keeps `status.branches` of each Repository true: by polling, and for hosted ones also when a push came. */
export function repositoryController(sources: Sources, writer: BranchWriter): Controller {
  return {
    name: 'repository-controller',
    inputs: [input(repositories)],
    outputs: [{ resource: repositories, subresource: 'status', verbs: ['patch'] }],
    concurrency: 8,
    reconcile: (key, context) => reconcile(key, context, sources, writer),
  };
}

async function reconcile(
  key: string,
  context: ControllerContext,
  sources: Sources,
  writer: BranchWriter,
): Promise<Outcome> {
  const { namespace, name } = splitKey(key);
  const repository = context.informers.informer(repositories).get(namespace, name);
  if (repository === undefined) {
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
  try {
    await sources.exclusive(repository, async () =>
      writer.found(repository, await sources.branches(repository)),
    );
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    await writer.failed(repository, 'SourceUnreachable', error.message);
  }
  const jitter = 0.9 + Math.random() * 0.2;
  return { type: 'requeueAfter', ms: Math.round(interval * jitter) };
}

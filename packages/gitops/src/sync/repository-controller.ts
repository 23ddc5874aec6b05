import type { Repository, RepositoryStatus } from '@gantry/api/generated/types';
import { splitKey } from '@gantry/client/keys';
import { repositories } from '@gantry/client/resources';
import { deepEqual } from '@gantry/machinery/json';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext, Outcome } from '@gantry/runtime/port';
import { GitError } from '../git/tree.ts';
import type { Sources } from './source.ts';

const INTERVAL_MIN_MS = 5_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `30s`, `5m`, `1h30m` in milliseconds, at least 5 s; undefined when it is no duration. */
export function parseInterval(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const match of text.matchAll(/(\d+)(ms|s|m|h)/g))
    total += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
  return Math.max(total, INTERVAL_MIN_MS);
}

/** Keeps `status.branches` of each Repository true: by polling, and for hosted ones also when a push came. */
export function repositoryController(sources: Sources): Controller {
  return {
    name: 'repository-controller',
    inputs: [input(repositories)],
    outputs: [{ resource: repositories, subresource: 'status', verbs: ['patch'] }],
    concurrency: 8,
    reconcile: (key, context) => reconcile(key, context, sources),
  };
}

async function reconcile(key: string, context: ControllerContext, sources: Sources): Promise<Outcome> {
  const { namespace, name } = splitKey(key);
  const repository = context.informers.informer(repositories).get(namespace, name);
  if (repository === undefined) {
    await sources.forget(namespace, name);
    return { type: 'done' };
  }
  if (repository.metadata.deletionTimestamp !== undefined) return { type: 'done' };
  const interval = parseInterval(repository.spec.interval ?? '1m');
  if (interval === undefined) {
    await setReady(
      context,
      repository,
      'False',
      'InvalidInterval',
      `spec.interval ${JSON.stringify(repository.spec.interval)} is no duration such as 30s or 5m`,
    );
    return { type: 'stalled', because: 'spec.interval is no duration' };
  }
  try {
    await sources.exclusive(repository, async () => {
      const branches = await sources.branches(repository);
      const none = Object.keys(branches).length === 0;
      const text = none ? 'there are no branches yet' : 'the branches are known';
      await setReady(context, repository, 'True', none ? 'Empty' : 'Fetched', text, branches);
    });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    // What was known stays: a source that can't be reached changes nothing.
    await setReady(context, repository, 'False', 'SourceUnreachable', error.message);
  }
  const jitter = 0.9 + Math.random() * 0.2;
  return { type: 'requeueAfter', ms: Math.round(interval * jitter) };
}

async function setReady(
  context: ControllerContext,
  repository: Repository,
  ready: 'True' | 'False',
  reason: string,
  message: string,
  branches?: Record<string, string>,
): Promise<void> {
  const now = new Date(context.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const old = repository.status?.conditions?.find((condition) => condition.type === 'Ready');
  const condition = {
    type: 'Ready',
    status: ready,
    reason,
    message,
    lastTransitionTime: old?.status === ready ? old.lastTransitionTime : now,
  };
  const status: RepositoryStatus = {
    observedGeneration: repository.metadata.generation ?? 0,
    conditions: [condition],
    ...(branches === undefined ? {} : { branches }),
  };
  const { observedGeneration, conditions, branches: known } = repository.status ?? {};
  if (deepEqual({ observedGeneration, conditions, branches: known }, { branches: known, ...status })) return;
  await writeRepositoryStatus(context.client, repository, status, now);
}

/** Replaces the branches as a whole, so that deleted ones go. */
export async function writeRepositoryStatus(
  client: ControllerContext['client'],
  repository: Repository,
  status: RepositoryStatus,
  now: string,
): Promise<void> {
  const { namespace = '', name } = repository.metadata;
  const gone = Object.keys(repository.status?.branches ?? {}).filter(
    (branch) => status.branches !== undefined && !(branch in status.branches),
  );
  const branches =
    status.branches === undefined
      ? {}
      : { branches: { ...status.branches, ...Object.fromEntries(gone.map((branch) => [branch, null])) } };
  // Of a Repository that was deleted and made again meanwhile nothing is known.
  const patch = {
    metadata: { uid: repository.metadata.uid },
    status: { ...status, ...branches, lastFetchTime: now },
  };
  await client.patch<Repository>(repositories, namespace, name, patch, {
    type: 'merge',
    subresource: 'status',
  });
}

import type { Condition, Repository, RepositoryStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { repositories } from '@gantry/client/resources';
import { deepEqual } from '@gantry/machinery/json';
import { timestamp } from '@gantry/runtime/clock';
import type { Refs } from '../git/refs.ts';

type Known = Pick<
  RepositoryStatus,
  'observedGeneration' | 'branches' | 'tags' | 'webhookPath' | 'conditions'
>;

const REPOSITORIES_MAX = 10_000;

/** Writes what is known of a Repository's branches and tags: after a look at it, and after a push. Equal states are written once. */
export class BranchWriter {
  readonly #client: Client;
  /** What was written last, by uid: the cache may lag behind. */
  readonly #written = new Map<string, Known>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Every branch's and tag's commit. */
  async found(repository: Repository, refs: Refs): Promise<void> {
    const none = Object.keys(refs.branches).length === 0;
    const left = refs.tagsLeftOut ?? 0;
    const less = left === 0 ? '' : `; ${left} of the tags, those of the lowest versions, are left out`;
    await this.#write(
      repository,
      none
        ? { status: 'True', reason: 'Empty', message: 'there are no branches yet' }
        : { status: 'True', reason: 'Fetched', message: `branches and tags are known${less}` },
      refs,
    );
  }

  /** What was known of the branches stays: a source that can't be read changes nothing. */
  async failed(repository: Repository, reason: string, message: string): Promise<void> {
    await this.#write(repository, { status: 'False', reason, message });
  }

  async #write(
    repository: Repository,
    ready: Pick<Condition, 'status' | 'reason' | 'message'>,
    refs?: Refs,
  ): Promise<void> {
    const { namespace = '', name, uid = '', generation = 0 } = repository.metadata;
    const before: Known = this.#written.get(uid) ?? repository.status ?? {};
    const last = before.conditions?.find((condition) => condition.type === 'Ready');
    const now = timestamp(Date.now());
    const lastTransitionTime = last?.status === ready.status ? last.lastTransitionTime : now;
    const branches = refs?.branches ?? before.branches;
    const tags = refs?.tags ?? before.tags;
    const path = webhookPath(repository);
    const after: Known = {
      observedGeneration: generation,
      conditions: [{ type: 'Ready', ...ready, lastTransitionTime }],
      ...(branches === undefined ? {} : { branches }),
      ...(tags === undefined ? {} : { tags }),
      ...(path === undefined ? {} : { webhookPath: path }),
    };
    if (deepEqual(pick(before), after)) return;
    const status = {
      ...after,
      branches: withRemoved(before.branches, after.branches),
      tags: withRemoved(before.tags, after.tags),
      webhookPath: path ?? null,
      lastFetchTime: now,
    };
    // The uid: of a Repository that was deleted and made again meanwhile nothing is known.
    await this.#client.patch<Repository>(
      repositories,
      namespace,
      name,
      { metadata: { uid }, status },
      { type: 'merge', subresource: 'status' },
    );
    if (this.#written.size >= REPOSITORIES_MAX) this.#written.clear();
    this.#written.set(uid, after);
  }
}

const pick = ({ observedGeneration, conditions, branches, tags, webhookPath: path }: Known): Known => ({
  ...(observedGeneration === undefined ? {} : { observedGeneration }),
  ...(conditions === undefined ? {} : { conditions }),
  ...(branches === undefined ? {} : { branches }),
  ...(tags === undefined ? {} : { tags }),
  ...(path === undefined ? {} : { webhookPath: path }),
});

/** A merge patch removes by null: refs that are gone. */
function withRemoved(
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): Record<string, string | null> {
  const gone = Object.keys(before).filter((name) => !(name in after));
  return { ...after, ...Object.fromEntries(gone.map((name) => [name, null])) };
}

/** Where the Repository's source tells of new commits; undefined when it may not. */
const webhookPath = ({ spec, metadata: { namespace = '', name } }: Repository): string | undefined =>
  spec.webhook === undefined || spec.hosted === true ? undefined : `/git/webhooks/${namespace}/${name}`;

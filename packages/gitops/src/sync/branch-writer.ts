import type { Condition, Repository, RepositoryStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { repositories } from '@gantry/client/resources';
import { deepEqual } from '@gantry/machinery/json';
import { timestamp } from '@gantry/runtime/clock';

type Known = Pick<RepositoryStatus, 'observedGeneration' | 'branches' | 'conditions'>;

const REPOSITORIES_MAX = 10_000;

/** Writes what is known of a Repository's branches: after a look at it, and after a push. Equal states are written once. */
export class BranchWriter {
  readonly #client: Client;
  /** What was written last, by uid: the cache may lag behind. */
  readonly #written = new Map<string, Known>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Every branch's commit. */
  async found(repository: Repository, branches: Record<string, string>): Promise<void> {
    const none = Object.keys(branches).length === 0;
    await this.#write(
      repository,
      none
        ? { status: 'True', reason: 'Empty', message: 'there are no branches yet' }
        : { status: 'True', reason: 'Fetched', message: 'the branches are known' },
      branches,
    );
  }

  /** What was known of the branches stays: a source that can't be read changes nothing. */
  async failed(repository: Repository, reason: string, message: string): Promise<void> {
    await this.#write(repository, { status: 'False', reason, message });
  }

  async #write(
    repository: Repository,
    ready: Pick<Condition, 'status' | 'reason' | 'message'>,
    branches?: Record<string, string>,
  ): Promise<void> {
    const { namespace = '', name, uid = '', generation = 0 } = repository.metadata;
    const before: Known = this.#written.get(uid) ?? repository.status ?? {};
    const last = before.conditions?.find((condition) => condition.type === 'Ready');
    const now = timestamp(Date.now());
    const lastTransitionTime = last?.status === ready.status ? last.lastTransitionTime : now;
    const after: Known = {
      observedGeneration: generation,
      conditions: [{ type: 'Ready', ...ready, lastTransitionTime }],
      ...((branches ?? before.branches) === undefined ? {} : { branches: branches ?? before.branches ?? {} }),
    };
    if (deepEqual(pick(before), after)) return;
    // A merge patch removes by null: branches that are gone.
    const gone = Object.keys(before.branches ?? {}).filter((branch) => !(branch in (after.branches ?? {})));
    const merged = { ...after.branches, ...Object.fromEntries(gone.map((branch) => [branch, null])) };
    const status = { ...after, branches: merged, lastFetchTime: now };
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

const pick = ({ observedGeneration, conditions, branches }: Known): Known => ({
  ...(observedGeneration === undefined ? {} : { observedGeneration }),
  ...(conditions === undefined ? {} : { conditions }),
  ...(branches === undefined ? {} : { branches }),
});

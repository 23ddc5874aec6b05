import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from '@gantry/api/generated/types';
import { git } from '../git/command.ts';
import type { HookCall, Push } from '../git/hook-channel.ts';
import type { HostedRepositories } from '../git/hosted.ts';
import { localRefs } from '../git/refs.ts';
import { GitError } from '../git/tree.ts';
import type { KeptParcel } from '../ledger/ledger.ts';
import type { Parcel } from '../ledger/outbox.ts';
import { pushRecord } from '../ledger/push-records.ts';
import { followersOf } from './followers.ts';
import type { PushParts } from './pre-receive.ts';
import type { RefUpdate } from './ref-update.ts';

/** An Application that a push moves. */
export interface Moved {
  readonly application: Application;
  readonly commit: string;
  /** `main`, `v1.2.0` */
  readonly ref: string;
}

export const movedBy = (
  { push }: HookCall,
  parts: PushParts,
  updates: readonly RefUpdate[],
): readonly Moved[] =>
  updates.flatMap((update) =>
    update.deletes
      ? []
      : followersOf(parts, push.repository, update, updates).map((application) => ({
          application,
          commit: update.newCommit,
          ref: update.branch ?? update.tag ?? update.ref,
        })),
  );

/** What the ledger is to say of pushes whose refs are about to move. */
const announced = new WeakMap<Push, KeptParcel>();

/** Writes down what the ledger is to say of a push, before its refs move: nothing that moved is then left out. */
export async function announce(
  call: HookCall,
  parts: PushParts,
  updates: readonly RefUpdate[],
): Promise<void> {
  const { identity, repository } = call.push;
  const nowMs = Date.now();
  const records = movedBy(call, parts, updates).map((moved) =>
    pushRecord({ ...moved, user: identity.name }, nowMs),
  );
  if (records.length === 0) return;
  const once = updates
    .filter((update) => !update.deletes)
    .map(({ ref, newCommit }) => ({ repository, ref, commit: newCommit }));
  const parcel = { records, once };
  announced.set(call.push, await parts.ledger.keep(parcel));
  // Git may be cut off, or find the ref locked, after it was told to go on.
  call.signal.addEventListener('abort', () => void settle(call, parts.hosted, parcel), { once: true });
}

async function settle(call: HookCall, hosted: HostedRepositories, parcel: Parcel): Promise<void> {
  const kept = announced.get(call.push);
  if (kept === undefined) return;
  announced.delete(call.push);
  await settleOnce(kept, () => hasHappened(hosted, parcel));
}

/** Git that was cut off may be about to move its refs yet: it is looked at again so long after, in milliseconds. */
const LOOK_AFTER_MS = [0, 1_000, 10_000, 60_000];

/** Sends what has happened; what has not after some looks is dropped. A process that ends leaves it to the next one. */
export async function settleOnce(
  kept: KeptParcel,
  isTrue: () => Promise<boolean>,
  afterMs: readonly number[] = LOOK_AFTER_MS,
): Promise<void> {
  for (const ms of afterMs) {
    if (ms > 0) await sleep(ms, undefined, { ref: false });
    if (await isTrue().catch(() => true)) return kept.send();
  }
  await kept.drop().catch(() => undefined);
}

/** The refs have moved. */
export function confirm({ push }: HookCall): void {
  announced.get(push)?.send();
  announced.delete(push);
}

/**
 * Whether what a former process announced has happened: one of the refs is where the push led it, or further, since the next
 * push may have come before the ledger had this one.
 */
export async function hasHappened(hosted: HostedRepositories, { once }: Parcel): Promise<boolean> {
  if (once === undefined) return true;
  for (const name of new Set(once.map(({ repository }) => repository))) {
    if (!hosted.exists(name)) continue;
    const path = hosted.path(name);
    const { branches, tags } = await localRefs(path);
    for (const { repository, ref, commit } of once) {
      const [, type, short = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
      const tip = (type === 'heads' ? branches : tags)[short];
      if (repository === name && tip !== undefined && (await isWithin(path, commit, tip))) return true;
    }
  }
  return false;
}

async function isWithin(cwd: string, commit: string, tip: string): Promise<boolean> {
  if (commit === tip) return true;
  try {
    await git(['merge-base', '--is-ancestor', commit, tip], { cwd });
    return true;
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}

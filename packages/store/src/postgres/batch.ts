import type { Claim, Guard, ResourceKey, Write, WriteOutcome } from '../port.ts';
import { bigintArray, booleanArray, intArray, smallintArray, textArray } from './arrays.ts';

/** What `gantry_write` returns. */
export interface BatchOutcome {
  /** The counter before the batch. */
  readonly previous: number;
  readonly outcomes: readonly WriteOutcome[];
}

type Failure = { readonly item: number } & (
  | { readonly reason: 'exists' | 'missing' }
  | { readonly reason: 'conflict'; readonly current: number }
  | { readonly reason: 'guard'; readonly guard: number }
  | {
      readonly reason: 'claimed';
      readonly claim: number;
      readonly resource: string;
      readonly namespace: string;
      readonly name: string;
    }
);

const opCodes = { create: 1, update: 2, delete: 3, check: 4 } as const;
const guardCodes = { exists: 1, revision: 2, absent: 3, emptyNamespace: 4 } as const;

/** In the order of the parameters of `gantry_write` after writer, batch and atomic; 24 of them. */
export function encodeWrites(writes: readonly Write[], isBusy: (resource: ResourceKey) => boolean): Buffer[] {
  const claims: { item: number; claim: Claim }[] = [];
  const guards: { item: number; guard: Guard }[] = [];
  writes.forEach((write, index) => {
    for (const claim of claimsOf(write) ?? []) claims.push({ item: index + 1, claim });
    for (const guard of write.guards ?? []) guards.push({ item: index + 1, guard });
  });
  return [
    smallintArray(writes.map(({ op }) => opCodes[op])),
    smallintArray(writes.map(({ key }) => (isBusy(key.resource) ? 1 : 0))),
    textArray(writes.map(({ key }) => key.resource)),
    textArray(writes.map(({ key }) => key.namespace)),
    textArray(writes.map(({ key }) => key.name)),
    textArray(writes.map((write) => (write.op === 'create' ? write.uid : null))),
    bigintArray(writes.map((write) => ('expected' in write ? write.expected : null))),
    textArray(writes.map((write) => ('body' in write ? (write.body ?? null) : null))),
    booleanArray(writes.map((write) => ('terminating' in write ? (write.terminating ?? null) : null))),
    textArray(writes.map(({ author }) => author ?? null)),
    textArray(writes.map(({ origin }) => origin ?? null)),
    booleanArray(writes.map((write) => claimsOf(write) !== undefined)),
    intArray(claims.map(({ item }) => item)),
    textArray(claims.map(({ claim }) => claim.pool)),
    textArray(claims.map(({ claim }) => claim.value)),
    intArray(guards.map(({ item }) => item)),
    smallintArray(guards.map(({ guard }) => guardCodes[guard.type])),
    textArray(guards.map(({ guard }) => ('key' in guard ? guard.key.resource : null))),
    textArray(guards.map(({ guard }) => ('key' in guard ? guard.key.namespace : guard.namespace))),
    textArray(guards.map(({ guard }) => ('key' in guard ? guard.key.name : null))),
    textArray(guards.map(({ guard }) => (guard.type === 'exists' ? (guard.uid ?? null) : null))),
    bigintArray(guards.map(({ guard }) => (guard.type === 'revision' ? guard.revision : null))),
    booleanArray(guards.map(({ guard }) => guard.type === 'exists' && guard.notTerminating === true)),
    textArray(
      guards.map(({ guard }) => (guard.type === 'emptyNamespace' ? JSON.stringify(guard.except) : null)),
    ),
  ];
}

/** Reads the answer of `gantry_write` for these writes. */
export function decodeOutcome(text: string, writes: readonly Write[]): BatchOutcome {
  const answer = JSON.parse(text) as {
    previous: number;
    revisions: number[];
    failures: Failure[];
  };
  const outcomes: WriteOutcome[] = answer.revisions.map((revision) => ({ ok: true, revision }));
  for (const failure of answer.failures) {
    const write = writes[failure.item];
    if (write !== undefined) outcomes[failure.item] = decodeFailure(failure, write);
  }
  return { previous: answer.previous, outcomes };
}

function decodeFailure(failure: Failure, write: Write): WriteOutcome {
  switch (failure.reason) {
    case 'conflict':
      return { ok: false, reason: 'conflict', current: failure.current };
    case 'guard': {
      const guard = write.guards?.[failure.guard];
      if (guard === undefined) throw new Error('the database names a guard that was not sent');
      return { ok: false, reason: 'guard', guard };
    }
    case 'claimed': {
      const claim = claimsOf(write)?.[failure.claim];
      if (claim === undefined) throw new Error('the database names a claim that was not sent');
      const { resource, namespace, name } = failure;
      return { ok: false, reason: 'claimed', claim, holder: { resource, namespace, name } };
    }
    default:
      return { ok: false, reason: failure.reason };
  }
}

function claimsOf(write: Write): readonly Claim[] | undefined {
  return write.op === 'create' || write.op === 'update' ? write.claims : undefined;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '@gantry/api/generated/types';
import { isStatusError } from '@gantry/machinery/status';
import type { Client } from './port.ts';
import { leases } from './resources.ts';

export interface LeaderElectionOptions {
  readonly client: Client;
  /** Namespace and name of the Lease; the original's are `kube-system` and the component's name. */
  readonly namespace: string;
  readonly name: string;
  /** Unique to this process, e.g. `HOST_UUID`. */
  readonly identity: string;
  /** Others wait this long after the last renewal before they take over. Default 15,000. */
  readonly leaseDurationMs?: number;
  /** The leader gives up when it could not renew for this long. Default 10,000. */
  readonly renewDeadlineMs?: number;
  readonly retryPeriodMs?: number;
  readonly now?: () => number;
  readonly onLeader?: (identity: string) => void;
}

const microTime = (ms: number): string => new Date(ms).toISOString().replace(/Z$/, '000Z');

/** What one process knows of the lease: what it last saw, and when by its own clock. */
interface Observation {
  lease?: Lease;
  seenAt: number;
}

/**
 * Runs `lead` while this process holds the Lease. The signal given to it ends when the lease is lost or `signal` ends.
 * Resolves when `lead` is over; throws when the lease was lost, so that the process exits and starts afresh. The lease
 * is given back on a clean end.
 */
export async function runWithLeaderElection(
  options: LeaderElectionOptions,
  signal: AbortSignal,
  lead: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const durationMs = options.leaseDurationMs ?? 15_000;
  const deadlineMs = options.renewDeadlineMs ?? 10_000;
  const retryMs = options.retryPeriodMs ?? 2_000;
  const now = options.now ?? Date.now;
  const observed: Observation = { seenAt: 0 };
  const attempt = () => tryAcquireOrRenew(options, observed, durationMs, now());

  while (!signal.aborted && !(await attempt().catch(() => false)))
    await sleep(retryMs * (1 + 0.2 * Math.random()), undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return;

  const term = new AbortController();
  const leading = lead(AbortSignal.any([signal, term.signal]));
  let over = false;
  const finished = leading.finally(() => {
    over = true;
    term.abort();
  });
  finished.catch(() => undefined);
  let renewedAt = now();
  while (!signal.aborted && !over) {
    await sleep(retryMs, undefined, { signal: AbortSignal.any([signal, term.signal]) }).catch(
      () => undefined,
    );
    if (signal.aborted || over) break;
    if (await attempt().catch(() => false)) renewedAt = now();
    else if (now() - renewedAt > deadlineMs) {
      term.abort();
      await finished.catch(() => undefined);
      throw new Error(`leader election lost: ${options.namespace}/${options.name}`);
    }
  }
  await finished;
  await release(options, observed, now()).catch(() => undefined);
}

async function tryAcquireOrRenew(
  options: LeaderElectionOptions,
  observed: Observation,
  durationMs: number,
  now: number,
): Promise<boolean> {
  const { client, namespace, name, identity } = options;
  const spec = {
    holderIdentity: identity,
    leaseDurationSeconds: Math.ceil(durationMs / 1000),
    acquireTime: microTime(now),
    renewTime: microTime(now),
    leaseTransitions: 0,
  };
  let current: Lease;
  try {
    current = await client.get(leases, namespace, name);
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
    observed.lease = await client.create(leases, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { namespace, name },
      spec,
    });
    observed.seenAt = now;
    return true;
  }
  if (observed.lease?.metadata.resourceVersion !== current.metadata.resourceVersion) {
    const holder = current.spec.holderIdentity ?? '';
    if (observed.lease?.spec.holderIdentity !== holder) options.onLeader?.(holder);
    observed.lease = current;
    observed.seenAt = now;
  }
  const holder = current.spec.holderIdentity ?? '';
  const mine = holder === identity;
  // Expiry is judged by when a change was last seen here, never by comparing clocks of two machines.
  if (!mine && holder !== '' && observed.seenAt + durationMs > now) return false;
  observed.lease = await client.update(leases, {
    ...current,
    spec: {
      ...current.spec,
      ...spec,
      acquireTime: mine ? (current.spec.acquireTime ?? spec.acquireTime) : spec.acquireTime,
      leaseTransitions: (current.spec.leaseTransitions ?? 0) + (mine ? 0 : 1),
    },
  });
  observed.seenAt = now;
  return true;
}

async function release(options: LeaderElectionOptions, observed: Observation, now: number): Promise<void> {
  const lease = observed.lease;
  if (lease?.spec.holderIdentity !== options.identity) return;
  await options.client.update(leases, {
    ...lease,
    spec: {
      ...lease.spec,
      holderIdentity: '',
      leaseDurationSeconds: 1,
      renewTime: microTime(now),
      acquireTime: microTime(now),
    },
  });
}

import type { Deployment, ReplicaSet } from '@gantry/api/generated/types';
import { limitsOf } from './limits.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';
const MAX_HISTORY_CHARACTERS = 2000;

/** Annotations of a Deployment that its ReplicaSets do not inherit. */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

/** A revision is a 64-bit number, which anybody may set: a `number` would lose its last digits. 0 for anything else. */
const parseRevision = (text: string | undefined): bigint =>
  text !== undefined && /^\d{1,19}$/.test(text) ? BigInt(text) : 0n;

/** 0 when absent or not a number. */
export const revisionOf = (object: { metadata: { annotations?: Record<string, string> } }): bigint =>
  parseRevision(object.metadata.annotations?.[REVISION]);

export const numberAnnotation = (replicaSet: ReplicaSet, name: string): number | undefined => {
  const text = replicaSet.metadata.annotations?.[name];
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
};

/** Annotations that say for which size of the Deployment a ReplicaSet was scaled last. */
export function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const { replicas, maxSurge } = limitsOf(deployment);
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + maxSurge) };
}

/**
 * The annotations that the newest ReplicaSet should have: the Deployment's own, its revision (never lowered; former ones
 * go to the history), and, when it is new, the size annotations.
 */
export function newReplicaSetAnnotations(
  deployment: Deployment,
  current: Readonly<Record<string, string>>,
  revision: bigint,
  exists: boolean,
): Record<string, string> {
  const next: Record<string, string> = { ...current };
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {}))
    if (!NOT_COPIED.has(key)) next[key] = value;
  const old = parseRevision(current[REVISION]);
  if (old < revision) {
    next[REVISION] = String(revision);
    if (old > 0n) {
      const history = (current[REVISION_HISTORY] ?? '').split(',').filter((entry) => entry !== '');
      history.push(String(old));
      while (history.join(',').length > MAX_HISTORY_CHARACTERS) history.shift();
      next[REVISION_HISTORY] = history.join(',');
    }
  }
  return exists ? next : { ...next, ...sizeAnnotations(deployment) };
}

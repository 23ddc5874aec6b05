import { isDeepStrictEqual } from 'node:util';
import type { Pod, PodCondition, PodStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { pods } from '@gantry/client/resources';
import { namespaceOf, uidOf } from './pod.ts';

/** Conditions that the agent owns; others in a pod's status are left alone. */
const OWN_CONDITIONS = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'PodResizePending',
  'PodResizeInProgress',
]);
/** Of these, the ones that are taken away once what they tell is over. */
const PASSING_CONDITIONS = ['PodResizePending', 'PodResizeInProgress'];

const REMOVABLE = [
  'reason',
  'message',
  'podIP',
  'podIPs',
  'ephemeralContainerStatuses',
  'allocatedResources',
] as const;

/**
 * What to send so that `pod`'s status becomes `wanted`: a strategic merge patch of the fields that differ, or
 * undefined when none does. Carries the uid, so that it never reaches a namesake.
 */
export function statusPatch(pod: Pod, wanted: PodStatus): object | undefined {
  const old: PodStatus = pod.status ?? {};
  const status: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(wanted)) {
    if (field === 'conditions') continue;
    const before: unknown = Reflect.get(old, field);
    if (!isDeepStrictEqual(before, value)) status[field] = fieldPatch(field, before, value);
  }
  for (const field of REMOVABLE) {
    if (wanted[field] === undefined && old[field] !== undefined) status[field] = null;
  }
  const conditions = changedConditions(old.conditions ?? [], wanted.conditions ?? []);
  if (conditions.length > 0) status.conditions = conditions;
  if (Object.keys(status).length === 0) return undefined;
  return { metadata: { uid: uidOf(pod) }, status };
}

/** What merges by key must not keep the keys of before. */
function fieldPatch(field: string, before: unknown, value: unknown): unknown {
  if (field === 'resources' && before !== undefined) return { ...(value as object), $patch: 'replace' };
  const merges = field === 'podIPs' || field === 'hostIPs';
  return merges && Array.isArray(value) ? [...value, { $patch: 'replace' }] : value;
}

function changedConditions(old: readonly PodCondition[], wanted: readonly PodCondition[]): PodCondition[] {
  const over = PASSING_CONDITIONS.filter((type) => has(old, type) && !has(wanted, type)).map(
    (type) => ({ type, $patch: 'delete' }) as unknown as PodCondition,
  );
  const changed = wanted
    .filter(({ type }) => OWN_CONDITIONS.has(type))
    .filter((condition) => {
      const before = old.find(({ type }) => type === condition.type);
      return before === undefined || !isDeepStrictEqual(normalize(before), normalize(condition));
    })
    .map((condition) => {
      const before = old.find(({ type }) => type === condition.type);
      return {
        ...condition,
        ...(before?.reason !== undefined && condition.reason === undefined ? { reason: null } : {}),
        ...(before?.message !== undefined && condition.message === undefined ? { message: null } : {}),
      } as PodCondition;
    });
  return [...changed, ...over];
}

const has = (conditions: readonly PodCondition[], wanted: string): boolean =>
  conditions.some(({ type }) => type === wanted);

function normalize({ type, status, reason, message, observedGeneration }: PodCondition): object {
  return {
    type,
    status,
    reason: reason ?? '',
    message: message ?? '',
    observedGeneration: observedGeneration ?? 0,
  };
}

/** Sends the patch; the pod as the server has it now. Failures are the client's `StatusError`. */
export async function writeStatus(client: Client, pod: Pod, patch: object): Promise<Pod> {
  return await client.patch(pods, namespaceOf(pod), pod.metadata.name, patch, {
    type: 'strategic',
    subresource: 'status',
  });
}

import type { ConfigMap, Pod, Secret, ServiceAccount } from '@gantry/api/generated/types';
import { splitKey } from '@gantry/client/keys';
import { configMaps, pods, secrets, serviceAccounts } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { accountOf, isFor, isTokenSecret } from './token-secret.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const LAST_USED = 'kubernetes.io/legacy-token-last-used';
const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';
/** Where the API server says since when it marks uses. */
const TRACKING = { namespace: 'kube-system', name: 'kube-apiserver-legacy-service-account-token-tracking' };

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** First moment from which uses were certainly marked; undefined when they are not. */
function trackedSince(configMap: ConfigMap | undefined): number | undefined {
  const since = configMap?.data?.since;
  return isDay(since) ? Date.parse(since) + DAY_MS : undefined;
}

function mounts({ spec }: Pod, secretName: string): boolean {
  const pulls = (spec.imagePullSecrets ?? []).some(({ name }) => name === secretName);
  return (
    pulls ||
    (spec.volumes ?? []).some(
      ({ secret, projected }) =>
        secret?.secretName === secretName ||
        projected?.sources?.some((source) => source.secret?.name === secretName) === true,
    )
  );
}

export type LegacyPlan = 'keep' | 'invalidate' | 'delete';

export interface LegacyView {
  readonly secret: Secret;
  readonly account: ServiceAccount | undefined;
  readonly pods: readonly Pod[];
  readonly since: number | undefined;
  readonly now: number;
  /** How long a token may lie unused. */
  readonly unusedMs: number;
}

/** What is to become of a token that was once made by itself: unused for long it is marked invalid, later removed. */
export function decideLegacy({ secret, account, pods: all, since, now, unusedMs }: LegacyView): LegacyPlan {
  const { metadata } = secret;
  if (since === undefined || now < since + unusedMs || metadata.deletionTimestamp !== undefined)
    return 'keep';
  if (Date.parse(metadata.creationTimestamp ?? '') >= now - unusedMs) return 'keep';
  const limit = dayOf(now - unusedMs);
  const lastUsed = metadata.labels?.[LAST_USED];
  if (lastUsed !== undefined && (!isDay(lastUsed) || lastUsed >= limit)) return 'keep';
  const isAutomatic = account?.secrets?.some(({ name }) => name === metadata.name) === true;
  if (account === undefined || !isFor(secret, account) || !isAutomatic) return 'keep';
  if (all.some((pod) => mounts(pod, metadata.name))) return 'keep';
  const invalidSince = metadata.labels?.[INVALID_SINCE];
  if (!isDay(invalidSince)) return 'invalidate';
  return invalidSince >= limit ? 'keep' : 'delete';
}

async function carryOut(
  plan: LegacyPlan,
  secret: Secret,
  { client, clock }: ControllerContext,
): Promise<void> {
  const { namespace = '', name, uid, resourceVersion } = secret.metadata;
  if (plan === 'keep') return;
  try {
    if (plan === 'invalidate')
      await client.patch(
        secrets,
        namespace,
        name,
        { metadata: { uid, labels: { [INVALID_SINCE]: dayOf(clock.now()) } } },
        { type: 'merge' },
      );
    else
      await client.delete(
        secrets,
        namespace,
        name,
        resourceVersion === undefined ? {} : { preconditions: { resourceVersion } },
      );
  } catch (error) {
    if (!isStatusError(error, 'Conflict') && !isStatusError(error, 'NotFound')) throw error;
  }
}

/** Removes tokens in Secrets that were made by themselves and that nobody has used for a year. Looks once a day. */
export const legacyTokenCleanerController = (unusedMs = YEAR_MS): Controller => ({
  name: 'legacy-serviceaccount-token-cleaner-controller',
  inputs: [
    input<Secret>(secrets, (secret) =>
      isTokenSecret(secret) ? [`${secret.metadata.namespace ?? ''}/${secret.metadata.name}`] : [],
    ),
    input<ServiceAccount>(serviceAccounts, () => []),
    input<Pod>(pods, () => []),
    input<ConfigMap>(configMaps, () => []),
  ],
  outputs: [{ resource: secrets, verbs: ['patch', 'delete'] }],
  async reconcile(key, context) {
    const { informers, clock } = context;
    const { namespace, name } = splitKey(key);
    const secret = informers.informer(secrets).get(namespace, name);
    if (secret === undefined || !isTokenSecret(secret)) return DONE;
    const accountName = accountOf(secret);
    const plan = decideLegacy({
      secret,
      account:
        accountName === undefined
          ? undefined
          : informers.informer(serviceAccounts).get(namespace, accountName),
      pods: informers.informer(pods).list(namespace),
      since: trackedSince(informers.informer(configMaps).get(TRACKING.namespace, TRACKING.name)),
      now: clock.now(),
      unusedMs,
    });
    await carryOut(plan, secret, context);
    return { type: 'requeueAfter', ms: DAY_MS };
  },
});

import { isDeepStrictEqual } from 'node:util';
import { addAmounts } from '@gantry/api/core/quota/amounts';
import { scopedOf, scopesMatch } from '@gantry/api/core/quota/scopes';
import { quotaUsage, takesTheSame } from '@gantry/api/core/quota/usage';
import type { PersistentVolumeClaim, ResourceQuota } from '@gantry/api/generated/types';
import { keyOf, splitKey } from '@gantry/client/keys';
import type { Resource } from '@gantry/client/port';
import {
  configMaps,
  persistentVolumeClaims,
  pods,
  replicationControllers,
  resourceClaims,
  resourceQuotas,
  secrets,
  services,
} from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { canonicalQuantity, formatQuantity, parseQuantity, type Quantity } from '@gantry/machinery/quantity';
import { input } from '@gantry/runtime/input';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { COUNT_PREFIX, CountedKinds, resourceName } from './counted-kinds.ts';

/** What a quota measures, or counts by a name of its own. */
const WATCHED: readonly Resource[] = [
  pods,
  services,
  persistentVolumeClaims,
  resourceClaims,
  configMaps,
  secrets,
  replicationControllers,
  resourceQuotas,
];
const WATCHED_NAMES: ReadonlySet<string> = new Set(WATCHED.map(resourceName));

/** Against what was missed, and for kinds that were not served when a quota first counted them. */
const RESYNC_MS = 60_000;

const INPUTS = [
  input<ResourceQuota>(resourceQuotas),
  ...WATCHED.map((resource) =>
    input(resource, (object, old, { informers }) => {
      // Most writes change nothing that a quota measures.
      if (old !== undefined && !matters(object, old)) return [];
      return informers.informer(resourceQuotas).list(object.metadata.namespace).map(keyOf);
    }),
  ),
];

const countedNames = (quota: ResourceQuota): string[] =>
  Object.keys(quota.spec.hard ?? {}).flatMap((name) =>
    name.startsWith(COUNT_PREFIX) ? [name.slice(COUNT_PREFIX.length)] : [],
  );

/** Keeps what each quota's namespace uses. */
export function resourceQuotaController(): Controller {
  let kinds: CountedKinds | undefined;
  return {
    name: 'resourcequota-controller',
    inputs: INPUTS,
    outputs: [{ resource: resourceQuotas, verbs: ['update'], subresource: 'status' }],
    resyncMs: RESYNC_MS,
    start(context, enqueue, signal) {
      kinds = new CountedKinds(context, signal, (namespace, name) => {
        for (const quota of context.informers.informer(resourceQuotas).list(namespace))
          if (countedNames(quota).includes(name)) enqueue(keyOf(quota));
      });
    },
    async reconcile(key, context) {
      const { namespace, name } = splitKey(key);
      const quotas = context.informers.informer(resourceQuotas);
      const quota = quotas.get(namespace, name);
      if (kinds === undefined) return DONE;
      if (quota !== undefined) await writeUsage(quota, namespace, context, kinds);
      else await kinds.retain(new Set(quotas.list().flatMap(countedNames)));
      return DONE;
    },
  };
}

interface Facts {
  readonly spec?: unknown;
  readonly status?: PersistentVolumeClaim['status'];
  readonly metadata: KubeObject['metadata'];
}

function matters(object: object, old: object): boolean {
  const facts = ({ spec, status, metadata }: Facts) => [
    spec,
    status?.phase,
    status?.allocatedResources,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
    metadata.deletionTimestamp,
  ];
  return !isDeepStrictEqual(facts(object as Facts), facts(old as Facts));
}

type Usage = Map<string, Quantity>;

/** What the objects of the kinds that are watched whole take from a quota. */
function usageOf(quota: ResourceQuota, namespace: string, { informers, clock }: ControllerContext): Usage {
  const total: Usage = new Map();
  const now = clock.now();
  for (const resource of WATCHED) {
    const objects = informers.informer(resource).list(namespace);
    const [first] = objects;
    if (first === undefined) continue;
    if (!takesTheSame(resource)) {
      for (const object of objects)
        if (scopesMatch(quota, scopedOf(resource, object)))
          addAmounts(total, quotaUsage(resource, object, now));
    } else if (scopesMatch(quota, {})) {
      for (const name of quotaUsage(resource, first, now).keys())
        total.set(name, parseQuantity(objects.length));
    }
  }
  return total;
}

/** How many objects there are of the kinds that are not watched whole: they are followed from now on. */
async function addCounts(
  total: Usage,
  quota: ResourceQuota,
  namespace: string,
  kinds: CountedKinds,
): Promise<void> {
  if (!scopesMatch(quota, {})) return;
  for (const name of countedNames(quota))
    if (!WATCHED_NAMES.has(name))
      total.set(COUNT_PREFIX + name, parseQuantity(await kinds.count(name, namespace)));
}

async function writeUsage(
  quota: ResourceQuota,
  namespace: string,
  context: ControllerContext,
  kinds: CountedKinds,
): Promise<void> {
  const hard = Object.fromEntries(
    Object.entries(quota.spec.hard ?? {}).map(([resource, amount]) => [resource, canonicalQuantity(amount)]),
  );
  const total = usageOf(quota, namespace, context);
  await addCounts(total, quota, namespace, kinds);
  const zero = parseQuantity('0');
  const used = Object.fromEntries(
    Object.keys(hard).map((resource) => [resource, formatQuantity(total.get(resource) ?? zero)]),
  );
  const status = { hard, used };
  if (!isDeepStrictEqual(status, quota.status))
    await context.client.update(resourceQuotas, { ...quota, status }, { subresource: 'status' });
}

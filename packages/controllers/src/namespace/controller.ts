import { isDeepStrictEqual } from 'node:util';
import type { Namespace } from '@gantry/api/generated/types';
import { namespaces } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { type Discovery, discover } from '../shared/discovery.ts';
import { DONE, getIfPresent, ignoreNotFound } from '../shared/outcomes.ts';
import { deleteContent } from './content.ts';
import { decideConditions, isEmpty } from './decide.ts';

const FIRST_POLL_MS = 100;
/** While pods shut down, and when something holds the namespace up for longer. */
const POLL_MS = 1_000;
const MAX_POLL_MS = 5_000;
const PASSES_BEFORE_SLOW = 30;
const DISCOVERY_AGE_MS = 10_000;
const FINALIZER = 'kubernetes';

/** Empties namespaces that are being deleted, then lets them go. */
export function namespaceController(): Controller {
  /** Passes made over a namespace, by uid: what is left is looked at ever less often. */
  const passes = new Map<string, number>();
  let discovered: { readonly at: number; readonly discovery: Discovery } | undefined;
  return {
    name: 'namespace-controller',
    inputs: [input<Namespace>(namespaces)],
    outputs: [
      { resource: namespaces, verbs: ['update'], subresource: 'status' },
      { resource: namespaces, verbs: ['update'], subresource: 'finalize' },
    ],
    concurrency: 10,
    async reconcile(key, { client, informers, clock }) {
      const cached = informers.informer(namespaces).get('', key);
      if (cached?.metadata.deletionTimestamp === undefined) return DONE;
      const namespace = await getIfPresent(client.get(namespaces, '', key));
      if (namespace?.metadata.deletionTimestamp === undefined) return DONE;
      const finalizers = namespace.spec.finalizers ?? [];
      if (!finalizers.includes(FINALIZER)) return DONE;
      const { uid = '' } = namespace.metadata;
      // Nothing new is made in it any more, so a look now sees every kind that it can hold objects of.
      if (discovered === undefined || !passes.has(uid) || clock.now() - discovered.at > DISCOVERY_AGE_MS)
        discovered = { at: clock.now(), discovery: await discover(client) };
      const report = await deleteContent(client, discovered.discovery, key);
      const conditions = decideConditions(namespace.status?.conditions, report, clock.now());
      const status = { ...namespace.status, phase: 'Terminating', conditions };
      const current = isDeepStrictEqual(status, namespace.status)
        ? namespace
        : await client.update(namespaces, { ...namespace, status }, { subresource: 'status' });
      if (isEmpty(report)) {
        passes.delete(uid);
        const rest = finalizers.filter((finalizer) => finalizer !== FINALIZER);
        await ignoreNotFound(
          client.update(
            namespaces,
            { ...current, spec: { ...current.spec, finalizers: rest } },
            { subresource: 'finalize' },
          ),
        );
        return DONE;
      }
      const pass = passes.get(uid) ?? 0;
      passes.set(uid, pass + 1);
      const limit = pass < PASSES_BEFORE_SLOW ? POLL_MS : MAX_POLL_MS;
      return { type: 'requeueAfter', ms: Math.min(limit, FIRST_POLL_MS * 2 ** Math.min(pass, 8)) };
    },
  };
}

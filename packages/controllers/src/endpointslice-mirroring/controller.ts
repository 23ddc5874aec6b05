import type { EndpointSlice, Endpoints, Service } from '@gantry/api/generated/types';
import { keyFor, splitKey } from '@gantry/client/keys';
import { endpointSlices, endpoints, services } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { Controller, ControllerContext } from '@gantry/runtime/port';
import { MANAGED_BY, SERVICE_NAME } from '../endpointslice/decide.ts';
import { AWAIT_CACHE, DONE, ignoreNotFound, isNamespaceTerminating } from '../shared/outcomes.ts';
import { decideMirror, isMirrored, MAX_MIRRORED, MIRROR_MANAGER, type MirrorPlan } from './decide.ts';

const BY_ENDPOINTS = 'mirroredByEndpoints';
const NOTHING = { create: [], update: [], skipped: 0 };

const mirroredKeys = ({ metadata }: EndpointSlice): string[] =>
  metadata.labels?.[MANAGED_BY] === MIRROR_MANAGER
    ? [keyFor(metadata.namespace, metadata.labels[SERVICE_NAME] ?? '')]
    : [];

/** What the slices of the Endpoints should become; none are kept without a Service that has no selector. */
function plan(
  source: Endpoints | undefined,
  service: Service | undefined,
  existing: readonly EndpointSlice[],
): MirrorPlan {
  const isWanted =
    source !== undefined &&
    isMirrored(source) &&
    service !== undefined &&
    service.spec.selector === undefined;
  return isWanted ? decideMirror(source, existing) : { ...NOTHING, remove: existing };
}

/** Mirrors the Endpoints that somebody keeps by hand, of Services without a selector, into EndpointSlices. */
export function endpointSliceMirroringController(): Controller {
  let writes: OwnWrites | undefined;
  async function carryOut(key: string, { create, update, remove }: MirrorPlan, context: ControllerContext) {
    const { client, informers, clock } = context;
    const { namespace } = splitKey(key);
    const informer = informers.informer(endpointSlices);
    writes ??= new OwnWrites(clock);
    for (const slice of create) writes.wrote(key, informer, await client.create(endpointSlices, slice));
    for (const slice of update) writes.wrote(key, informer, await client.update(endpointSlices, slice));
    for (const slice of remove) {
      await ignoreNotFound(client.delete(endpointSlices, namespace, slice.metadata.name));
      writes.deleted(key, informer, slice);
    }
  }
  return {
    name: 'endpointslice-mirroring-controller',
    eventSource: 'endpoint-slice-mirroring-controller',
    inputs: [
      input<Endpoints>(endpoints),
      input<Service>(services),
      input<EndpointSlice>(endpointSlices, mirroredKeys),
    ],
    outputs: [{ resource: endpointSlices, verbs: ['create', 'update', 'delete'] }],
    setup(context) {
      context.informers.informer(endpointSlices).addIndex(BY_ENDPOINTS, mirroredKeys);
    },
    async reconcile(key, context) {
      const { informers, events } = context;
      const { namespace, name } = splitKey(key);
      if (writes?.areSeen(key) === false) return AWAIT_CACHE;
      const source = informers.informer(endpoints).get(namespace, name);
      const existing = informers.informer(endpointSlices).byIndex(BY_ENDPOINTS, key);
      const changes = plan(source, informers.informer(services).get(namespace, name), existing);
      const { skipped } = changes;
      if (source !== undefined && skipped > 0)
        events.event(
          source,
          'Warning',
          'TooManyAddressesToMirror',
          `A max of ${MAX_MIRRORED} addresses can be mirrored to EndpointSlices per Endpoints subset. ${skipped} addresses were skipped`,
        );
      try {
        await carryOut(key, changes, context);
      } catch (error) {
        if (isNamespaceTerminating(error)) return DONE;
        throw error;
      }
      return DONE;
    },
  };
}

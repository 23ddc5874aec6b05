import type { EndpointSlice, Node, Pod, Service } from '@gantry/api/generated/types';
import { keyFor, splitKey } from '@gantry/client/keys';
import { endpointSlices, nodes, pods, services } from '@gantry/client/resources';
import { input } from '@gantry/runtime/input';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { Controller } from '@gantry/runtime/port';
import { AWAIT_CACHE, DONE, ignoreNotFound, isNamespaceTerminating } from '../shared/outcomes.ts';
import { podsOf, serviceKeys } from '../shared/service-pods.ts';
import { decideSlices, MANAGED_BY, MANAGER, SERVICE_NAME } from './decide.ts';

const BY_SERVICE = 'byService';
const ZONE = 'topology.kubernetes.io/zone';

/** Keeps the EndpointSlices of Services with a selector. */
export function endpointSliceController(): Controller {
  let writes: OwnWrites | undefined;
  return {
    name: 'endpointslice-controller',
    eventSource: 'endpoint-slice-controller',
    inputs: [
      input<Service>(services),
      input<Pod>(pods, serviceKeys),
      input<EndpointSlice>(endpointSlices, (slice) => {
        const service = slice.metadata.labels?.[SERVICE_NAME];
        const isOurs = slice.metadata.labels?.[MANAGED_BY] === MANAGER && service !== undefined;
        return isOurs ? [keyFor(slice.metadata.namespace, service)] : [];
      }),
      input<Node>(nodes, (node, old, context) =>
        old !== undefined && old.metadata.labels?.[ZONE] === node.metadata.labels?.[ZONE]
          ? []
          : context.informers
              .informer(services)
              .list()
              .map((service) => keyFor(service.metadata.namespace, service.metadata.name)),
      ),
    ],
    outputs: [{ resource: endpointSlices, verbs: ['create', 'update', 'delete'] }],
    setup(context) {
      context.informers
        .informer(endpointSlices)
        .addIndex(BY_SERVICE, ({ metadata }) =>
          metadata.labels?.[MANAGED_BY] === MANAGER
            ? [keyFor(metadata.namespace, metadata.labels[SERVICE_NAME] ?? '')]
            : [],
        );
    },
    async reconcile(key, context) {
      const { client, informers, clock, events } = context;
      writes ??= new OwnWrites(clock);
      const { namespace, name } = splitKey(key);
      const service = informers.informer(services).get(namespace, name);
      if (service === undefined) {
        // The slices go with their owner.
        writes.forget(key);
        return DONE;
      }
      if (service.spec.type === 'ExternalName' || service.spec.selector === undefined) return DONE;
      if (service.metadata.deletionTimestamp !== undefined) return DONE;
      if (!writes.areSeen(key)) return AWAIT_CACHE;
      const informer = informers.informer(endpointSlices);
      const plan = decideSlices(
        service,
        podsOf(service, context),
        (node) => informers.informer(nodes).get('', node),
        informer.byIndex(BY_SERVICE, key),
      );
      try {
        for (const slice of plan.create)
          writes.wrote(key, informer, await client.create(endpointSlices, slice));
        for (const slice of plan.update)
          writes.wrote(key, informer, await client.update(endpointSlices, slice));
        for (const slice of plan.remove) {
          await ignoreNotFound(client.delete(endpointSlices, namespace, slice.metadata.name));
          writes.deleted(key, informer, slice);
        }
      } catch (error) {
        if (isNamespaceTerminating(error)) return DONE;
        const reason = (error as { reason?: unknown }).reason;
        if (reason !== 'Conflict')
          events.event(
            service,
            'Warning',
            'FailedToUpdateEndpointSlices',
            `Error updating Endpoint Slices for Service ${key}: ${String(error)}`,
          );
        throw error;
      }
      return DONE;
    },
  };
}

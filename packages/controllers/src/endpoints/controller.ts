import type { Endpoints, Pod, Service } from '@gantry/api/generated/types';
import { splitKey } from '@gantry/client/keys';
import { endpoints, pods, services } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE, ignoreNotFound, isNamespaceTerminating } from '../shared/outcomes.ts';
import { podsOf, serviceKeys } from '../shared/service-pods.ts';
import { decideEndpoints } from './decide.ts';

/** Keeps the Endpoints objects of Services with a selector, for clients that do not know EndpointSlices. */
export const endpointsController = (): Controller => ({
  name: 'endpoints-controller',
  eventSource: 'endpoint-controller',
  inputs: [input<Service>(services), input<Pod>(pods, serviceKeys), input<Endpoints>(endpoints)],
  outputs: [{ resource: endpoints, verbs: ['create', 'update', 'delete'] }],
  async reconcile(key, context) {
    const { client, informers, events } = context;
    const { namespace, name } = splitKey(key);
    const service = informers.informer(services).get(namespace, name);
    const existing = informers.informer(endpoints).get(namespace, name);
    if (service === undefined) {
      // Leader-election records of old clients live in Endpoints too: only what this controller wrote goes.
      const isOurs =
        existing?.metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller';
      if (isOurs) await ignoreNotFound(client.delete(endpoints, namespace, name));
      return DONE;
    }
    if (service.spec.type === 'ExternalName' || service.spec.selector === undefined) return DONE;
    const next = decideEndpoints(service, podsOf(service, context), existing);
    if (next === undefined) return DONE;
    try {
      await (existing === undefined ? client.create(endpoints, next) : client.update(endpoints, next));
    } catch (error) {
      if (isNamespaceTerminating(error)) return DONE;
      if (!isStatusError(error, 'Conflict') && !isStatusError(error, 'AlreadyExists'))
        events.event(
          next,
          'Warning',
          existing === undefined ? 'FailedToCreateEndpoint' : 'FailedToUpdateEndpoint',
          existing === undefined
            ? `Failed to create endpoint for service ${key}: ${String(error)}`
            : `Failed to update endpoint ${key}: ${String(error)}`,
        );
      throw error;
    }
    return DONE;
  },
});

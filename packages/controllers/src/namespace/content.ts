import { collectionPath } from '@gantry/client/paths';
import type { Client } from '@gantry/client/port';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { messageOf } from '../shared/batches.ts';
import { type DiscoveredResource, type Discovery, deletable } from '../shared/discovery.ts';
import { ignoreNotFound } from '../shared/outcomes.ts';
import type { ContentReport } from './decide.ts';

const nameOf = (resource: DiscoveredResource): string => `${resource.plural}.${resource.group}`;

async function deleteAll(client: Client, resource: DiscoveredResource, namespace: string): Promise<void> {
  if (resource.verbs.includes('deletecollection')) {
    await client.request('DELETE', collectionPath(resource, namespace), {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: 'Background',
    });
    return;
  }
  const { items } = await client.list(resource, { namespace });
  for (const { metadata } of items)
    if (metadata.deletionTimestamp === undefined)
      await ignoreNotFound(
        client.delete(resource, namespace, metadata.name, { propagationPolicy: 'Background' }),
      );
}

/**
 * One pass over everything in the namespace: pods first, the rest once they are gone. Returns what is left.
 */
export async function deleteContent(
  client: Client,
  discovery: Discovery,
  namespace: string,
): Promise<ContentReport> {
  const remaining = new Map<string, number>();
  const finalizers = new Map<string, number>();
  const deletionErrors: string[] = [];

  const clear = async (resource: DiscoveredResource): Promise<void> => {
    try {
      const before = await client.list<KubeObject>(resource, { namespace });
      if (before.items.length === 0) return;
      if (before.items.some(({ metadata }) => metadata.deletionTimestamp === undefined))
        await deleteAll(client, resource, namespace);
      const { items } = await client.list<KubeObject>(resource, { namespace });
      if (items.length > 0) remaining.set(nameOf(resource), items.length);
      for (const item of items) {
        for (const finalizer of item.metadata.finalizers ?? [])
          finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
      }
    } catch (error) {
      if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'MethodNotAllowed'))
        deletionErrors.push(messageOf(error));
    }
  };

  const resources = deletable(discovery).filter((resource) => resource.namespaced);
  const isPods = (resource: DiscoveredResource) => resource.group === '' && resource.plural === 'pods';
  for (const resource of resources.filter(isPods)) await clear(resource);
  if (remaining.size === 0)
    await Promise.all(resources.filter((resource) => !isPods(resource)).map((resource) => clear(resource)));
  return { discoveryFailures: discovery.failures, deletionErrors, remaining, finalizers };
}

import type { KubeObject } from '@gantry/machinery/object';
import { ListWatchInformer } from './informer.ts';
import type { Client, Informer, InformerFactory, Resource } from './port.ts';

/**
 * One informer a resource (and selection), shared by all who ask. `startAll` may be called again: it starts what was
 * asked for since, and resolves once every informer holds its first list.
 */
export function createInformerFactory(
  client: Client,
  options: { readonly onError?: (resource: Resource, error: unknown) => void } = {},
): InformerFactory {
  const informers = new Map<string, Informer<KubeObject>>();
  const factory: InformerFactory = {
    informer<T extends KubeObject>(
      resource: Resource<T>,
      selection: Parameters<InformerFactory['informer']>[1] = {},
    ): Informer<T> {
      const name = `${resource.group}/${resource.version}/${resource.plural}`;
      const selectors = [selection.namespace, selection.labelSelector, selection.fieldSelector];
      const whole = JSON.stringify([name, ...selectors]);
      const key = selection.metadataOnly === true && !informers.has(whole) ? `${whole} metadata` : whole;
      let informer = informers.get(key);
      if (informer === undefined) {
        informer = new ListWatchInformer<KubeObject>(client, resource, {
          ...selection,
          onError: (error) => options.onError?.(resource, error),
        });
        informers.set(key, informer);
      }
      // The map is keyed by resource, and a resource names its object type.
      return informer as unknown as Informer<T>;
    },
    async startAll(signal) {
      const all = [...informers.values()];
      for (const informer of all) informer.start(signal);
      const ended = new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([Promise.all(all.map((informer) => informer.whenSynced())), ended]);
    },
  };
  return factory;
}

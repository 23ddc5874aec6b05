import type { StateListener } from '../auth/authorization/source.ts';
import type { WatchCache } from './watch-cache.ts';

/** Tells a listener of every object that it cares for, now, and of each change from then on. */
export function feed(cache: WatchCache, listener: StateListener): void {
  const wanted = new Set(listener.resources);
  for (const resource of wanted)
    for (const entry of cache.resource(resource).all()) listener.onChange(resource, entry.object, undefined);
  cache.onBatch((resource, events) => {
    if (!wanted.has(resource)) return;
    for (const event of events)
      listener.onChange(
        resource,
        event.type === 'delete' ? undefined : event.entry.object,
        event.previous?.object ?? (event.type === 'delete' ? event.entry.object : undefined),
      );
  });
  cache.onReset((before) => {
    for (const resource of wanted) {
      const now = cache.resource(resource);
      for (const old of before.get(resource)?.all() ?? [])
        if (now.get(old.key.namespace, old.key.name) === undefined)
          listener.onChange(resource, undefined, old.object);
      for (const entry of now.all())
        listener.onChange(
          resource,
          entry.object,
          before.get(resource)?.get(entry.key.namespace, entry.key.name)?.object,
        );
    }
  });
}

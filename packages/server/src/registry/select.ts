import type { Entry } from '../cache/entry.ts';
import type { ResourceCache } from '../cache/resource-cache.ts';
import { EntryList } from '../cache/sorted-entries.ts';
import { Pace } from './pace.ts';
import type { ApiResource } from './resource.ts';
import type { Selection } from './selection.ts';

/** What of a resource can match a selection, as it is now: one object, a namespace, or all. */
export function candidates(cache: ResourceCache, { kind }: ApiResource, selection: Selection): EntryList {
  const { namespace, name } = selection;
  if (name !== '' && (namespace !== '' || !kind.namespaced)) {
    const entry = cache.get(namespace, name);
    return EntryList.of(entry === undefined ? [] : [entry]);
  }
  return namespace === '' ? cache.all() : cache.inNamespace(namespace);
}

/** Those that match. Gives way to other requests, since labels and fields may have to be read from each object first. */
export async function selectEntries(entries: Iterable<Entry>, selection: Selection): Promise<Entry[]> {
  const found: Entry[] = [];
  const pace = new Pace();
  for (const entry of entries) {
    if (selection.matches(entry)) found.push(entry);
    const rest = pace.step();
    if (rest !== undefined) await rest;
  }
  return found;
}

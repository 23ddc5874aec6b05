import type { Client, Resource } from '@gantry/client/port';
import { formatGroupVersion } from '@gantry/machinery/object';

export interface DiscoveredResource extends Resource {
  readonly verbs: readonly string[];
}

export interface Discovery {
  /** Each resource once, in the version its group prefers of those that have it; no subresources. */
  readonly resources: readonly DiscoveredResource[];
  /** Group versions that could not be read, with the reason. */
  readonly failures: ReadonlyMap<string, string>;
}

interface GroupList {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly {
      readonly version: string;
      readonly freshness?: string;
      readonly resources?: readonly {
        readonly resource: string;
        readonly responseKind?: { readonly kind: string } | null;
        readonly scope: string;
        readonly verbs: readonly string[];
      }[];
    }[];
  }[];
}

const AGGREGATED = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };

/**
 * What the server serves, in two requests however many kinds there are. A group version of another server that does
 * not answer is reported, not thrown; a server that does not answer itself throws.
 */
export async function discover(client: Client): Promise<Discovery> {
  const lists = await Promise.all(
    ['/api', '/apis'].map((path) => client.request<GroupList>('GET', path, undefined, AGGREGATED)),
  );
  const failures = new Map<string, string>();
  const resources = new Map<string, DiscoveredResource>();
  for (const { metadata, versions = [] } of lists.flatMap((list) => list.items ?? []))
    for (const { version, freshness, resources: found = [] } of versions) {
      const group = metadata?.name ?? '';
      const groupVersion = formatGroupVersion(group, version);
      if (freshness === 'Stale') failures.set(groupVersion, `stale GroupVersion discovery: ${groupVersion}`);
      for (const { resource: plural, responseKind, scope, verbs } of found) {
        const key = `${plural}.${group}`;
        if (resources.has(key)) continue;
        const kind = responseKind?.kind ?? '';
        resources.set(key, { group, version, kind, plural, namespaced: scope === 'Namespaced', verbs });
      }
    }
  return { resources: [...resources.values()], failures };
}

/** Everything that has objects which can be listed and deleted. */
export const deletable = (discovery: Discovery): readonly DiscoveredResource[] =>
  discovery.resources.filter((resource) =>
    ['get', 'list', 'delete'].every((verb) => resource.verbs.includes(verb)),
  );

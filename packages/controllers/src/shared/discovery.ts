import type { Client, Resource } from '@gantry/client/port';
import { parseGroupVersion } from '@gantry/machinery/object';

export interface DiscoveredResource extends Resource {
  readonly verbs: readonly string[];
}

export interface Discovery {
  /** Each resource once, in its group's preferred version; no subresources. */
  readonly resources: readonly DiscoveredResource[];
  /** Group versions that could not be read, with the reason. */
  readonly failures: ReadonlyMap<string, string>;
}

interface ResourceList {
  readonly resources?: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

interface GroupList {
  readonly groups?: readonly {
    readonly name: string;
    readonly versions: readonly { readonly groupVersion: string }[];
    readonly preferredVersion?: { readonly groupVersion: string };
  }[];
}

/** What the server serves. A group that fails is reported, not thrown; a server that does not answer throws. */
export async function discover(client: Client): Promise<Discovery> {
  const groups = await client.request<GroupList>('GET', '/apis');
  const preferred = (groups.groups ?? []).map(
    (group) => group.preferredVersion?.groupVersion ?? group.versions[0]?.groupVersion ?? '',
  );
  const failures = new Map<string, string>();
  const resources = new Map<string, DiscoveredResource>();
  const read = async (groupVersion: string, path: string) => {
    try {
      const list = await client.request<ResourceList>('GET', path);
      const { group, version } = parseGroupVersion(groupVersion);
      for (const { name, kind, namespaced, verbs } of list.resources ?? [])
        if (!name.includes('/'))
          resources.set(`${name}.${group}`, { group, version, kind, plural: name, namespaced, verbs });
    } catch (error) {
      failures.set(groupVersion, error instanceof Error ? error.message : String(error));
    }
  };
  const all = preferred.filter((groupVersion) => groupVersion !== '');
  await Promise.all([
    read('v1', '/api/v1'),
    ...all.map((groupVersion) => read(groupVersion, `/apis/${groupVersion}`)),
  ]);
  return { resources: [...resources.values()], failures };
}

/** Everything that has objects which can be listed and deleted. */
export const deletable = (discovery: Discovery): readonly DiscoveredResource[] =>
  discovery.resources.filter((resource) =>
    ['get', 'list', 'delete'].every((verb) => resource.verbs.includes(verb)),
  );

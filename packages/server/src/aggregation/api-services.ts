import type { AnyObject } from '@gantry/machinery/object';
import type { StateListener } from '../auth/authorization/source.ts';
import type { ServiceReference } from '../outbound/service-target.ts';

/** What an APIService object says: who serves a group and version, and where it comes in the order of discovery. */
export interface ApiServiceEntry {
  readonly name: string;
  readonly uid: string;
  readonly group: string;
  readonly version: string;
  /** Absent: this server itself. */
  readonly service?: ServiceReference;
  readonly caBundle?: string;
  readonly insecure: boolean;
  readonly available: boolean;
  readonly groupPriority: number;
  readonly versionPriority: number;
}

export interface RemoteEntry extends ApiServiceEntry {
  readonly service: ServiceReference;
}

export const isRemote = (entry: ApiServiceEntry): entry is RemoteEntry => entry.service !== undefined;

interface Spec {
  readonly group?: string;
  readonly version?: string;
  readonly service?: { readonly namespace?: string; readonly name?: string; readonly port?: number };
  readonly caBundle?: string;
  readonly insecureSkipTLSVerify?: boolean;
  readonly groupPriorityMinimum?: number;
  readonly versionPriority?: number;
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

export const API_SERVICES = 'apiservices.apiregistration.k8s.io';

function entryOf({ metadata, spec, status }: AnyObject): ApiServiceEntry {
  const { service, caBundle, ...rest } = (spec ?? {}) as Spec;
  const conditions = (status as { readonly conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
  const { namespace = '', name = '', port } = service ?? {};
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    group: rest.group ?? '',
    version: rest.version ?? '',
    ...(service === undefined ? {} : { service: { namespace, name, port } }),
    ...(caBundle === undefined ? {} : { caBundle }),
    insecure: rest.insecureSkipTLSVerify === true,
    available: conditions.some((one) => one.type === 'Available' && one.status === 'True'),
    groupPriority: rest.groupPriorityMinimum ?? 0,
    versionPriority: rest.versionPriority ?? 0,
  };
}

export type ApiServiceListener = (
  entry: ApiServiceEntry | undefined,
  old: ApiServiceEntry | undefined,
) => void;

/** Every APIService, and the fast way from a request's path to the remote one that serves it. */
export class ApiServiceIndex {
  readonly #entries = new Map<string, ApiServiceEntry>();
  /** By `group/version`. */
  readonly #remote = new Map<string, RemoteEntry>();
  readonly #listeners: ApiServiceListener[] = [];
  readonly listener: StateListener = {
    resources: [API_SERVICES],
    onChange: (_resource, object, old) => {
      const before = old === undefined ? undefined : this.#entries.get(old.metadata.name);
      if (before !== undefined) {
        this.#entries.delete(before.name);
        this.#remote.delete(`${before.group}/${before.version}`);
      }
      const entry = object === undefined ? undefined : entryOf(object);
      if (entry !== undefined) {
        this.#entries.set(entry.name, entry);
        if (isRemote(entry)) this.#remote.set(`${entry.group}/${entry.version}`, entry);
      }
      for (const tell of this.#listeners) tell(entry, before);
    },
  };

  onChange(listener: ApiServiceListener): void {
    this.#listeners.push(listener);
  }

  get(name: string): ApiServiceEntry | undefined {
    return this.#entries.get(name);
  }

  all(): IterableIterator<ApiServiceEntry> {
    return this.#entries.values();
  }

  remotes(): IterableIterator<RemoteEntry> {
    return this.#remote.values();
  }

  /** The remote that serves what is below a path; undefined for all that this server serves. */
  serving(path: string): RemoteEntry | undefined {
    if (this.#remote.size === 0) return undefined;
    const [, root, group = '', version = ''] = path.split('/', 4);
    return root === 'apis' ? this.#remote.get(`${group}/${version}`) : undefined;
  }
}

import { callJson } from './api.ts';
import type { Dispatch } from './port.ts';

/** A kind that the server serves. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly string[];
}

interface DiscoveryDocument {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly {
      readonly version: string;
      readonly resources?: readonly {
        readonly resource: string;
        readonly responseKind?: { readonly kind?: string };
        readonly scope?: string;
        readonly singularResource?: string;
        readonly verbs?: readonly string[];
        readonly shortNames?: readonly string[];
        readonly categories?: readonly string[];
        readonly subresources?: readonly { readonly subresource: string }[];
      }[];
    }[];
  }[];
}

const ACCEPT = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Every kind, each in every version that is served; the preferred version of a group comes first. */
export async function servedKinds(dispatch: Dispatch): Promise<ServedKind[]> {
  const documents = await Promise.all(
    ['/api', '/apis'].map((path) =>
      callJson<DiscoveryDocument>(dispatch, { method: 'GET', path, headers: { accept: ACCEPT } }),
    ),
  );
  return documents.flatMap(({ items = [] }) =>
    items.flatMap(({ metadata, versions = [] }) =>
      versions.flatMap(({ version, resources = [] }) =>
        resources.map((resource) => ({
          group: metadata?.name ?? '',
          version,
          kind: resource.responseKind?.kind ?? resource.resource,
          plural: resource.resource,
          singular: resource.singularResource ?? '',
          namespaced: resource.scope === 'Namespaced',
          verbs: [...(resource.verbs ?? [])],
          shortNames: [...(resource.shortNames ?? [])],
          categories: [...(resource.categories ?? [])],
          subresources: (resource.subresources ?? []).map(({ subresource }) => subresource),
        })),
      ),
    ),
  );
}

/** The resource of an object's apiVersion and kind. */
export function findKind(
  kinds: readonly ServedKind[],
  apiVersion: string,
  kind: string,
): ServedKind | undefined {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return kinds.find((served) => served.group === group && served.version === version && served.kind === kind);
}

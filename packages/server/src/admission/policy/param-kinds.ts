import type { KindDefinition } from '@gantry/api/kind';
import { builtinKinds } from '@gantry/api/kinds';
import { storageKeyOf } from '../../registry/resource.ts';
import type { StateReader } from '../../request.ts';

export interface ParamKind {
  readonly apiVersion?: string;
  readonly kind?: string;
}

/** Where parameters of a kind are. */
export interface ParamResource {
  readonly plural: string;
  readonly storage: string;
  readonly namespaced: boolean;
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

const builtin = new Map<string, KindDefinition>(
  builtinKinds.map((kind) => [keyOf(kind.group, kind.version, kind.kind), kind]),
);

function keyOf(group: string, version: string, kind: string): string {
  return `${group}/${version}, Kind=${kind}`;
}

/** `apps/v1` as group and version. */
export function partsOf({ apiVersion = '', kind = '' }: ParamKind) {
  const slash = apiVersion.indexOf('/');
  return { group: slash < 0 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind };
}

/** Built-in kinds, and custom ones as they are defined now. A text says that there is no such kind. */
export function paramResource(paramKind: ParamKind, state: StateReader): ParamResource | string {
  const { group, version, kind } = partsOf(paramKind);
  const known = builtin.get(keyOf(group, version, kind));
  if (known !== undefined)
    return { plural: known.plural, storage: storageKeyOf(known), namespaced: known.namespaced };
  for (const definition of state.list(DEFINITIONS, undefined)) {
    const { spec } = definition as unknown as Definition;
    const isServed = spec.versions.some((one) => one.served && one.name === version);
    if (spec.group === group && spec.names.kind === kind && isServed)
      return {
        plural: spec.names.plural,
        storage: `${spec.names.plural}.${group}`,
        namespaced: spec.scope === 'Namespaced',
      };
  }
  return `failed to find resource referenced by paramKind: '${keyOf(group, version, kind)}'`;
}

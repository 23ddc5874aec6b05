import {
  type LabelSelectorObject,
  matchesLabels,
  selectorFromObject,
} from '@gantry/machinery/label-selector';
import type { StateReader } from '../../request.ts';
import type { ParamKind, ParamResource } from './param-kinds.ts';

type Param = Readonly<Record<string, unknown>>;

export interface ParamRef {
  readonly name?: string;
  readonly namespace?: string;
  readonly selector?: LabelSelectorObject;
  readonly parameterNotFoundAction?: string;
}

/** A binding whose parameters can't be had. */
export class ParamError extends Error {}

export interface ParamSource {
  readonly kind: ParamKind;
  readonly resource: ParamResource;
}

/**
 * The parameters that a binding gives its policy, which is evaluated once for each: none is not the same as a policy
 * without parameters, which has the one parameter null. Throws ParamError.
 */
export function collectParams(
  source: ParamSource | undefined,
  ref: ParamRef | undefined,
  requestNamespace: string,
  state: StateReader,
): readonly (Param | null)[] {
  if (source === undefined || ref === undefined) return [null];
  const { resource, kind } = source;
  const found = find(resource, ref, namespaceOf(resource, ref, requestNamespace), state);
  if (found.length === 0 && ref.parameterNotFoundAction === 'Deny')
    throw new ParamError('no params found for policy binding with `Deny` parameterNotFoundAction');
  return found.map((param) => ({ ...param, apiVersion: kind.apiVersion, kind: kind.kind }));
}

function namespaceOf({ namespaced }: ParamResource, ref: ParamRef, requestNamespace: string): string {
  const { namespace = '' } = ref;
  if (!namespaced) {
    if (namespace !== '')
      throw new ParamError('paramRef.namespace must not be provided for a cluster-scoped `paramKind`');
    return '';
  }
  if (namespace === '' && requestNamespace === '')
    throw new ParamError(
      'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    );
  return namespace || requestNamespace;
}

function find(
  { storage, namespaced }: ParamResource,
  { name = '', selector }: ParamRef,
  namespace: string,
  state: StateReader,
): readonly Param[] {
  if (name !== '') {
    if (selector !== undefined)
      throw new ParamError('paramRef.name and paramRef.selector are mutually exclusive');
    const param = state.get(storage, namespace, name);
    return param === undefined ? [] : [param];
  }
  if (selector === undefined) throw new ParamError('one of name or selector must be provided');
  const wanted = selectorFromObject(selector) ?? [];
  return state
    .list(storage, namespaced ? namespace : undefined)
    .filter(({ metadata }) =>
      matchesLabels(wanted, (metadata as { labels?: Record<string, string> }).labels),
    );
}

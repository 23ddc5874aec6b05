import type { KindDefinition } from '@gantry/api/kind';
import type { AdmissionRequest } from '../../request.ts';
import { matchRequest } from '../matching/match.ts';
import { requestNamespace } from '../matching/rules.ts';
import { type ParamResource, paramResource } from './param-kinds.ts';
import { collectParams } from './params.ts';
import type { Policy, PolicyBinding, PolicyHook } from './policy-set.ts';

/** A policy that a request is subject to, by one of its bindings, with one of the binding's parameters. */
export interface Invocation<P> {
  readonly policy: Policy<P>;
  readonly binding: PolicyBinding;
  /** The kind as which the request was matched. */
  readonly form: KindDefinition;
  readonly param: Readonly<Record<string, unknown>> | null;
}

/** A policy or binding that can't be asked. */
export interface ConfigurationFault<P> {
  readonly policy: Policy<P>;
  readonly binding: PolicyBinding | undefined;
  readonly message: string;
}

export interface Invocations<P> {
  readonly invocations: readonly Invocation<P>[];
  /** Of policies whose failures count. */
  readonly faults: readonly ConfigurationFault<P>[];
}

/** What of the policies a request is subject to. */
export function invocationsOf<P>(hooks: readonly PolicyHook<P>[], request: AdmissionRequest): Invocations<P> {
  const invocations: Invocation<P>[] = [];
  const faults: ConfigurationFault<P>[] = [];
  for (const { policy, bindings } of hooks) {
    const report = (binding: PolicyBinding | undefined, error: unknown): void => {
      const subject = binding === undefined ? 'policy' : 'binding';
      const message = `failed to configure ${subject}: ${(error as Error).message}`;
      if (!policy.ignoresFailure) faults.push({ policy, binding, message });
    };
    try {
      const form = matchRequest(policy.criteria, request);
      if (form === undefined) continue;
      const resource = resourceOf(policy, request);
      for (const binding of bindings)
        attempt(
          () => invocations.push(...ofBinding(policy, binding, form, resource, request)),
          (error) => report(binding, error),
        );
    } catch (error) {
      report(undefined, error);
    }
  }
  return { invocations, faults };
}

function attempt(action: () => unknown, onError: (error: unknown) => void): void {
  try {
    action();
  } catch (error) {
    onError(error);
  }
}

function resourceOf({ paramKind }: Policy<unknown>, { state }: AdmissionRequest): ParamResource | undefined {
  if (paramKind === undefined) return undefined;
  const resource = paramResource(paramKind, state);
  if (typeof resource === 'string') throw new Error(resource);
  return resource;
}

function ofBinding<P>(
  policy: Policy<P>,
  binding: PolicyBinding,
  form: KindDefinition,
  resource: ParamResource | undefined,
  request: AdmissionRequest,
): Invocation<P>[] {
  if (binding.criteria !== undefined && matchRequest(binding.criteria, request) === undefined) return [];
  const { paramKind } = policy;
  const source =
    paramKind === undefined || resource === undefined ? undefined : { kind: paramKind, resource };
  const params = collectParams(source, binding.spec.paramRef, requestNamespace(request), request.state);
  return params.map((param) => ({ policy, binding, form, param }));
}

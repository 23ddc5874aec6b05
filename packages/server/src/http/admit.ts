import type { KindDefinition } from '@gantry/api/kind';
import type { Registry } from '../registry/registry.ts';
import type { AdmissionRequest, Operation } from '../request.ts';
import type { RoutedRequest } from './api-request.ts';

export interface Admitted {
  readonly operation: Operation;
  /** Of the resource in the path. */
  readonly kind: KindDefinition;
  /** What mutating admission may change, in place. */
  readonly object: Record<string, unknown>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly dryRun: boolean;
  warn(text: string): void;
}

/**
 * Admission for requests that store nothing by themselves: reviews, bindings, evictions, tokens, connections. Throws
 * what a plugin refuses with. Returns a promise only if a plugin does.
 */
export function admit(
  { admission, view }: Pick<Registry, 'admission' | 'view'>,
  { attributes, user, audit }: RoutedRequest,
  admitted: Admitted,
): void | Promise<void> {
  const request: AdmissionRequest = {
    ...admitted,
    attributes,
    user,
    oldObject: undefined,
    state: view,
    ...(audit === undefined ? {} : { annotate: audit.annotate.bind(audit) }),
  };
  const mutating = admission.mutate(request);
  return mutating === undefined
    ? admission.validate(request)
    : mutating.then(() => admission.validate(request));
}

import type { KubeObject } from '@gantry/machinery/object';
import type { StateReader } from '../request.ts';

/**
 * Reads one object of the server's own state as its type. What lies in the state went through the schema of its kind,
 * so the caller's type is the kind's generated one. `resource` is the storage resource, `pods` or `roles.rbac.…`.
 */
export function readObject<T extends KubeObject>(
  state: StateReader,
  resource: string,
  namespace: string,
  name: string,
): T | undefined {
  return state.get(resource, namespace, name) as unknown as T | undefined;
}

/** Like readObject, for all of a namespace, or of the cluster when `namespace` is undefined. */
export function listObjects<T extends KubeObject>(
  state: StateReader,
  resource: string,
  namespace?: string,
): readonly T[] {
  return state.list(resource, namespace) as unknown as readonly T[];
}

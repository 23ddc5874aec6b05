import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import type { UserInfo } from '../../request.ts';
import { serviceAccountUser } from '../users.ts';
import type { StateListener } from './source.ts';

const ROLES = 'roles.rbac.authorization.k8s.io';
const CLUSTER_ROLES = 'clusterroles.rbac.authorization.k8s.io';
const ROLE_BINDINGS = 'rolebindings.rbac.authorization.k8s.io';
const CLUSTER_ROLE_BINDINGS = 'clusterrolebindings.rbac.authorization.k8s.io';

/** A rule that a user holds, and the binding it comes from. */
export interface HeldRule {
  readonly rule: PolicyRule;
  /** For the reason of a decision: `RoleBinding "x/ns" of Role "y" to User "z"`. */
  readonly source: () => string;
}

/** What a user holds in one scope. */
export interface Held {
  readonly rules: readonly HeldRule[];
  /** Of bindings to roles that do not exist, as a denial tells them. */
  readonly missing: readonly string[];
}

const NOTHING: Held = { rules: [], missing: [] };

interface Bound {
  readonly binding: RoleBinding | ClusterRoleBinding;
  readonly subject: Subject;
}

/** Bindings of one scope by who they name: `u:name` or `g:name`. */
type Scope = Map<string, Set<Bound>>;

const keyOf = (subject: Subject, namespace: string): string => {
  if (subject.kind === 'Group') return `g:${subject.name}`;
  if (subject.kind === 'User') return `u:${subject.name}`;
  return `u:${serviceAccountUser(subject.namespace ?? namespace, subject.name)}`;
};

/** Roles and bindings, indexed as decisions need them, maintained change by change. */
export class RbacIndex implements StateListener {
  readonly resources = [ROLES, CLUSTER_ROLES, ROLE_BINDINGS, CLUSTER_ROLE_BINDINGS];
  readonly #roles = new Map<string, readonly PolicyRule[]>();
  /** By namespace; '' holds the cluster's. */
  readonly #scopes = new Map<string, Scope>();
  #generation = 0;

  /** Goes up with each change: what was computed at another generation is stale. */
  get generation(): number {
    return this.#generation;
  }

  onChange(resource: string, object: AnyObject | undefined, old: AnyObject | undefined): void {
    this.#generation++;
    if (resource === ROLES || resource === CLUSTER_ROLES) {
      const role = (object ?? old) as unknown as Role | ClusterRole | undefined;
      if (role === undefined) return;
      const key = `${role.metadata.namespace ?? ''}/${role.metadata.name}`;
      if (object === undefined) this.#roles.delete(key);
      else this.#roles.set(key, role.rules ?? []);
      return;
    }
    if (old !== undefined) this.#unbind(old as unknown as RoleBinding);
    if (object !== undefined) this.#bind(object as unknown as RoleBinding);
  }

  /** Rules of a role as a binding in `namespace` ('' = cluster) refers to it; undefined when there is none. */
  rulesOf(ref: RoleRef, namespace: string): readonly PolicyRule[] | undefined {
    return this.#roles.get(ref.kind === 'Role' ? `${namespace}/${ref.name}` : `/${ref.name}`);
  }

  /** All rules that the user holds by bindings of exactly this scope: '' = the cluster; and roles that are not there. */
  rulesIn(user: UserInfo, namespace: string): Held {
    const scope = this.#scopes.get(namespace);
    if (scope === undefined) return NOTHING;
    const held: HeldRule[] = [];
    const missing = new Set<string>();
    for (const key of [`u:${user.name}`, ...user.groups.map((group) => `g:${group}`)]) {
      for (const bound of scope.get(key) ?? []) {
        const source = (): string => describe(bound, namespace);
        const { roleRef } = bound.binding;
        const rules = this.rulesOf(roleRef, namespace);
        for (const rule of rules ?? []) held.push({ rule, source });
        if (rules === undefined)
          missing.add(
            `${roleRef.kind.toLowerCase()}.${roleRef.apiGroup} ${JSON.stringify(roleRef.name)} not found`,
          );
      }
    }
    return { rules: held, missing: [...missing] };
  }

  #bind(binding: RoleBinding): void {
    const namespace = binding.metadata.namespace ?? '';
    let scope = this.#scopes.get(namespace);
    if (scope === undefined) {
      scope = new Map();
      this.#scopes.set(namespace, scope);
    }
    for (const subject of binding.subjects ?? []) {
      const key = keyOf(subject, namespace);
      const bounds = scope.get(key) ?? new Set<Bound>();
      bounds.add({ binding, subject });
      scope.set(key, bounds);
    }
  }

  #unbind(binding: RoleBinding): void {
    const namespace = binding.metadata.namespace ?? '';
    const scope = this.#scopes.get(namespace);
    if (scope === undefined) return;
    for (const subject of binding.subjects ?? []) {
      const key = keyOf(subject, namespace);
      const bounds = scope.get(key);
      for (const bound of bounds ?? []) {
        if (bound.binding.metadata.name === binding.metadata.name) bounds?.delete(bound);
      }
      if (bounds?.size === 0) scope.delete(key);
    }
    if (scope.size === 0) this.#scopes.delete(namespace);
  }
}

function describe({ binding, subject }: Bound, namespace: string): string {
  const ref = `${binding.roleRef.kind} ${JSON.stringify(binding.roleRef.name)}`;
  const who = JSON.stringify(
    subject.kind === 'ServiceAccount' ? `${subject.name}/${subject.namespace ?? namespace}` : subject.name,
  );
  const what =
    namespace === ''
      ? `ClusterRoleBinding ${JSON.stringify(binding.metadata.name)}`
      : `RoleBinding ${JSON.stringify(`${binding.metadata.name}/${namespace}`)}`;
  return `${what} of ${ref} to ${subject.kind} ${who}`;
}

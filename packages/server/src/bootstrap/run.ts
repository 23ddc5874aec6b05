import { isDeepStrictEqual } from 'node:util';
import type { ClusterRole, PolicyRule, RoleBinding, Subject } from '@gantry/api/generated/types';
import type { KindDefinition } from '@gantry/api/kind';
import { builtinKinds } from '@gantry/api/kinds';
import { type AnyObject, formatGroupVersion } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { uncovered } from '../auth/authorization/rules.ts';
import { SUPERUSERS } from '../auth/users.ts';
import type { RegistryAccess } from '../handler.ts';
import type { UserInfo } from '../request.ts';
import { readyDefaultRange } from './default-range.ts';
import { type BootstrapObject, type BootstrapOptions, bootstrapObjects } from './objects.ts';

const AUTOUPDATE = 'rbac.authorization.kubernetes.io/autoupdate';
/** Together, so that many share a batch of the store; bounded, so that a start never floods it. */
const PARALLEL = 64;

/** The API server's own identity. */
export const apiserverUser: UserInfo = { name: 'system:apiserver', groups: [SUPERUSERS] };

const kindsByType: ReadonlyMap<string, KindDefinition> = new Map(
  builtinKinds.map((kind) => [`${formatGroupVersion(kind.group, kind.version)}/${kind.kind}`, kind]),
);

function kindOf({ apiVersion, kind }: AnyObject): KindDefinition {
  const found = kindsByType.get(`${apiVersion}/${kind}`);
  if (found === undefined) throw new Error(`bootstrap: no kind ${apiVersion} ${kind}`);
  return found;
}

const sameSubject = (a: Subject, b: Subject): boolean =>
  a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');

const OWN_PREFIX = 'gantry:';

/** Adds what is missing, so that rights that an administrator added stay; roles of our own are put back. Returns whether it changed anything. */
function reconcileRbac(live: AnyObject, wanted: AnyObject): boolean {
  if (live.metadata.annotations?.[AUTOUPDATE] === 'false') return false;
  let changed = false;
  for (const [key, value] of Object.entries(wanted.metadata.labels ?? {})) {
    if (live.metadata.labels?.[key] === value) continue;
    live.metadata.labels = { ...live.metadata.labels, [key]: value };
    changed = true;
  }
  if (live.kind.endsWith('Binding')) {
    const [binding, subjects] = [
      live as unknown as RoleBinding,
      (wanted as unknown as RoleBinding).subjects ?? [],
    ];
    const missing = subjects.filter((one) => !(binding.subjects ?? []).some((own) => sameSubject(own, one)));
    if (missing.length > 0) binding.subjects = [...(binding.subjects ?? []), ...missing];
    return changed || missing.length > 0;
  }
  const [role, target] = [live as unknown as ClusterRole, wanted as unknown as ClusterRole];
  if (target.aggregationRule !== undefined) {
    if (!isDeepStrictEqual(role.aggregationRule, target.aggregationRule)) {
      role.aggregationRule = target.aggregationRule;
      changed = true;
    }
    return changed;
  }
  // A role of our own holds what this version needs: rights of an older one would stay for good.
  if (role.metadata.name?.startsWith(OWN_PREFIX) === true) {
    if (isDeepStrictEqual(role.rules ?? [], target.rules ?? [])) return changed;
    role.rules = structuredClone(target.rules ?? []);
    return true;
  }
  const missing: PolicyRule[] = uncovered(role.rules ?? [], target.rules ?? []);
  if (missing.length > 0) role.rules = [...(role.rules ?? []), ...missing];
  return changed || missing.length > 0;
}

function reconcileFields(live: AnyObject, wanted: AnyObject, fields: readonly string[]): boolean {
  let changed = false;
  for (const field of fields) {
    if (isDeepStrictEqual(live[field], wanted[field])) continue;
    live[field] = wanted[field];
    changed = true;
  }
  return changed;
}

async function ensure(registry: RegistryAccess, { object, reconcile }: BootstrapObject): Promise<void> {
  const kind = kindOf(object);
  const { name, namespace = '' } = object.metadata;
  let live: AnyObject;
  try {
    live = await registry.get(kind, namespace, name);
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
    try {
      await registry.create(kind, object, apiserverUser);
      return;
    } catch (raced) {
      // Another API server of the same store was quicker; what it wrote is what we would have.
      if (isStatusError(raced, 'AlreadyExists')) return;
      throw raced;
    }
  }
  if (reconcile === 'create') return;
  const change = (target: AnyObject): boolean =>
    reconcile === 'rbac' ? reconcileRbac(target, object) : reconcileFields(target, object, reconcile.fields);
  if (!change(structuredClone(live))) return;
  await registry.modify(kind, namespace, name, apiserverUser, (target) => {
    change(target);
  });
}

async function ensureAll(registry: RegistryAccess, objects: readonly BootstrapObject[]): Promise<void> {
  const queue = objects.values();
  const worker = async (): Promise<void> => {
    for (const object of queue) await ensure(registry, object);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

/**
 * Creates what is missing and mends what must hold. Safe to repeat at every start, and beside another server that does the same.
 * Throws the first StatusError that is no race.
 */
export async function runBootstrap(registry: RegistryAccess, options: BootstrapOptions): Promise<void> {
  const { first, rest } = bootstrapObjects(options);
  await ensureAll(registry, first);
  await ensureAll(registry, rest);
  await readyDefaultRange(registry, options.serviceCidr, apiserverUser);
}

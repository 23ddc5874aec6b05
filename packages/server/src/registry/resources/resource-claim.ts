import type { Namespace, ResourceClaim, ResourceClaimTemplate } from '@gantry/api/generated/types';
import { type FieldError, forbidden } from '@gantry/machinery/field-error';
import type { AnyObject } from '@gantry/machinery/object';
import { readObject } from '../../auth/state.ts';
import type { HookEnvironment, ResourceHooks } from '../hooks.ts';

const LABEL = 'resource.kubernetes.io/admin-access';

/** Devices in use by others are shown only to namespaces that are marked for it. */
function checkAdmin({ metadata }: AnyObject, path: string, { state }: HookEnvironment): FieldError[] {
  const namespace = readObject<Namespace>(state, 'namespaces', '', metadata.namespace ?? '');
  if (namespace?.metadata.labels?.[LABEL] === 'true') return [];
  return [
    forbidden(
      path,
      `admin access to devices requires the \`${LABEL}: true\` label on the containing namespace`,
    ),
  ];
}

function checkRequests(
  object: AnyObject,
  devices: ResourceClaim['spec']['devices'],
  env: HookEnvironment,
): FieldError[] {
  const asked = (devices?.requests ?? []).findIndex(({ exactly }) => exactly?.adminAccess === true);
  return asked < 0 ? [] : checkAdmin(object, `spec.devices.requests[${asked}].adminAccess`, env);
}

const grantAt = (object: AnyObject): number =>
  ((object as unknown as ResourceClaim).status?.allocation?.devices?.results ?? []).findIndex(
    ({ adminAccess }) => adminAccess === true,
  );

/** What a claim asks for can't be changed later, and neither can what it was given. */
export const resourceClaimHooks: ResourceHooks = {
  validate(object, old, env) {
    if (old === undefined)
      return checkRequests(object, (object as unknown as ResourceClaim).spec.devices, env);
    if (env.subresource !== 'status' || grantAt(old) >= 0) return [];
    const granted = grantAt(object);
    const path = `status.allocation.devices.results[${granted}].adminAccess`;
    return granted < 0 ? [] : checkAdmin(object, path, env);
  },
};

export const resourceClaimTemplateHooks: ResourceHooks = {
  validate: (object, old, env) =>
    old === undefined
      ? checkRequests(object, (object as unknown as ResourceClaimTemplate).spec.spec.devices, env)
      : [],
};

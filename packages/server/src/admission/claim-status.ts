import type { ResourceClaim } from '@gantry/api/generated/types';
import { type FieldError, forbidden } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { invalid } from '@gantry/machinery/status';
import { forbiddenRequest } from '../auth/authorization/denial.ts';
import { parseServiceAccountUser } from '../auth/users.ts';
import type {
  AdmissionPlugin,
  AdmissionRequest,
  Authorizer,
  RequestAttributes,
  UserInfo,
} from '../request.ts';

const GROUP = 'resource.k8s.io';
const NODE_NAME = 'authentication.kubernetes.io/node-name';
const NODE_VERBS = { associated: 'associated-node:', arbitrary: 'arbitrary-node:' } as const;

type Status = NonNullable<ResourceClaim['status']>;
type Device = NonNullable<Status['devices']>[number];

const statusOf = (object: unknown): Status => (object as ResourceClaim).status ?? {};
const keyOf = ({ driver, pool, device, shareID = '' }: Device): string =>
  JSON.stringify([driver, pool, device, shareID]);

/** Drivers whose word about devices was added, changed or taken away. */
function changedDrivers({ devices = [] }: Status, { devices: before = [] }: Status): string[] {
  const left = new Map(before.map((device) => [keyOf(device), device]));
  const drivers = new Set<string>();
  for (const device of devices) {
    const key = keyOf(device);
    if (!deepEqual(left.get(key), device)) drivers.add(device.driver);
    left.delete(key);
  }
  for (const { driver } of left.values()) drivers.add(driver);
  return [...drivers].sort();
}

/** The one node that the allocation binds the claim to; '' when it names none, or several. */
function allocatedNode({ allocation }: Status): string {
  const [term, ...more] = allocation?.nodeSelector?.nodeSelectorTerms ?? [];
  const [field, ...others] = term?.matchFields ?? [];
  if (more.length > 0 || others.length > 0 || (term?.matchExpressions ?? []).length > 0) return '';
  const { key, operator, values = [] } = field ?? {};
  return key === 'metadata.name' && operator === 'In' && values.length === 1 ? (values[0] ?? '') : '';
}

function isOnNode(user: UserInfo, node: string): boolean {
  const own = user.extra?.[NODE_NAME] ?? [];
  return (
    node !== '' && parseServiceAccountUser(user.name) !== undefined && own.length === 1 && own[0] === node
  );
}

/** Why the user may not; undefined: they may. */
async function refusal(
  authorizer: Authorizer,
  { user, attributes }: AdmissionRequest,
  asked: Partial<RequestAttributes>,
): Promise<string | undefined> {
  const wanted = { ...attributes, ...asked };
  await authorizer.prepare?.(user, wanted);
  const decision = authorizer.authorize(user, wanted);
  return decision.allowed ? undefined : forbiddenRequest(user, wanted, decision.reason).message;
}

async function checkBinding(authorizer: Authorizer, request: AdmissionRequest): Promise<FieldError[]> {
  const [now, before] = [statusOf(request.object), statusOf(request.oldObject)];
  const isSame =
    deepEqual(now.allocation ?? null, before.allocation ?? null) &&
    deepEqual(now.reservedFor ?? [], before.reservedFor ?? []);
  if (isSame) return [];
  const asked = { subresource: 'binding', namespace: '', name: '' };
  const reason = await refusal(authorizer, request, asked);
  if (reason === undefined) return [];
  const { verb } = request.attributes;
  const text = `changing status.allocation or status.reservedFor requires resource="resourceclaims/binding", verb="${verb}" permission: ${reason}`;
  return [forbidden('status.allocation', text)];
}

async function checkDevices(authorizer: Authorizer, request: AdmissionRequest): Promise<FieldError[]> {
  const [now, before] = [statusOf(request.object), statusOf(request.oldObject)];
  if (now.allocation === undefined) return [];
  const { verb } = request.attributes;
  const verbs = [
    ...(isOnNode(request.user, allocatedNode(now)) ? [NODE_VERBS.associated + verb] : []),
    NODE_VERBS.arbitrary + verb,
  ];
  const errors: FieldError[] = [];
  for (const name of changedDrivers(now, before)) {
    let first: string | undefined;
    let allowed = false;
    for (const one of verbs) {
      const reason = await refusal(authorizer, request, { verb: one, subresource: 'driver', name });
      allowed ||= reason === undefined;
      first ??= reason;
      if (allowed) break;
    }
    if (!allowed)
      errors.push(
        forbidden(
          'status.devices',
          `changing status.devices requires resource="resourceclaims/driver", verb="[${verbs.join(' ')}]" permission: ${first ?? ''}`,
        ),
      );
  }
  return errors;
}

/**
 * The status of a ResourceClaim has parts of several owners: who binds claims has a right of their own, and each driver
 * one for what it says of its devices.
 */
export const createClaimStatusCheck = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'ResourceClaimStatus',
  handles: ({ group, plural }, operation, subresource) =>
    group === GROUP && plural === 'resourceclaims' && operation === 'UPDATE' && subresource === 'status',
  async validate(request) {
    const errors = [
      ...(await checkBinding(authorizer, request)),
      ...(await checkDevices(authorizer, request)),
    ];
    if (errors.length > 0) throw invalid(GROUP, 'ResourceClaim', request.attributes.name, errors);
  },
});

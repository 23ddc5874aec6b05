import {
  forbidden,
  invalid,
  notSupportedInOrder,
  required,
  tooLong,
  tooMany,
} from '@gantry/machinery/field-error';
import type { ObjectMeta } from '@gantry/machinery/object';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import { validateNodeSelector } from '../../core/v1/pod-spec-validation/scheduling.ts';
import { validateTemplateMetadata } from '../../core/v1/volume-validation/ephemeral.ts';
import type {
  AllocationResult,
  DeviceRequest,
  ResourceClaim,
  ResourceClaimSpec,
  ResourceClaimStatus,
  ResourceClaimTemplate,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { ObjectMeta as ObjectMetaType } from '../../meta/v1/meta.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { validateDriverName } from '../../storage/v1/driver-name.ts';
import { check, type Errors } from '../../validation/common.ts';
import { validateConditions } from '../../validation/conditions.ts';
import { goStruct } from '../../validation/go-struct.ts';
import { goTexts } from '../../validation/go-value.ts';
import { interfaceAddressProblem } from '../../validation/interface-address.ts';
import {
  validateFullName,
  validateLabelName,
  validateList,
  validatePoolName,
  validateSet,
  validateShareId,
} from './device-names.ts';
import {
  validateAllocationMode,
  validateBindingConditions,
  validateConfiguration,
  validateRaw,
  validateSelectors,
  validateTolerations,
} from './device-rules.ts';
import { AllocationResult as AllocationType } from './types/allocation.ts';
import { ResourceClaimSpec as ClaimSpecType } from './types/device-claim.ts';

const DEVICE_ID = { driver: 'Driver', pool: 'Pool', device: 'Device', shareID: 'ShareID' };
const MAX_REQUESTS = 32;
const MAX_CONSTRAINTS = 32;
const MAX_CONFIGS = 32;
const MAX_ALTERNATIVES = 8;
const MAX_CONSUMERS = 256;
const MAX_CONDITIONS = 8;
const MAX_DATA_BYTES = 10 * 1024;
const MAX_INTERFACE_BYTES = 256;
const MAX_HARDWARE_BYTES = 128;
const MAX_IPS = 16;
const ONE_OF = 'exactly one of `exactly` or `firstAvailable` is required';
const NO_REQUEST =
  "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

/** The names of requests, each with those of its alternatives. */
type RequestNames = ReadonlyMap<string, ReadonlySet<string>>;

export const resourceClaimRules: KindRules<ResourceClaim> = {
  defaults(claim) {
    defaultClaimSpec(claim.spec);
  },
  prepareForCreate(claim) {
    claim.status = {};
  },
  validate(claim, _context, old) {
    const errors: Errors = [];
    if (old === undefined) validateClaimSpec(claim.spec, 'spec', errors);
    return errors;
  },
  validateUpdate: (claim, old) =>
    semanticEqual(claim.spec, old.spec)
      ? []
      : [invalid('spec', goStruct(ClaimSpecType, claim.spec), 'field is immutable')],
  validateStatusUpdate(claim, old) {
    const errors: Errors = [];
    validateStatus(claim, old, errors);
    return errors;
  },
};

export const resourceClaimTemplateRules: KindRules<ResourceClaimTemplate> = {
  defaults(template) {
    defaultClaimSpec(template.spec.spec);
  },
  validate(template) {
    const errors: Errors = [];
    validateTemplateMetadata(template.spec.metadata as ObjectMeta | undefined, 'spec.metadata', errors);
    validateClaimSpec(template.spec.spec, 'spec.spec', errors);
    return errors;
  },
  validateUpdate: (template, old) =>
    semanticEqual(template.spec, old.spec)
      ? []
      : [
          invalid(
            'spec',
            {
              ...goStruct(ObjectMetaType, template.spec.metadata ?? {}),
              Spec: goStruct(ClaimSpecType, template.spec.spec),
            },
            'field is immutable',
          ),
        ],
};

function defaultClaimSpec(spec: ResourceClaimSpec | undefined): void {
  for (const { exactly, firstAvailable = [] } of spec?.devices?.requests ?? [])
    for (const request of exactly === undefined ? firstAvailable : [exactly, ...firstAvailable]) {
      request.allocationMode ||= 'ExactCount';
      if (request.allocationMode === 'ExactCount') request.count ||= 1;
    }
}

const namesOf = (spec: ResourceClaimSpec): RequestNames =>
  new Map(
    (spec.devices?.requests ?? []).map(({ name, firstAvailable = [] }) => [
      name,
      new Set(firstAvailable.map((one) => one.name)),
    ]),
  );

function validateClaimSpec(spec: ResourceClaimSpec, path: string, errors: Errors): void {
  const { requests, constraints, config } = spec.devices ?? {};
  const names = namesOf(spec);
  const at = `${path}.devices`;
  validateSet(requests, MAX_REQUESTS, `${at}.requests`, errors, validateRequest, ({ name }) => name);
  validateList(constraints, MAX_CONSTRAINTS, `${at}.constraints`, errors, (constraint, each) => {
    validateReferences(constraint.requests, names, `${each}.requests`, errors);
    if (constraint.matchAttribute !== undefined)
      validateFullName(constraint.matchAttribute, `${each}.matchAttribute`, errors);
    else if (constraint.distinctAttribute !== undefined)
      validateFullName(constraint.distinctAttribute, `${each}.distinctAttribute`, errors);
    else
      errors.push(
        required(
          each,
          'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set',
        ),
      );
  });
  validateList(config, MAX_CONFIGS, `${at}.config`, errors, (one, each) => {
    validateReferences(one.requests, names, `${each}.requests`, errors);
    validateConfiguration(one, each, errors);
  });
}

function validateReferences(
  references: readonly string[] | undefined,
  names: RequestNames,
  path: string,
  errors: Errors,
): void {
  validateSet(
    references,
    MAX_REQUESTS,
    path,
    errors,
    (reference, at) => validateReference(reference, names, at, errors),
    (reference) => reference,
  );
}

function validateReference(reference: string, names: RequestNames, path: string, errors: Errors): void {
  const segments = reference.split('/');
  const [name = '', alternative] = segments;
  if (segments.length > 2) {
    errors.push(invalid(path, reference, NO_REQUEST));
    return;
  }
  for (const segment of segments) validateLabelName(segment, path, errors);
  const alternatives = names.get(name);
  if (alternatives === undefined || (alternative !== undefined && !alternatives.has(alternative)))
    errors.push(invalid(path, reference, NO_REQUEST));
}

function validateRequest(request: DeviceRequest, path: string, errors: Errors): void {
  const { name, exactly, firstAvailable = [] } = request;
  validateLabelName(name, `${path}.name`, errors);
  if (exactly !== undefined && firstAvailable.length > 0)
    errors.push(invalid(path, null, `${ONE_OF}, but multiple fields are set`));
  else if (exactly !== undefined) validateDevices(exactly, `${path}.exactly`, errors);
  else if (firstAvailable.length === 0) errors.push(required(path, ONE_OF));
  else
    validateSet(
      firstAvailable,
      MAX_ALTERNATIVES,
      `${path}.firstAvailable`,
      errors,
      (one, at) => {
        validateLabelName(one.name, `${at}.name`, errors);
        validateDevices(one, at, errors);
      },
      (one) => one.name,
    );
}

function validateDevices(
  request: Omit<NonNullable<DeviceRequest['exactly']>, 'adminAccess'>,
  path: string,
  errors: Errors,
): void {
  const { deviceClassName, selectors, tolerations } = request;
  if (!deviceClassName) errors.push(required(`${path}.deviceClassName`));
  else check(isDNS1123Subdomain(deviceClassName), `${path}.deviceClassName`, deviceClassName, errors);
  validateSelectors(selectors, `${path}.selectors`, errors);
  validateAllocationMode(request, path, errors);
  validateTolerations(tolerations, `${path}.tolerations`, errors);
}

type DeviceStatus = NonNullable<ResourceClaimStatus['devices']>[number];

const deviceId = (device: { driver: string; pool: string; device: string; shareID?: string }): string =>
  [device.driver, device.pool, device.device, ...(device.shareID === undefined ? [] : [device.shareID])].join(
    '/',
  );

function validateStatus(claim: ResourceClaim, old: ResourceClaim, errors: Errors): void {
  const { allocation, devices, reservedFor = [] } = claim.status ?? {};
  const was = old.status ?? {};
  validateSet(
    reservedFor,
    MAX_CONSUMERS,
    'status.reservedFor',
    errors,
    (consumer, at) => {
      for (const field of ['resource', 'name', 'uid'] as const)
        if (!consumer[field]) errors.push(required(`${at}.${field}`));
    },
    ({ uid }) => uid,
  );
  const allocated = new Set((allocation?.devices?.results ?? []).map(deviceId));
  validateSet(
    devices,
    Number.POSITIVE_INFINITY,
    'status.devices',
    errors,
    (device, at) => validateDeviceStatus(device, allocated, at, errors),
    deviceId,
  );
  if (reservedFor.length > 0 && allocation === undefined)
    errors.push(forbidden('status.reservedFor', 'may not be specified when `allocated` is not set'));
  else if (claim.metadata.deletionTimestamp && allocation !== undefined) {
    const before = was.reservedFor ?? [];
    if (reservedFor.some((one) => !before.some((other) => semanticEqual(one, other))))
      errors.push(
        forbidden(
          'status.reservedFor',
          'new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set',
        ),
      );
  }
  if (allocation === undefined) return;
  if (was.allocation === undefined)
    validateAllocation(allocation, namesOf(claim.spec), 'status.allocation', errors);
  else if (!semanticEqual(allocation, was.allocation))
    errors.push(invalid('status.allocation', goStruct(AllocationType, allocation), 'field is immutable'));
}

function validateAllocation(
  { devices, nodeSelector }: AllocationResult,
  names: RequestNames,
  path: string,
  errors: Errors,
): void {
  validateList(devices?.results, MAX_REQUESTS, `${path}.devices.results`, errors, (result, at) => {
    validateReference(result.request, names, `${at}.request`, errors);
    validateDriverName(result.driver, `${at}.driver`, errors);
    validatePoolName(result.pool, `${at}.pool`, errors);
    validateLabelName(result.device, `${at}.device`, errors);
    validateBindingConditions(result, at, errors);
    if (result.shareID !== undefined) validateShareId(result.shareID, `${at}.shareID`, errors);
  });
  validateList(devices?.config, 2 * MAX_CONFIGS, `${path}.devices.config`, errors, (one, at) => {
    if (!one.source) errors.push(required(`${at}.source`));
    else if (one.source !== 'FromClaim' && one.source !== 'FromClass')
      errors.push(notSupportedInOrder(`${at}.source`, one.source, ['FromClaim', 'FromClass']));
    validateReferences(one.requests, names, `${at}.requests`, errors);
    validateConfiguration(one, at, errors);
  });
  if (nodeSelector !== undefined) validateNodeSelector(nodeSelector, `${path}.nodeSelector`, errors);
}

function validateDeviceStatus(
  device: DeviceStatus,
  allocated: ReadonlySet<string>,
  path: string,
  errors: Errors,
): void {
  validateDriverName(device.driver, `${path}.driver`, errors);
  validatePoolName(device.pool, `${path}.pool`, errors);
  validateLabelName(device.device, `${path}.device`, errors);
  if (device.shareID !== undefined) validateShareId(device.shareID, `${path}.shareID`, errors);
  const id = deviceId(device);
  if (!allocated.has(id))
    errors.push(invalid(path, goTexts(device, DEVICE_ID), 'must be an allocated device in the claim'));
  const conditions = device.conditions ?? [];
  if (conditions.length > MAX_CONDITIONS)
    errors.push(tooMany(`${path}.conditions`, conditions.length, MAX_CONDITIONS));
  validateConditions(conditions, `${path}.conditions`, errors);
  if (device.data !== undefined) validateRaw(device.data, MAX_DATA_BYTES, `${path}.data`, errors);
  const { interfaceName = '', hardwareAddress = '', ips } = device.networkData ?? {};
  const at = `${path}.networkData`;
  if (Buffer.byteLength(interfaceName) > MAX_INTERFACE_BYTES)
    errors.push(tooLong(`${at}.interfaceName`, MAX_INTERFACE_BYTES));
  if (Buffer.byteLength(hardwareAddress) > MAX_HARDWARE_BYTES)
    errors.push(tooLong(`${at}.hardwareAddress`, MAX_HARDWARE_BYTES));
  validateSet(
    ips,
    MAX_IPS,
    `${at}.ips`,
    errors,
    (ip, ipAt) => {
      const wrong = interfaceAddressProblem(ip);
      if (wrong !== undefined) errors.push(invalid(ipAt, ip, wrong));
    },
    (ip) => ip,
  );
}

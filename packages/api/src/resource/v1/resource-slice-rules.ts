import { forbidden, invalid, required, tooLong, tooMany } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import { validateNodeSelector } from '../../core/v1/pod-spec-validation/scheduling.ts';
import type {
  CapacityRequestPolicy,
  Device,
  DeviceAttribute,
  ResourceSlice,
  ResourceSliceSpec,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { validateDriverName } from '../../storage/v1/driver-name.ts';
import { check, type Errors } from '../../validation/common.ts';
import {
  validateAttributeName,
  validateCounterName,
  validateLabelName,
  validateList,
  validatePoolName,
  validateSet,
} from './device-names.ts';
import { validateBindingConditions, validateTaint } from './device-rules.ts';

const MAX_DEVICES = 128;
/** With taints or counters, which cost more to look at. */
const MAX_SPECIAL_DEVICES = 64;
const MAX_ATTRIBUTES = 32;
const MAX_VALUE_BYTES = 64;
const MAX_TAINTS = 16;
const MAX_COUNTER_SETS = 8;
const MAX_COUNTERS = 32;
const MAX_CONSUMPTIONS = 2;
const MAX_KEY = 63 + 1 + 32;
const MAX_VALID_VALUES = 10;
const PRERELEASE = '(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const NUMBER = '(0|[1-9]\\d*)';
const SEMVER = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(-${PRERELEASE}(\\.${PRERELEASE})*)?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$`,
);
const PLACES = 'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';
const DEVICE_PLACES =
  'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';

export const resourceSliceRules: KindRules<ResourceSlice> = {
  warnings: ({ spec: { driver } }) =>
    driver === driver.toLowerCase()
      ? []
      : [
          `spec.driver: driver names should be lowercase; ${JSON.stringify(driver)} contains uppercase characters`,
        ],
  defaults(slice) {
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    for (const device of slice.spec.devices ?? []) {
      for (const taint of device.taints ?? []) taint.timeAdded ??= now;
    }
  },
  prepareForCreate: dropAlphaFields,
  prepareForUpdate: dropAlphaFields,
  validate(slice, _context, old) {
    const errors: Errors = [];
    validateSpec(slice.spec, old?.spec, errors);
    return errors;
  },
};

/** Lists of values, and what devices take of a node, are alpha: they are known but not kept. */
function dropAlphaFields(slice: ResourceSlice): void {
  for (const device of slice.spec.devices ?? []) {
    delete device.nodeAllocatableResourceMappings;
    for (const attribute of Object.values(device.attributes ?? {}))
      for (const field of ['bools', 'ints', 'strings', 'versions'] as const) delete attribute[field];
  }
}

function validateSpec(spec: ResourceSliceSpec, old: ResourceSliceSpec | undefined, errors: Errors): void {
  validateDriverName(spec.driver, 'spec.driver', errors);
  validatePoolName(spec.pool.name, 'spec.pool.name', errors);
  if (spec.pool.resourceSliceCount <= 0)
    errors.push(
      invalid('spec.pool.resourceSliceCount', spec.pool.resourceSliceCount, 'must be greater than zero'),
    );
  if (spec.pool.generation < 0)
    errors.push(
      invalid('spec.pool.generation', spec.pool.generation, 'must be greater than or equal to zero'),
    );
  if (old !== undefined) {
    const immutable = (path: string, now: unknown, was: unknown): void => {
      if (!semanticEqual(now, was)) errors.push(invalid(path, now ?? null, 'field is immutable'));
    };
    immutable('spec.pool.name', spec.pool.name, old.pool.name);
    immutable('spec.driver', spec.driver, old.driver);
    immutable('spec.nodeName', spec.nodeName, old.nodeName);
  }
  validatePlaces(spec, errors);
  if (spec.sharedCounters !== undefined && spec.devices !== undefined)
    errors.push(invalid('spec', '', 'only one of `sharedCounters` or `devices` is allowed'));
  const isSpecial = (spec.devices ?? []).some(
    ({ taints = [], consumesCounters = [] }) => taints.length > 0 || consumesCounters.length > 0,
  );
  validateSet(
    spec.devices,
    isSpecial ? MAX_SPECIAL_DEVICES : MAX_DEVICES,
    'spec.devices',
    errors,
    (device, at) =>
      validateDevice(
        device,
        old?.devices?.find(({ name }) => name === device.name),
        spec.perDeviceNodeSelection === true,
        at,
        errors,
      ),
    ({ name }) => name,
  );
  validateSet(
    spec.sharedCounters,
    MAX_COUNTER_SETS,
    'spec.sharedCounters',
    errors,
    (set, at) => {
      validateCounterName(set.name, `${at}.name`, errors);
      validateCounters(set.counters, `${at}.counters`, errors);
    },
    ({ name }) => name,
  );
}

/** Where the devices are: on one node, some nodes or all. */
function validatePlaces(spec: ResourceSliceSpec, errors: Errors): void {
  const set: string[] = [];
  const { nodeName, nodeSelector } = spec;
  if (nodeName === '')
    errors.push(invalid('spec.nodeName', '', 'must be either unset or set to a non-empty string'));
  else if (nodeName !== undefined) {
    set.push('`nodeName`');
    check(isDNS1123Subdomain(nodeName), 'spec.nodeName', nodeName, errors);
  }
  if (nodeSelector !== undefined) {
    set.push('`nodeSelector`');
    validateNodeSelector(nodeSelector, 'spec.nodeSelector', errors);
    const terms = nodeSelector.nodeSelectorTerms ?? [];
    if (terms.length !== 1)
      errors.push(
        invalid(
          'spec.nodeSelector.nodeSelectorTerms',
          nodeSelector.nodeSelectorTerms ?? null,
          'must have exactly one node selector term',
        ),
      );
  }
  for (const field of ['allNodes', 'perDeviceNodeSelection'] as const)
    if (spec[field] === true) set.push(`\`${field}\``);
    else if (spec[field] === false)
      errors.push(invalid(`spec.${field}`, false, 'must be either unset or set to true'));
  if (set.length === 0) errors.push(required('spec', PLACES));
  else if (set.length > 1)
    errors.push(invalid('spec', `{${set.join(', ')}}`, `${PLACES}, but multiple fields are set`));
}

function validateDevice(
  device: Device,
  old: Device | undefined,
  hasOwnPlace: boolean,
  path: string,
  errors: Errors,
): void {
  const { attributes = {}, capacity = {}, taints } = device;
  validateLabelName(device.name, `${path}.name`, errors);
  const total = Object.keys(attributes).length + Object.keys(capacity).length;
  if (total > MAX_ATTRIBUTES)
    errors.push(
      invalid(path, total, `the total number of attributes and capacities must not exceed ${MAX_ATTRIBUTES}`),
    );
  for (const [name, attribute] of Object.entries(attributes)) {
    validateAttributeName(name, `${path}.attributes`, errors);
    validateAttribute(attribute, `${path}.attributes[${shortened(name, MAX_KEY)}]`, errors);
  }
  for (const [name, { requestPolicy, value }] of Object.entries(capacity)) {
    validateAttributeName(name, `${path}.capacity`, errors);
    if (requestPolicy === undefined) continue;
    const at = `${path}.capacity[${shortened(name, MAX_KEY)}].requestPolicy`;
    if (device.allowMultipleAllocations === true) validatePolicy(requestPolicy, value, at, errors);
    else errors.push(forbidden(at, 'allowMultipleAllocations must be true'));
  }
  if (old === undefined || !semanticEqual(taints, old.taints))
    validateList(taints, MAX_TAINTS, `${path}.taints`, errors, validateTaint);
  validateSet(
    device.consumesCounters,
    MAX_CONSUMPTIONS,
    `${path}.consumesCounters`,
    errors,
    ({ counterSet, counters }, at) => {
      validateCounterName(counterSet, `${at}.counterSet`, errors);
      validateCounters(counters, `${at}.counters`, errors);
    },
    ({ counterSet }) => counterSet,
  );
  validateOwnPlace(device, hasOwnPlace, path, errors);
  validateBindingConditions(device, path, errors);
}

function validateOwnPlace(device: Device, hasOwnPlace: boolean, path: string, errors: Errors): void {
  const { nodeName, nodeSelector, allNodes } = device;
  if (!hasOwnPlace) {
    if (nodeName !== undefined || nodeSelector !== undefined || allNodes !== undefined)
      errors.push(
        invalid(
          path,
          null,
          '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec',
        ),
      );
    return;
  }
  const set: string[] = [];
  if (nodeName === '') errors.push(invalid(`${path}.nodeName`, '', 'must not be empty'));
  else if (nodeName !== undefined) {
    set.push('`nodeName`');
    check(isDNS1123Subdomain(nodeName), `${path}.nodeName`, nodeName, errors);
  }
  if (nodeSelector !== undefined) {
    set.push('`nodeSelector`');
    validateNodeSelector(nodeSelector, `${path}.nodeSelector`, errors);
  }
  if (allNodes === true) set.push('`allNodes`');
  else if (allNodes === false)
    errors.push(invalid(`${path}.allNodes`, false, 'must be either unset or set to true'));
  if (set.length === 0) errors.push(required(path, DEVICE_PLACES));
  else if (set.length > 1) errors.push(invalid(path, `{${set.join(', ')}}`, DEVICE_PLACES));
}

function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const rest = max - 3;
  return `${text.slice(0, Math.floor((rest + 1) / 2))}...${text.slice(text.length - Math.floor(rest / 2))}`;
}

function validateAttribute(attribute: DeviceAttribute, path: string, errors: Errors): void {
  const tooBig = (value: string, at: string): void => {
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES) errors.push(tooLong(at, MAX_VALUE_BYTES));
  };
  const { string, version } = attribute;
  if (string !== undefined) tooBig(string, `${path}.string`);
  if (version !== undefined) {
    if (!SEMVER.test(version))
      errors.push(
        invalid(`${path}.version`, version, 'must be a string compatible with semver.org spec 2.0.0'),
      );
    tooBig(version, `${path}.version`);
  }
  const set = (['bool', 'int', 'string', 'version'] as const).filter(
    (field) => attribute[field] !== undefined,
  );
  if (set.length !== 1)
    errors.push(invalid(path, set.length === 0 ? '' : attribute, 'exactly one value must be specified'));
}

function validateCounters(
  counters: Readonly<Record<string, unknown>> | undefined,
  path: string,
  errors: Errors,
): void {
  const names = Object.keys(counters ?? {});
  if (names.length === 0) errors.push(required(path));
  else if (names.length > MAX_COUNTERS) errors.push(tooMany(path, names.length, MAX_COUNTERS));
  else for (const name of names) validateLabelName(name, path, errors);
}

/** What parts of a capacity may be asked for. */
function validatePolicy(policy: CapacityRequestPolicy, capacity: string, path: string, errors: Errors): void {
  const { validValues = [], validRange } = policy;
  if (validValues.length > 0 && validRange !== undefined)
    errors.push(
      forbidden(
        path,
        'exactly one policy can be specified, cannot specify "validValues" and "validRange" at the same time',
      ),
    );
  else if (validValues.length > 0) {
    if (policy.default === undefined)
      errors.push(required(`${path}.default`, 'required when validValues is defined'));
    else validateValues(policy.default, validValues, capacity, `${path}.validValues`, errors);
  } else if (validRange !== undefined) {
    if (policy.default === undefined)
      errors.push(required(`${path}.default`, 'required when validRange is defined'));
    else validateRange(policy.default, validRange, capacity, `${path}.validRange`, errors);
  }
}

const above = (one: string, other: string): boolean => quantityNano(one) > quantityNano(other);

function validateValues(
  standard: string,
  values: readonly string[],
  capacity: string,
  path: string,
  errors: Errors,
): void {
  for (const [index, value] of values.entries()) {
    const before = values[index - 1];
    if (before !== undefined && above(before, value))
      errors.push(invalid(`${path}[${index}]`, value, 'values must be sorted in ascending order'));
  }
  validateSet(
    values,
    MAX_VALID_VALUES,
    path,
    errors,
    (value, at) => {
      if (above(value, capacity))
        errors.push(invalid(at, value, `option is larger than capacity value: ${capacity}`));
    },
    (value) => String(quantityNano(value) / 1_000_000_000n),
  );
  if (!values.some((value) => quantityNano(value) === quantityNano(standard)))
    errors.push(invalid(path, standard, 'default value is not valid according to the requestPolicy'));
}

function validateRange(
  standard: string,
  { min, max, step }: NonNullable<CapacityRequestPolicy['validRange']>,
  capacity: string,
  path: string,
  errors: Errors,
): void {
  if (min === undefined) {
    errors.push(required(`${path}.min`, 'required when validRange is defined'));
    return;
  }
  if (above(min, capacity))
    errors.push(invalid(`${path}.min`, min, `min is larger than capacity value: ${capacity}`));
  if (above(min, standard)) errors.push(invalid(`${path}.min`, standard, `default is less than min: ${min}`));
  if (max !== undefined) {
    if (above(min, max)) errors.push(invalid(`${path}.max`, min, `min is larger than max: ${max}`));
    if (above(max, capacity))
      errors.push(invalid(`${path}.max`, max, `max is larger than capacity value: ${capacity}`));
    if (above(standard, max))
      errors.push(invalid(`${path}.max`, standard, `default is more than max: ${max}`));
  }
  if (step === undefined) return;
  for (const value of max === undefined ? [standard] : [standard, max]) {
    const width = quantityNano(step);
    if (width !== 0n && (quantityNano(value) - quantityNano(min)) % width !== 0n)
      errors.push(
        invalid(`${path}.step`, value, `value is not a multiple of a given step (${step}) from (${min})`),
      );
  }
}

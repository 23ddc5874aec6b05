import {
  duplicate,
  invalid,
  notSupported,
  notSupportedInOrder,
  required,
} from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { isDNS1123Subdomain, isQualifiedName } from '@gantry/machinery/validation';
import type {
  CSIDriver,
  CSINode,
  CSINodeDriver,
  CSIStorageCapacity,
  LabelSelector,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors, nonNegative, validateLabelSelector } from '../../validation/common.ts';
import { goTexts, orderedSelector } from '../../validation/go-value.ts';
import { validateDriverName } from './driver-name.ts';

const FS_GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType'];
const LIFECYCLE_MODES = ['Persistent', 'Ephemeral'];
const MIN_TOKEN_SECONDS = 600;
const MAX_TOKEN_SECONDS = 2 ** 32;
const MAX_NODE_ID = 256;

const TOKEN_ADVICE =
  'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes';

export const csiDriverRules: KindRules<CSIDriver> = {
  defaults({ spec }) {
    if ((spec.volumeLifecycleModes ?? []).length === 0) spec.volumeLifecycleModes = ['Persistent'];
  },
  warnings: ({ spec }, old) =>
    (spec.tokenRequests ?? []).length > 0 &&
    spec.serviceAccountTokenInSecrets === undefined &&
    !(old !== undefined && semanticEqual(spec.tokenRequests, old.spec.tokenRequests))
      ? [TOKEN_ADVICE]
      : [],
  prepareForCreate({ spec }) {
    // Alpha.
    delete spec.preventPodSchedulingIfMissing;
  },
  prepareForUpdate({ spec }, { spec: old }) {
    if (old.preventPodSchedulingIfMissing === undefined) delete spec.preventPodSchedulingIfMissing;
  },
  validate({ spec }) {
    const errors: Errors = [];
    const policy = spec.fsGroupPolicy;
    if (policy !== undefined && !FS_GROUP_POLICIES.includes(policy))
      errors.push(notSupported('spec.fsGroupPolicy', policy, FS_GROUP_POLICIES));
    validateTokenRequests(spec.tokenRequests ?? [], errors);
    const inSecrets = spec.serviceAccountTokenInSecrets;
    if (inSecrets !== undefined && (spec.tokenRequests ?? []).length === 0)
      errors.push(
        invalid(
          'spec.serviceAccountTokenInSecrets',
          inSecrets,
          'serviceAccountTokenInSecrets is set but no tokenRequests are specified',
        ),
      );
    for (const mode of spec.volumeLifecycleModes ?? [])
      if (!LIFECYCLE_MODES.includes(mode))
        errors.push(notSupportedInOrder('spec.volumeLifecycleModes', mode, LIFECYCLE_MODES));
    const period = spec.nodeAllocatableUpdatePeriodSeconds;
    if (period !== undefined && period < 10)
      errors.push(
        invalid(
          'spec.nodeAllocatableUpdatePeriodSeconds',
          period,
          'must be greater than or equal to 10 seconds',
        ),
      );
    return errors;
  },
  validateUpdate({ spec }, { spec: old }) {
    const errors: Errors = [];
    if (spec.attachRequired !== old.attachRequired)
      errors.push(invalid('spec.attachedRequired', spec.attachRequired ?? null, 'field is immutable'));
    if (!deepEqual(spec.volumeLifecycleModes, old.volumeLifecycleModes))
      errors.push(
        invalid('spec.volumeLifecycleModes', spec.volumeLifecycleModes ?? null, 'field is immutable'),
      );
    return errors;
  },
};

function validateTokenRequests(
  requests: readonly { readonly audience: string; readonly expirationSeconds?: number }[],
  errors: Errors,
): void {
  const audiences = new Set<string>();
  for (const [index, { audience, expirationSeconds: seconds }] of requests.entries()) {
    const at = `spec.tokenRequests[${index}]`;
    if (audiences.has(audience)) {
      errors.push(duplicate(`${at}.audience`, audience));
      continue;
    }
    audiences.add(audience);
    if (seconds === undefined) continue;
    if (seconds < MIN_TOKEN_SECONDS)
      errors.push(
        invalid(`${at}.expirationSeconds`, seconds, 'may not specify a duration less than 10 minutes'),
      );
    if (seconds > MAX_TOKEN_SECONDS)
      errors.push(
        invalid(`${at}.expirationSeconds`, seconds, 'may not specify a duration larger than 2^32 seconds'),
      );
  }
}

const shown = (value: string | LabelSelector | undefined): unknown =>
  typeof value === 'object' ? orderedSelector(value) : (value ?? null);

export const csiNodeRules: KindRules<CSINode> = {
  validate({ spec }) {
    const errors: Errors = [];
    const names = new Set<string>();
    for (const [index, driver] of (spec.drivers ?? []).entries()) {
      const at = `spec.drivers[${index}]`;
      validateDriver(driver, at, errors);
      if (names.has(driver.name)) errors.push(duplicate(`${at}.name`, driver.name));
      names.add(driver.name);
      validateTopologyKeys(driver.topologyKeys ?? [], at, errors);
    }
    return errors;
  },
  validateUpdate({ spec }, { spec: old }) {
    const errors: Errors = [];
    for (const { allocatable: _was, ...before } of old.drivers ?? [])
      for (const { allocatable: _now, ...driver } of spec.drivers ?? [])
        if (driver.name === before.name && !semanticEqual(driver, before))
          errors.push(
            invalid(
              'spec.drivers',
              {
                ...goTexts(driver, { name: 'Name', nodeID: 'NodeID' }),
                TopologyKeys: driver.topologyKeys ?? null,
                Allocatable: _now === undefined ? null : { Count: _now.count ?? null },
              },
              'field is immutable',
            ),
          );
    return errors;
  },
};

function validateDriver(driver: CSINodeDriver, path: string, errors: Errors): void {
  validateDriverName(driver.name, `${path}.name`, errors);
  const { nodeID } = driver;
  if (nodeID === '') errors.push(required(`${path}.nodeID`));
  if (Buffer.byteLength(nodeID) > MAX_NODE_ID)
    errors.push(invalid(`${path}.nodeID`, nodeID, `must be ${MAX_NODE_ID} characters or less`));
  nonNegative(driver.allocatable?.count, `${path}.allocatable.count`, errors);
}

function validateTopologyKeys(keys: readonly string[], path: string, errors: Errors): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (key === '') errors.push(required(path));
    if (seen.has(key)) errors.push(duplicate(path, key));
    seen.add(key);
    check(isQualifiedName(key), path, key, errors);
  }
}

export const csiStorageCapacityRules: KindRules<CSIStorageCapacity> = {
  validate(capacity) {
    const errors: Errors = [];
    validateLabelSelector(capacity.nodeTopology, 'nodeTopology', errors);
    check(
      isDNS1123Subdomain(capacity.storageClassName),
      'storageClassName',
      capacity.storageClassName,
      errors,
    );
    if (capacity.capacity !== undefined && quantityNano(capacity.capacity) < 0n)
      errors.push(invalid('capacity', capacity.capacity, 'must be greater than or equal to 0'));
    return errors;
  },
  validateUpdate(capacity, old) {
    const errors: Errors = [];
    for (const field of ['nodeTopology', 'storageClassName'] as const)
      if (!semanticEqual(capacity[field], old[field]))
        errors.push(invalid(field, shown(capacity[field]), 'field is immutable'));
    return errors;
  },
};

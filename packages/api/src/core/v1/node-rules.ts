import { duplicate, forbidden, invalid, notSupportedInOrder, required } from '@gantry/machinery/field-error';
import { parseCidr } from '@gantry/machinery/ip';
import { deepEqual } from '@gantry/machinery/json';
import { isLabelValue, isQualifiedName } from '@gantry/machinery/validation';
import type { Node, NodeAddress, NodeStatus, Taint } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { rangeWarnings } from '../../validation/address-warnings.ts';
import { check, type Errors, validCIDR } from '../../validation/common.ts';
import { validateResourceAmount } from '../../validation/resource-names.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export const nodeRules: KindRules<Node> = {
  defaults(node) {
    const { status, spec } = node;
    if (status?.capacity !== undefined) status.allocatable ??= { ...status.capacity };
    // Where the two differ, the older field holds.
    if (spec.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR];
    else if (!spec.podCIDR && spec.podCIDRs?.[0] !== undefined) spec.podCIDR = spec.podCIDRs[0];
  },
  warnings({ spec }) {
    const warnings = (spec.podCIDRs ?? []).flatMap((range, index) =>
      rangeWarnings(range, `spec.podCIDRs[${index}]`),
    );
    if (spec.externalID)
      warnings.unshift('spec.externalID: this field is deprecated, and is unused by Kubernetes');
    return warnings;
  },
  prepareForCreate(node) {
    delete node.spec.configSource;
    delete node.status?.config;
  },
  prepareForUpdate(node, old) {
    if (old.status?.config === undefined) delete node.status?.config;
    if (old.spec.configSource === undefined) delete node.spec.configSource;
  },
  validate({ spec, status }) {
    const errors: Errors = [];
    validateTaints(spec.taints ?? [], errors);
    validateResources(status, errors);
    const swap = status?.nodeInfo?.swap?.capacity;
    if (swap !== undefined && swap <= 0)
      errors.push(invalid('metadata.nodeSwapStatus.capacity', swap, 'must be greater than zero'));
    validateFeatures(status?.declaredFeatures ?? [], errors);
    validateRanges(spec.podCIDRs ?? [], errors);
    return errors;
  },
  validateStatusUpdate({ status }) {
    const errors: Errors = [];
    validateResources(status, errors);
    validateFeatures(status?.declaredFeatures ?? [], errors);
    validateAddresses(status?.addresses ?? [], errors);
    return errors;
  },
  validateUpdate(node, old) {
    const errors: Errors = [];
    if ((old.spec.podCIDRs ?? []).length > 0 && !deepEqual(node.spec.podCIDRs, old.spec.podCIDRs))
      errors.push(forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
    if ((node.spec.externalID ?? '') !== (old.spec.externalID ?? ''))
      errors.push(forbidden('spec.externalID', 'may not be updated'));
    if (old.spec.providerID && node.spec.providerID !== old.spec.providerID)
      errors.push(
        forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'),
      );
    return errors;
  },
};

const FEATURE = /^[A-Z][a-zA-Z0-9]*(?:\/[a-zA-Z][a-zA-Z0-9]*)*$/;
const MAX_FEATURE = 253;
const FEATURE_FORM =
  "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes";

/** Sorted names of what the node's agent can do. */
function validateFeatures(features: readonly string[], errors: Errors): void {
  for (const [index, feature] of features.entries()) {
    const wrong =
      Buffer.byteLength(feature) > MAX_FEATURE
        ? `must be no more than ${MAX_FEATURE} characters`
        : FEATURE.test(feature)
          ? undefined
          : FEATURE_FORM;
    const at = `status.declaredFeatures[${index}]`;
    if (wrong !== undefined)
      errors.push(invalid(at, feature, `invalid feature name ${JSON.stringify(feature)}: ${wrong}`));
    const next = features[index + 1];
    const nextAt = `status.declaredFeatures[${index + 1}]`;
    if (next === feature) errors.push(duplicate(nextAt, next));
    else if (next !== undefined && feature > next)
      errors.push(invalid(nextAt, next, 'list must be sorted alphabetically'));
  }
}

function validateResources(status: NodeStatus | undefined, errors: Errors): void {
  for (const list of ['capacity', 'allocatable'] as const)
    for (const [name, amount] of Object.entries(status?.[list] ?? {}))
      validateResourceAmount(name, amount, `status.${list}.${name}`, errors);
}

function validateAddresses(addresses: readonly NodeAddress[], errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, address] of addresses.entries()) {
    const key = `${address.type} ${address.address}`;
    if (seen.has(key)) errors.push(duplicate(`status.addresses[${index}]`, address));
    seen.add(key);
  }
}

/** One range, or one of each family. */
function validateRanges(ranges: readonly string[], errors: Errors): void {
  for (const [index, cidr] of ranges.entries()) validCIDR(cidr, `spec.podCIDRs[${index}]`, errors);
  const families = new Set(ranges.map((range) => parseCidr(range)?.bits));
  if (ranges.length > 1 && (ranges.length > 2 || families.size < 2))
    errors.push(invalid('spec.podCIDRs', ranges, 'may specify no more than one CIDR for each IP family'));
}

function validateTaints(taints: readonly Taint[], errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, taint] of taints.entries()) {
    const at = `metadata.taints[${index}]`;
    check(isQualifiedName(taint.key), `${at}.key`, taint.key, errors);
    const reasons = isLabelValue(taint.value ?? '');
    if (reasons.length > 0) errors.push(invalid(`${at}.value`, taint.value ?? '', reasons.join(';')));
    if (!taint.effect) errors.push(required(`${at}.effect`));
    else if (!EFFECTS.includes(taint.effect))
      errors.push(notSupportedInOrder(`${at}.effect`, taint.effect, EFFECTS));
    const key = `${taint.key}:${taint.effect}`;
    if (seen.has(key)) {
      const { message, ...error } = duplicate(at, taint);
      errors.push({ ...error, message: `${message}: taints must be unique by key and effect pair` });
    }
    seen.add(key);
  }
}

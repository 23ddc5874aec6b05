import { duplicate, forbidden, notSupported, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { isLabelValue, isQualifiedName } from '@gantry/machinery/validation';
import type { Node, Taint } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { check, type Errors, validCIDR } from '../../validation/common.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export const nodeRules: KindRules<Node> = {
  defaults(node) {
    const { status, spec } = node;
    if (status?.capacity !== undefined) status.allocatable ??= { ...status.capacity };
    if (spec.podCIDR && (spec.podCIDRs ?? []).length === 0) spec.podCIDRs = [spec.podCIDR];
    else if (!spec.podCIDR && spec.podCIDRs?.[0] !== undefined) spec.podCIDR = spec.podCIDRs[0];
  },
  validate(node) {
    const errors: Errors = [];
    validateTaints(node.spec.taints ?? [], errors);
    for (const [index, cidr] of (node.spec.podCIDRs ?? []).entries())
      validCIDR(cidr, `spec.podCIDRs[${index}]`, errors);
    return errors;
  },
  validateUpdate(node, old) {
    const errors: Errors = [];
    if ((old.spec.podCIDRs ?? []).length > 0 && !deepEqual(node.spec.podCIDRs, old.spec.podCIDRs))
      errors.push(forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
    if (old.spec.providerID && node.spec.providerID !== old.spec.providerID)
      errors.push(
        forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'),
      );
    return errors;
  },
};

function validateTaints(taints: readonly Taint[], errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, taint] of taints.entries()) {
    const at = `metadata.taints[${index}]`;
    check(isQualifiedName(taint.key), `${at}.key`, taint.key, errors);
    check(isLabelValue(taint.value ?? ''), `${at}.value`, taint.value ?? '', errors);
    if (!taint.effect) errors.push(required(`${at}.effect`));
    else if (!EFFECTS.includes(taint.effect))
      errors.push(notSupported(`${at}.effect`, taint.effect, EFFECTS));
    const key = `${taint.key}:${taint.effect}`;
    if (seen.has(key)) errors.push(duplicate(at, taint));
    seen.add(key);
  }
}

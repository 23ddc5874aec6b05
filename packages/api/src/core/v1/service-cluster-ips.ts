import { isIP } from 'node:net';
import { duplicate, invalid, notSupported, required } from '@gantry/machinery/field-error';
import type { ServiceSpec } from '../../generated/types.ts';
import { type Errors, validIP } from '../../validation/common.ts';

const FAMILIES = ['IPv4', 'IPv6'];
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** Rules of `clusterIP`, `clusterIPs`, `ipFamilies` and `ipFamilyPolicy` together. */
export function validateClusterIPs(spec: ServiceSpec, errors: Errors): void {
  if (spec.type === 'ExternalName') return;
  const ips = spec.clusterIPs ?? [];
  const path = 'spec.clusterIPs';
  if (spec.clusterIP) {
    if (ips.length === 0) errors.push(required(path));
    else if (ips[0] !== spec.clusterIP) errors.push(invalid(path, ips, 'first value must match `clusterIP`'));
  } else if (ips.length > 0)
    errors.push(invalid(path, ips, 'must be empty when `clusterIP` is not specified'));
  validateFamilies(spec, errors);
  const before = errors.length;
  for (const [index, ip] of ips.entries()) {
    if (index === 0 && ip === 'None') {
      if (ips.length > 1) errors.push(invalid(path, ips, "'None' must be the first and only value"));
    } else validIP(ip, `${path}[${index}]`, errors);
  }
  if (ips.length > 2) errors.push(invalid(path, ips, 'may only hold up to 2 values'));
  if (errors.length > before || ips[0] === 'None') return;
  if (ips.length === 2 && isIP(ips[0] ?? '') === isIP(ips[1] ?? ''))
    errors.push(invalid(path, ips, 'may specify no more than one IP for each IP family'));
  for (const [index, family] of (spec.ipFamilies ?? []).entries()) {
    const ip = ips[index];
    if (ip !== undefined && FAMILIES.includes(family) && `IPv${isIP(ip)}` !== family)
      errors.push(
        invalid(
          `${path}[${index}]`,
          ip,
          `expected an ${family} value as indicated by \`ipFamilies[${index}]\``,
        ),
      );
  }
}

function validateFamilies(spec: ServiceSpec, errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, family] of (spec.ipFamilies ?? []).entries()) {
    const at = `spec.ipFamilies[${index}]`;
    if (!FAMILIES.includes(family)) errors.push(notSupported(at, family, FAMILIES));
    if (seen.has(family)) errors.push(duplicate(at, family));
    seen.add(family);
  }
  const policy = spec.ipFamilyPolicy;
  if (policy !== undefined && !POLICIES.includes(policy))
    errors.push(notSupported('spec.ipFamilyPolicy', policy, POLICIES));
}

/** Cluster addresses are for the life of the Service, unless it becomes or was an ExternalName. */
export function validateClusterIPsUpdate(spec: ServiceSpec, old: ServiceSpec, errors: Errors): void {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return;
  const now = spec.clusterIPs ?? [];
  const was = old.clusterIPs ?? [];
  if (now[0] === 'None' && was[0] === 'None') return;
  const changed = (index: number): void =>
    void errors.push(invalid(`spec.clusterIPs[${index}]`, now, 'may not change once set'));
  if (was.length > 0 && now.length === 0)
    errors.push(invalid('spec.clusterIPs[0]', now, 'primary clusterIP can not be unset'));
  else if (was.length === now.length) {
    for (const [index, ip] of was.entries()) if (ip !== now[index]) changed(index);
  } else if (was.length > 0 && now[0] !== was[0]) changed(0);
  if (was.length > now.length && now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack')
    errors.push(
      invalid(
        'spec.ipFamilyPolicy',
        spec.ipFamilyPolicy ?? null,
        "must be set to 'SingleStack' when releasing the secondary clusterIP",
      ),
    );
}

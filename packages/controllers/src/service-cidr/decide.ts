import type { IPAddress, ServiceCIDR } from '@gantry/api/generated/types';
import { cidrContains, parseCidr, parseIp } from '@gantry/machinery/ip';

export const FAMILY_LABEL = 'ipaddress.kubernetes.io/ip-family';
export const MANAGED_LABEL = 'ipaddress.kubernetes.io/managed-by';
export const MANAGER = 'ipallocator.k8s.io';

const ranges = ({ spec }: ServiceCIDR): readonly string[] => spec.cidrs ?? [];

/** Whether every range of `cidr` lies within a range of another one that stays. */
function isCovered(cidr: ServiceCIDR, others: readonly ServiceCIDR[]): boolean {
  return ranges(cidr).every((text) => {
    const inner = parseCidr(text);
    return (
      inner !== undefined &&
      others.some((other) =>
        ranges(other).some((outerText) => {
          const outer = parseCidr(outerText);
          return outer !== undefined && outer.prefix <= inner.prefix && cidrContains(outer, inner);
        }),
      )
    );
  });
}

const holds = (cidr: ServiceCIDR, name: string): boolean => {
  const ip = parseIp(name);
  return ranges(cidr).some((text) => {
    const network = parseCidr(text);
    return ip !== undefined && network !== undefined && cidrContains(network, ip);
  });
};

/**
 * Whether no address would be left without a range if `cidr` went. `all` may hold `cidr` itself. Ranges that are going away
 * too hold nothing: two equal ones, deleted together, would otherwise each trust the other.
 */
export function mayGo(
  cidr: ServiceCIDR,
  all: readonly ServiceCIDR[],
  addresses: readonly IPAddress[],
): boolean {
  const others = all.filter(
    ({ metadata: { name, deletionTimestamp } }) =>
      name !== cidr.metadata.name && deletionTimestamp === undefined,
  );
  if (isCovered(cidr, others)) return true;
  return !addresses.some(
    ({ metadata: { name, labels } }) =>
      labels?.[MANAGED_LABEL] === MANAGER && holds(cidr, name) && !others.some((other) => holds(other, name)),
  );
}

import type { Service } from '../../generated/types.ts';
import { addressWarnings, rangeWarnings } from '../../validation/address-warnings.ts';

const HINTS = 'service.kubernetes.io/topology-aware-hints';

export function serviceWarnings({ spec, metadata }: Service): string[] {
  const warnings: string[] = [];
  const { clusterIP, clusterIPs = [], externalIPs = [], loadBalancerIP, type } = spec;
  const isHeadless = clusterIP === 'None' && type === 'ClusterIP';
  if (metadata.annotations?.[HINTS] !== undefined)
    warnings.push(
      `annotation ${HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    );
  if (clusterIP && clusterIP !== 'None') warnings.push(...eachAddress(clusterIPs, 'spec.clusterIPs'));
  if (isHeadless) warnings.push(...ignoredOfHeadless(spec));
  warnings.push(...eachAddress(externalIPs, 'spec.externalIPs'));
  if (externalIPs.length > 0 && !isHeadless && type !== 'ExternalName')
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  if (loadBalancerIP) warnings.push(...addressWarnings(loadBalancerIP, 'spec.loadBalancerIP'));
  for (const [index, range] of (spec.loadBalancerSourceRanges ?? []).entries())
    warnings.push(...rangeWarnings(range, `spec.loadBalancerSourceRanges[${index}]`));
  if (externalIPs.length > 0 && type === 'ExternalName')
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (spec.externalName && type !== 'ExternalName')
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === 'PreferClose')
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}

const eachAddress = (addresses: readonly string[], path: string): string[] =>
  addresses.flatMap((address, index) => addressWarnings(address, `${path}[${index}]`));

function ignoredOfHeadless({ loadBalancerIP, externalIPs = [], sessionAffinity }: Service['spec']): string[] {
  const warnings: string[] = [];
  if (loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services');
  if (externalIPs.length > 0) warnings.push('spec.externalIPs is ignored for headless services');
  if (sessionAffinity !== undefined && sessionAffinity !== 'None')
    warnings.push('spec.SessionAffinity is ignored for headless services');
  return warnings;
}

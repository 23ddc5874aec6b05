import type { Service } from '../../generated/types.ts';

export function serviceWarnings({ spec, metadata }: Service): string[] {
  const warnings: string[] = [];
  const hints = 'service.kubernetes.io/topology-aware-hints';
  if (metadata.annotations?.[hints] !== undefined)
    warnings.push(
      `annotation ${hints} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    );
  if (spec.clusterIP === 'None') {
    if (spec.loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services');
    if ((spec.externalIPs ?? []).length > 0)
      warnings.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== undefined && spec.sessionAffinity !== 'None')
      warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  if ((spec.externalIPs ?? []).length > 0) {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
    if (spec.type === 'ExternalName')
      warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (spec.externalName && spec.type !== 'ExternalName')
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === 'PreferClose')
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}

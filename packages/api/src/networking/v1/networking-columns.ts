import { formatSelectorObject } from '@gantry/machinery/label-selector';
import type { Ingress, IngressClass, IPAddress, NetworkPolicy, ServiceCIDR } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, firstOf, NONE, nameColumn, text } from '../../tables/columns.ts';

const MAX_HOSTS = 3;
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

function hosts({ spec }: Ingress): string {
  const rules = spec.rules ?? [];
  const named = rules.slice(0, MAX_HOSTS).flatMap(({ host }) => (host ? [host] : []));
  if (named.length === 0) return '*';
  return rules.length > MAX_HOSTS
    ? `${named.join(',')} + ${rules.length - MAX_HOSTS} more...`
    : firstOf(named, MAX_HOSTS);
}

export const ingressColumns: readonly Column<Ingress>[] = [
  nameColumn,
  text('Class', 'Name of the IngressClass.', ({ spec }) => spec.ingressClassName ?? NONE),
  text('Hosts', 'Hosts of the rules; the first three.', hosts),
  text('Address', 'Addresses of the load balancer.', ({ status }) =>
    [...new Set((status?.loadBalancer?.ingress ?? []).map((one) => one.ip || one.hostname || ''))]
      .sort()
      .join(','),
  ),
  text('Ports', '80, and 443 when there is a certificate.', ({ spec }) =>
    (spec.tls ?? []).length > 0 ? '80, 443' : '80',
  ),
  ageColumn,
];

export const ingressClassColumns: readonly Column<IngressClass>[] = [
  {
    ...nameColumn,
    cell: ({ metadata }) =>
      metadata.annotations?.[DEFAULT_CLASS] === 'true' ? `${metadata.name} (default)` : metadata.name,
  },
  text('Controller', 'Name of the controller.', ({ spec }) => spec.controller ?? ''),
  text('Parameters', 'The object with settings for the controller.', ({ spec }) => {
    const { parameters } = spec;
    if (parameters === undefined) return NONE;
    const group = parameters.apiGroup ? `.${parameters.apiGroup}` : '';
    return `${parameters.kind}${group}/${parameters.name}`;
  }),
  ageColumn,
];

export const networkPolicyColumns: readonly Column<NetworkPolicy>[] = [
  nameColumn,
  text('Pod-Selector', 'Labels of the pods.', ({ spec }) => formatSelectorObject(spec.podSelector)),
  ageColumn,
];

export const serviceCIDRColumns: readonly Column<ServiceCIDR>[] = [
  nameColumn,
  text('CIDRs', 'The ranges of addresses.', ({ spec }) => (spec.cidrs ?? []).join(',')),
  ageColumn,
];

export const ipAddressColumns: readonly Column<IPAddress>[] = [
  nameColumn,
  text('ParentRef', 'The object that the address is given to.', ({ spec }) => {
    const parent = spec.parentRef;
    return [parent?.resource ?? '', ...(parent?.group ? [parent.group] : [])]
      .join('.')
      .concat(`/${parent?.namespace ? `${parent.namespace}/` : ''}${parent?.name ?? ''}`);
  }),
];

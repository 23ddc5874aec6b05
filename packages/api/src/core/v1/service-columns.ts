import type { Endpoints, Service, ServicePort } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, firstOf, formatLabels, NONE, nameColumn, text, wide } from '../../tables/columns.ts';

const MAX_ENDPOINTS = 3;

const portText = ({ port, nodePort, protocol = 'TCP' }: ServicePort): string =>
  `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`;

function externalIP({ spec, status }: Service): string {
  const external = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'LoadBalancer': {
      const ingress = (status?.loadBalancer?.ingress ?? []).map((one) => one.ip || one.hostname || '');
      const all = [...new Set(ingress.filter((one) => one !== ''))].sort().concat(external);
      return all.length > 0 ? all.join(',') : '<pending>';
    }
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return external.length > 0 ? external.join(',') : NONE;
  }
}

export const serviceColumns: readonly Column<Service>[] = [
  nameColumn,
  text('Type', 'ClusterIP, NodePort, LoadBalancer or ExternalName.', ({ spec }) => spec.type ?? ''),
  text('Cluster-IP', 'Address inside the cluster.', ({ spec }) => spec.clusterIPs?.[0] || NONE),
  text('External-IP', 'Addresses for the outside.', externalIP),
  text(
    'Port(s)',
    'Ports, with the port on nodes after a colon.',
    ({ spec }) => (spec.ports ?? []).map(portText).join(',') || NONE,
  ),
  ageColumn,
  wide('Selector', 'Labels of the pods.', ({ spec }) => formatLabels(spec.selector)),
];

function addresses(endpoints: Endpoints): string {
  const list = (endpoints.subsets ?? []).flatMap(({ addresses: ready = [], ports = [] }) =>
    ports.length === 0
      ? ready.map(({ ip }) => ip)
      : ports.flatMap(({ port }) =>
          ready.map(({ ip }) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)),
        ),
  );
  return list.length === 0 ? NONE : firstOf(list, MAX_ENDPOINTS);
}

export const endpointsColumns: readonly Column<Endpoints>[] = [
  nameColumn,
  text('Endpoints', 'Addresses that are ready; the first three.', addresses),
  ageColumn,
];

import type {
  ComponentStatus,
  ConfigMap,
  Namespace,
  PodTemplate,
  ReplicationController,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import {
  ageColumn,
  containerImages,
  containerNames,
  formatLabels,
  integer,
  nameColumn,
  text,
  wide,
} from '../../tables/columns.ts';

const size = (...maps: (object | undefined)[]): number =>
  maps.reduce<number>((sum, map) => sum + Object.keys(map ?? {}).length, 0);

export const namespaceColumns: readonly Column<Namespace>[] = [
  nameColumn,
  text('Status', ({ status }) => status?.phase ?? ''),
  ageColumn,
];

export const secretColumns: readonly Column<Secret>[] = [
  nameColumn,
  text('Type', ({ type }) => type ?? ''),
  text('Data', ({ data }) => size(data)),
  ageColumn,
];

export const configMapColumns: readonly Column<ConfigMap>[] = [
  nameColumn,
  text('Data', ({ data, binaryData }) => size(data, binaryData)),
  ageColumn,
];

export const serviceAccountColumns: readonly Column<ServiceAccount>[] = [nameColumn, ageColumn];

export const replicationControllerColumns: readonly Column<ReplicationController>[] = [
  nameColumn,
  integer('Desired', ({ spec }) => spec.replicas ?? 0),
  integer('Current', ({ status }) => status?.replicas ?? 0),
  integer('Ready', ({ status }) => status?.readyReplicas ?? 0),
  ageColumn,
  wide('Containers', ({ spec }) => containerNames(spec.template?.spec?.containers)),
  wide('Images', ({ spec }) => containerImages(spec.template?.spec?.containers)),
  wide('Selector', ({ spec }) => formatLabels(spec.selector)),
];

export const podTemplateColumns: readonly Column<PodTemplate>[] = [
  nameColumn,
  text('Containers', ({ template }) => containerNames(template?.spec?.containers)),
  text('Images', ({ template }) => containerImages(template?.spec?.containers)),
  text('Pod Labels', ({ template }) => formatLabels(template?.metadata?.labels)),
];

function quotaText({ status }: ResourceQuota, ofLimits: boolean): string {
  return Object.entries(status?.hard ?? {})
    .filter(([name]) => name.startsWith('limits.') === ofLimits)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hard]) => `${name}: ${status?.used?.[name] ?? '0'}/${hard}`)
    .join(', ');
}

export const resourceQuotaColumns: readonly Column<ResourceQuota>[] = [
  nameColumn,
  text('Request', (quota) => quotaText(quota, false)),
  text('Limit', (quota) => quotaText(quota, true)),
  ageColumn,
];

export const componentStatusColumns: readonly Column<ComponentStatus>[] = [
  nameColumn,
  text('Status', (component) => {
    const healthy = healthOf(component);
    return healthy === undefined ? 'Unknown' : healthy.status === 'True' ? 'Healthy' : 'Unhealthy';
  }),
  text('Message', (component) => healthOf(component)?.message ?? ''),
  text('Error', (component) => healthOf(component)?.error ?? ''),
];

const healthOf = ({ conditions }: ComponentStatus) =>
  (conditions ?? []).find(({ type }) => type === 'Healthy');

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
  text('Status', 'Active or Terminating.', ({ status }) => status?.phase ?? ''),
  ageColumn,
];

export const secretColumns: readonly Column<Secret>[] = [
  nameColumn,
  text('Type', 'Type of the Secret, which says what keys it has.', ({ type }) => type ?? ''),
  text('Data', 'Number of keys.', ({ data }) => size(data)),
  ageColumn,
];

export const configMapColumns: readonly Column<ConfigMap>[] = [
  nameColumn,
  text('Data', 'Number of keys.', ({ data, binaryData }) => size(data, binaryData)),
  ageColumn,
];

export const serviceAccountColumns: readonly Column<ServiceAccount>[] = [nameColumn, ageColumn];

export const replicationControllerColumns: readonly Column<ReplicationController>[] = [
  nameColumn,
  integer('Desired', 'Wanted number of pods.', ({ spec }) => spec.replicas ?? 0),
  integer('Current', 'Pods that exist.', ({ status }) => status?.replicas ?? 0),
  integer('Ready', 'Pods that are ready.', ({ status }) => status?.readyReplicas ?? 0),
  ageColumn,
  wide('Containers', 'Names of the containers of the template.', ({ spec }) =>
    containerNames(spec.template?.spec?.containers),
  ),
  wide('Images', 'Images of the containers of the template.', ({ spec }) =>
    containerImages(spec.template?.spec?.containers),
  ),
  wide('Selector', 'Labels of the pods.', ({ spec }) => formatLabels(spec.selector)),
];

export const podTemplateColumns: readonly Column<PodTemplate>[] = [
  nameColumn,
  text('Containers', 'Names of the containers.', ({ template }) =>
    containerNames(template?.spec?.containers),
  ),
  text('Images', 'Images of the containers.', ({ template }) => containerImages(template?.spec?.containers)),
  text('Pod Labels', 'Labels of the pods.', ({ template }) => formatLabels(template?.metadata?.labels)),
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
  text('Request', 'Requests and counts: used/limit.', (quota) => quotaText(quota, false)),
  text('Limit', 'Limits of containers: used/limit.', (quota) => quotaText(quota, true)),
  ageColumn,
];

export const componentStatusColumns: readonly Column<ComponentStatus>[] = [
  nameColumn,
  text('Status', 'Healthy, Unhealthy or Unknown.', (component) => {
    const healthy = healthOf(component);
    return healthy === undefined ? 'Unknown' : healthy.status === 'True' ? 'Healthy' : 'Unhealthy';
  }),
  text('Message', 'What the check said.', (component) => healthOf(component)?.message ?? ''),
  text('Error', 'Error of the check.', (component) => healthOf(component)?.error ?? ''),
];

const healthOf = ({ conditions }: ComponentStatus) =>
  (conditions ?? []).find(({ type }) => type === 'Healthy');

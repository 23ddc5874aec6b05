import { formatSelectorObject } from '@gantry/machinery/label-selector';
import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  LabelSelector,
  PodTemplateSpec,
  ReplicaSet,
  StatefulSet,
} from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import {
  ageColumn,
  containerImages,
  containerNames,
  formatLabels,
  integer,
  NONE,
  nameColumn,
  text,
  wide,
} from '../../tables/columns.ts';

type Workload = { spec: { template?: PodTemplateSpec; selector?: LabelSelector } };

const containers: Column<Workload> = wide('Containers', ({ spec }) =>
  containerNames(spec.template?.spec?.containers),
);
const images: Column<Workload> = wide('Images', ({ spec }) =>
  containerImages(spec.template?.spec?.containers),
);
const selector: Column<Workload> = wide('Selector', ({ spec }) => formatSelectorObject(spec.selector));

export const deploymentColumns: readonly Column<Deployment>[] = [
  nameColumn,
  text('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  text('Up-to-date', ({ status }) => status?.updatedReplicas ?? 0),
  text('Available', ({ status }) => status?.availableReplicas ?? 0),
  ageColumn,
  containers,
  images,
  selector,
];

export const replicaSetColumns: readonly Column<ReplicaSet>[] = [
  nameColumn,
  integer('Desired', ({ spec }) => spec.replicas ?? 0),
  integer('Current', ({ status }) => status?.replicas ?? 0),
  integer('Ready', ({ status }) => status?.readyReplicas ?? 0),
  ageColumn,
  containers,
  images,
  selector,
];

export const statefulSetColumns: readonly Column<StatefulSet>[] = [
  nameColumn,
  text('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  ageColumn,
  containers,
  images,
];

export const daemonSetColumns: readonly Column<DaemonSet>[] = [
  nameColumn,
  integer('Desired', ({ status }) => status?.desiredNumberScheduled ?? 0),
  integer('Current', ({ status }) => status?.currentNumberScheduled ?? 0),
  integer('Ready', ({ status }) => status?.numberReady ?? 0),
  integer('Up-to-date', ({ status }) => status?.updatedNumberScheduled ?? 0),
  integer('Available', ({ status }) => status?.numberAvailable ?? 0),
  text('Node Selector', ({ spec }) => formatLabels(spec.template?.spec?.nodeSelector)),
  ageColumn,
  containers,
  images,
  selector,
];

export const controllerRevisionColumns: readonly Column<ControllerRevision>[] = [
  nameColumn,
  text('Controller', ({ metadata }) => {
    const owner = metadata.ownerReferences?.find((one) => one.controller === true);
    if (owner === undefined) return NONE;
    const [group = '', version] = owner.apiVersion.split('/');
    return `${owner.kind.toLowerCase()}${version === undefined ? '' : `.${group}`}/${owner.name}`;
  }),
  text('Revision', ({ revision }) => revision),
  ageColumn,
];

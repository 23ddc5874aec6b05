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

const containers: Column<Workload> = wide(
  'Containers',
  'Names of the containers of the template.',
  ({ spec }) => containerNames(spec.template?.spec?.containers),
);
const images: Column<Workload> = wide('Images', 'Images of the containers of the template.', ({ spec }) =>
  containerImages(spec.template?.spec?.containers),
);
const selector: Column<Workload> = wide('Selector', 'Labels of the pods.', ({ spec }) =>
  formatSelectorObject(spec.selector),
);

export const deploymentColumns: readonly Column<Deployment>[] = [
  nameColumn,
  text(
    'Ready',
    'Pods that are ready, of those wanted.',
    ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
  ),
  text('Up-to-date', 'Pods of the current template.', ({ status }) => status?.updatedReplicas ?? 0),
  text(
    'Available',
    'Pods that have been ready for minReadySeconds.',
    ({ status }) => status?.availableReplicas ?? 0,
  ),
  ageColumn,
  containers,
  images,
  selector,
];

export const replicaSetColumns: readonly Column<ReplicaSet>[] = [
  nameColumn,
  integer('Desired', 'Wanted number of pods.', ({ spec }) => spec.replicas ?? 0),
  integer('Current', 'Pods that exist.', ({ status }) => status?.replicas ?? 0),
  integer('Ready', 'Pods that are ready.', ({ status }) => status?.readyReplicas ?? 0),
  ageColumn,
  containers,
  images,
  selector,
];

export const statefulSetColumns: readonly Column<StatefulSet>[] = [
  nameColumn,
  text(
    'Ready',
    'Pods that are ready, of those wanted.',
    ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
  ),
  ageColumn,
  containers,
  images,
];

export const daemonSetColumns: readonly Column<DaemonSet>[] = [
  nameColumn,
  integer('Desired', 'Nodes that should run the pod.', ({ status }) => status?.desiredNumberScheduled ?? 0),
  integer(
    'Current',
    'Nodes that should run the pod and do.',
    ({ status }) => status?.currentNumberScheduled ?? 0,
  ),
  integer('Ready', 'Nodes where the pod is ready.', ({ status }) => status?.numberReady ?? 0),
  integer(
    'Up-to-date',
    'Nodes that run the pod of the current template.',
    ({ status }) => status?.updatedNumberScheduled ?? 0,
  ),
  integer(
    'Available',
    'Nodes where the pod has been ready for minReadySeconds.',
    ({ status }) => status?.numberAvailable ?? 0,
  ),
  text('Node Selector', 'Labels of the nodes that run the pod.', ({ spec }) =>
    formatLabels(spec.template?.spec?.nodeSelector),
  ),
  ageColumn,
  containers,
  images,
  selector,
];

export const controllerRevisionColumns: readonly Column<ControllerRevision>[] = [
  nameColumn,
  text('Controller', 'The workload that the revision is of.', ({ metadata }) => {
    const owner = metadata.ownerReferences?.find((one) => one.controller === true);
    if (owner === undefined) return NONE;
    const [group = '', version] = owner.apiVersion.split('/');
    return `${owner.kind.toLowerCase()}${version === undefined ? '' : `.${group}`}/${owner.name}`;
  }),
  text('Revision', 'Number of the revision; higher is newer.', ({ revision }) => revision),
  ageColumn,
];

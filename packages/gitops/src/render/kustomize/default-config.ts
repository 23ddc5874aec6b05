import type { FieldSpecFields } from './kustomization.ts';
import { NAME_REFERENCES } from './name-references.ts';
import { readConfig } from './transform-config.ts';

const spec = (
  path: string,
  kind?: string,
  more: Omit<FieldSpecFields, 'path' | 'kind'> = {},
): FieldSpecFields => ({
  path,
  ...(kind === undefined ? {} : { kind }),
  ...more,
});
const made = (
  path: string,
  kind?: string,
  more: Omit<FieldSpecFields, 'path' | 'kind'> = {},
): FieldSpecFields => spec(path, kind, { create: true, ...more });
const apps = { group: 'apps' };
const batch = { group: 'batch' };
const networking = { group: 'networking.k8s.io' };

const metadataLabels = [
  made('metadata/labels'),
  made('spec/template/metadata/labels', 'ReplicationController', { version: 'v1' }),
  made('spec/template/metadata/labels', 'Deployment'),
  made('spec/template/metadata/labels', 'ReplicaSet'),
  made('spec/template/metadata/labels', 'DaemonSet'),
  made('spec/template/metadata/labels', 'StatefulSet', apps),
  made('spec/volumeClaimTemplates[]/metadata/labels', 'StatefulSet', apps),
  made('spec/template/metadata/labels', 'Job', batch),
  made('spec/jobTemplate/metadata/labels', 'CronJob', batch),
  made('spec/jobTemplate/spec/template/metadata/labels', 'CronJob', batch),
];

const AFFINITY = 'spec/template/spec/affinity';
const podSelectors = (kind: string): FieldSpecFields[] => [
  ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
    spec(
      `${AFFINITY}/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
      kind,
      apps,
    ),
    spec(
      `${AFFINITY}/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
      kind,
      apps,
    ),
  ]),
  spec('spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels', kind, apps),
];

const commonLabels = [
  made('spec/selector', 'Service', { version: 'v1' }),
  made('spec/selector', 'ReplicationController', { version: 'v1' }),
  made('spec/selector/matchLabels', 'Deployment'),
  ...podSelectors('Deployment'),
  made('spec/selector/matchLabels', 'ReplicaSet'),
  made('spec/selector/matchLabels', 'DaemonSet'),
  made('spec/selector/matchLabels', 'StatefulSet', apps),
  ...podSelectors('StatefulSet'),
  spec('spec/selector/matchLabels', 'Job', batch),
  spec('spec/jobTemplate/spec/selector/matchLabels', 'CronJob', batch),
  spec('spec/selector/matchLabels', 'PodDisruptionBudget', { group: 'policy' }),
  spec('spec/podSelector/matchLabels', 'NetworkPolicy', networking),
  spec('spec/ingress/from/podSelector/matchLabels', 'NetworkPolicy', networking),
  spec('spec/egress/to/podSelector/matchLabels', 'NetworkPolicy', networking),
  ...metadataLabels,
];

const commonAnnotations = [
  made('metadata/annotations'),
  made('spec/template/metadata/annotations', 'ReplicationController', { version: 'v1' }),
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map((kind) =>
    made('spec/template/metadata/annotations', kind),
  ),
  made('spec/template/metadata/annotations', 'Job', batch),
  made('spec/jobTemplate/metadata/annotations', 'CronJob', batch),
  made('spec/jobTemplate/spec/template/metadata/annotations', 'CronJob', batch),
];

const namespace = [
  made('metadata/name', 'Namespace'),
  made('spec/service/namespace', 'APIService', { group: 'apiregistration.k8s.io' }),
  spec('spec/conversion/webhook/clientConfig/service/namespace', 'CustomResourceDefinition', {
    group: 'apiextensions.k8s.io',
  }),
];

const images = ['spec', 'spec/template/spec'].flatMap((pod) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((path) =>
    made(`${pod}/${path}`),
  ),
);

const replicas = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) =>
  made('spec/replicas', kind),
);

/** Where pods of these kinds stand, for `$(VAR)`. */
const PODS: Readonly<Record<string, string>> = {
  CronJob: 'spec/jobTemplate/spec/template/spec',
  DaemonSet: 'spec/template/spec',
  Deployment: 'spec/template/spec',
  Job: 'spec/template/spec',
  Pod: 'spec',
  ReplicaSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
};
const VOLUME_SERVERS: Readonly<Record<string, string>> = {
  CronJob: 'spec/jobTemplate/spec/template/volumes/nfs/server',
  StatefulSet: 'spec/volumeClaimTemplates/spec/nfs/server',
};

const varReference = [
  ...Object.entries(PODS).flatMap(([kind, pod]) => [
    ...['containers', 'initContainers'].flatMap((containers) =>
      ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((field) =>
        spec(`${pod}/${containers}/${field}`, kind),
      ),
    ),
    spec(VOLUME_SERVERS[kind] ?? `${pod}/volumes/nfs/server`, kind),
  ]),
  spec('spec/template/metadata/annotations', 'Deployment'),
  spec('spec/rules/host', 'Ingress'),
  spec('spec/tls/hosts', 'Ingress'),
  spec('spec/tls/secretName', 'Ingress'),
  spec('spec/ports/port', 'Service'),
  spec('spec/ports/targetPort', 'Service'),
  spec('spec/nfs/server', 'PersistentVolume'),
  spec('metadata/labels'),
  spec('metadata/annotations'),
];

/** What Kustomize's transformers change when a kustomization says nothing else. */
export const DEFAULT_CONFIG = readConfig({
  namePrefix: [spec('metadata/name')],
  nameSuffix: [spec('metadata/name')],
  namespace,
  commonLabels,
  templateLabels: metadataLabels,
  commonAnnotations,
  images,
  replicas,
  varReference,
  nameReference: NAME_REFERENCES,
});

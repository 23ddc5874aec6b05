import type { ConfigFields } from './transform-config.ts';

type References = NonNullable<ConfigFields['nameReference']>;
type Spec = NonNullable<References[number]['fieldSpecs']>[number];

const fields = (kind: string, paths: readonly string[], group?: string): Spec[] =>
  paths.map((path) => ({ path, kind, ...(group === undefined ? {} : { group }) }));

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** Where the pods of these kinds stand. */
const TEMPLATES: Readonly<Record<string, string>> = {
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
};

/** Fields of a pod, in pods themselves, pod templates and the workloads. */
const inPods = (paths: readonly string[]): Spec[] => [
  ...fields(
    'Pod',
    paths.map((path) => `spec/${path}`),
  ).map((spec) => ({ ...spec, version: 'v1' })),
  ...fields(
    'PodTemplate',
    paths.map((path) => `template/spec/${path}`),
  ),
  ...Object.entries(TEMPLATES).flatMap(([kind, pod]) =>
    fields(
      kind,
      paths.map((path) => `${pod}/${path}`),
    ),
  ),
];

/** The same for what Kustomize doesn't look for in pod templates and replica sets. */
const inWorkloads = (path: string): Spec[] => [
  ...fields('Pod', [`spec/${path}`]),
  ...fields('ReplicationController', [`spec/template/spec/${path}`]),
  ...Object.entries(TEMPLATES)
    .filter(([kind]) => kind !== 'ReplicaSet')
    .flatMap(([kind, pod]) => fields(kind, [`${pod}/${path}`])),
];

const CONFIG_MAP = [
  'volumes/configMap/name',
  'containers/env/valueFrom/configMapKeyRef/name',
  'initContainers/env/valueFrom/configMapKeyRef/name',
  'containers/envFrom/configMapRef/name',
  'initContainers/envFrom/configMapRef/name',
  'volumes/projected/sources/configMap/name',
];
const SECRET = [
  'volumes/secret/secretName',
  'containers/env/valueFrom/secretKeyRef/name',
  'initContainers/env/valueFrom/secretKeyRef/name',
  'containers/envFrom/secretRef/name',
  'initContainers/envFrom/secretRef/name',
  'imagePullSecrets/name',
  'volumes/projected/sources/secret/name',
];
const NGINX = 'metadata/annotations/nginx.ingress.kubernetes.io\\/';

const scaled = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
  kind,
  fieldSpecs: fields('HorizontalPodAutoscaler', ['spec/scaleTargetRef/name']),
}));

/** Fields that hold another object's name, by the kind of that object. */
export const NAME_REFERENCES: References = [
  ...scaled,
  {
    kind: 'ConfigMap',
    version: 'v1',
    fieldSpecs: [
      ...inPods(CONFIG_MAP),
      ...fields('Node', ['spec/configSource/configMap']),
      ...fields('Role', ['rules/resourceNames']),
      ...fields('ClusterRole', ['rules/resourceNames']),
      ...fields('Ingress', [`${NGINX}fastcgi-params-configmap`]),
    ],
  },
  {
    kind: 'Secret',
    version: 'v1',
    fieldSpecs: [
      ...inPods(SECRET),
      ...fields('Ingress', [
        'spec/tls/secretName',
        'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
        `${NGINX}auth-secret`,
        `${NGINX}auth-tls-secret`,
      ]),
      ...fields('ServiceAccount', ['imagePullSecrets/name']),
      ...fields('StorageClass', [
        'parameters/secretName',
        'parameters/adminSecretName',
        'parameters/userSecretName',
        'parameters/secretRef',
      ]),
      ...fields('Role', ['rules/resourceNames']),
      ...fields('ClusterRole', ['rules/resourceNames']),
      {
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
        kind: 'Service',
        group: 'serving.knative.dev',
        version: 'v1',
      },
      ...fields('PersistentVolume', ['spec/azureFile/secretName']),
    ],
  },
  {
    kind: 'Service',
    version: 'v1',
    fieldSpecs: [
      ...fields('StatefulSet', ['spec/serviceName'], 'apps'),
      ...fields('Ingress', [
        'spec/rules/http/paths/backend/serviceName',
        'spec/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/defaultBackend/service/name',
      ]),
      ...fields('APIService', ['spec/service/name'], 'apiregistration.k8s.io'),
      ...fields('ValidatingWebhookConfiguration', ['webhooks/clientConfig/service'], ADMISSION),
      ...fields('MutatingWebhookConfiguration', ['webhooks/clientConfig/service'], ADMISSION),
    ],
  },
  { kind: 'Role', group: RBAC, fieldSpecs: fields('RoleBinding', ['roleRef/name'], RBAC) },
  {
    kind: 'ClusterRole',
    group: RBAC,
    fieldSpecs: [
      ...fields('RoleBinding', ['roleRef/name'], RBAC),
      ...fields('ClusterRoleBinding', ['roleRef/name'], RBAC),
    ],
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fieldSpecs: [
      ...fields('RoleBinding', ['subjects'], RBAC),
      ...fields('ClusterRoleBinding', ['subjects'], RBAC),
      ...inWorkloads('serviceAccountName'),
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fieldSpecs: inWorkloads('volumes/persistentVolumeClaim/claimName'),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fieldSpecs: [
      ...fields('PersistentVolumeClaim', ['spec/volumeName']),
      ...fields('ClusterRole', ['rules/resourceNames']),
    ],
  },
  {
    kind: 'StorageClass',
    version: 'v1',
    group: 'storage.k8s.io',
    fieldSpecs: [
      ...fields('PersistentVolume', ['spec/storageClassName']),
      ...fields('PersistentVolumeClaim', ['spec/storageClassName']),
      ...fields('StatefulSet', ['spec/volumeClaimTemplates/spec/storageClassName']),
    ],
  },
  {
    kind: 'PriorityClass',
    version: 'v1',
    group: 'scheduling.k8s.io',
    fieldSpecs: inWorkloads('priorityClassName'),
  },
  // Kustomize names this group with a version in it, so that nothing ever matches; kept, since names would differ.
  {
    kind: 'IngressClass',
    version: 'v1',
    group: 'networking.k8s.io/v1',
    fieldSpecs: fields('Ingress', ['spec/ingressClassName']),
  },
  {
    kind: 'ValidatingAdmissionPolicy',
    group: ADMISSION,
    fieldSpecs: fields('ValidatingAdmissionPolicyBinding', ['spec/policyName'], ADMISSION),
  },
];

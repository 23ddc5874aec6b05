import { parseGroupVersion } from '@gantry/machinery/object';

/** Group, version and kind; in a selector an empty one stands for any. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What Kustomize knows an object by. */
export interface ObjectId extends Gvk {
  readonly name: string;
  readonly namespace: string;
}

/** Kinds without a namespace that Kustomize knows (its schema is that of Kubernetes 1.21); of others it assumes one. */
const CLUSTER_SCOPED = new Set(
  [
    'v1 ComponentStatus Namespace Node PersistentVolume',
    'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'apiextensions.k8s.io/v1 CustomResourceDefinition',
    'apiextensions.k8s.io/v1beta1 CustomResourceDefinition',
    'apiregistration.k8s.io/v1 APIService',
    'apiregistration.k8s.io/v1beta1 APIService',
    'certificates.k8s.io/v1 CertificateSigningRequest',
    'certificates.k8s.io/v1beta1 CertificateSigningRequest',
    'flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema PriorityLevelConfiguration',
    'networking.k8s.io/v1 IngressClass',
    'networking.k8s.io/v1beta1 IngressClass',
    'node.k8s.io/v1 RuntimeClass',
    'node.k8s.io/v1beta1 RuntimeClass',
    'policy/v1beta1 PodSecurityPolicy',
    'rbac.authorization.k8s.io/v1 ClusterRole ClusterRoleBinding',
    'rbac.authorization.k8s.io/v1beta1 ClusterRole ClusterRoleBinding',
    'scheduling.k8s.io/v1 PriorityClass',
    'scheduling.k8s.io/v1beta1 PriorityClass',
    'storage.k8s.io/v1 CSIDriver CSINode StorageClass VolumeAttachment',
    'storage.k8s.io/v1beta1 CSIDriver CSINode StorageClass VolumeAttachment',
  ].flatMap((line) => {
    const [apiVersion = '', ...kinds] = line.split(' ');
    return kinds.map((kind) => `${apiVersion}/${kind}`);
  }),
);

export const gvkOf = (apiVersion: string, kind: string): Gvk => ({ ...parseGroupVersion(apiVersion), kind });

export const apiVersionOf = (gvk: Gvk): string =>
  gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;

export const isClusterScoped = (gvk: Gvk): boolean => CLUSTER_SCOPED.has(`${apiVersionOf(gvk)}/${gvk.kind}`);

export const sameGvk = (a: Gvk, b: Gvk): boolean =>
  a.group === b.group && a.version === b.version && a.kind === b.kind;

/** Whether a selector, whose empty parts match anything, takes the kind. */
export const isSelected = (gvk: Gvk, selector: Gvk): boolean =>
  (selector.group === '' || selector.group === gvk.group) &&
  (selector.version === '' || selector.version === gvk.version) &&
  (selector.kind === '' || selector.kind === gvk.kind);

/** Stands for the namespace of what has none. */
const NO_NAMESPACE = '_non_namespaceable_';

export function effectiveNamespace(id: ObjectId): string {
  if (isClusterScoped(id)) return NO_NAMESPACE;
  return id.namespace === '' ? 'default' : id.namespace;
}

export const sameNamespace = (a: ObjectId, b: ObjectId): boolean =>
  effectiveNamespace(a) === effectiveNamespace(b);

export const sameId = (a: ObjectId, b: ObjectId): boolean =>
  a.name === b.name && sameGvk(a, b) && sameNamespace(a, b);

/** `Deployment.v1.apps/web.shop`, as Kustomize writes it. */
export function formatId(id: ObjectId): string {
  const gvk = [id.kind || '[noKind]', id.version || '[noVer]', id.group || '[noGrp]'].join('.');
  return `${gvk}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`;
}

const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

export interface KindOrder {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

export const DEFAULT_ORDER: KindOrder = { first: FIRST, last: LAST };

/** Below 0 for what comes first, above 0 for what comes last. */
export function rankOf(kind: string, { first, last }: KindOrder): number {
  const late = last.lastIndexOf(kind);
  if (late >= 0) return late + 1;
  const early = first.lastIndexOf(kind);
  return early < 0 ? 0 : early - first.length;
}

export const sortText = (gvk: Gvk): string =>
  [gvk.group || '~G', gvk.version || '~V', gvk.kind || '~K'].join('_');

/** Order of field specs and of name references: by kind, then by group and version. */
export function compareGvk(a: Gvk, b: Gvk): number {
  const rank = rankOf(a.kind, DEFAULT_ORDER) - rankOf(b.kind, DEFAULT_ORDER);
  return rank !== 0 ? rank : compareText(sortText(a), sortText(b));
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

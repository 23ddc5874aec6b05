import { getOwn, isObject, type JsonObject } from '@gantry/machinery/json';
import { apiVersionOf, type Gvk } from './gvk.ts';

/** What a strategic merge must know of a type. Lists without `merge` are replaced as a whole. */
export interface MergeSchema {
  readonly fields?: Readonly<Record<string, MergeSchema>>;
  readonly items?: MergeSchema;
  readonly merge?: boolean;
  /** Fields that name an element; none: the elements are scalars. */
  readonly keys?: readonly string[];
}

export type Schemas = (gvk: Gvk) => MergeSchema | undefined;

const byKeys = (keys: readonly string[], fields?: MergeSchema['fields']): MergeSchema => ({
  merge: true,
  keys,
  items: fields === undefined ? {} : { fields },
});

const METADATA: MergeSchema = {
  fields: { finalizers: { merge: true, keys: [], items: {} }, ownerReferences: byKeys(['uid']) },
};
const CONTAINERS = byKeys(['name'], {
  env: byKeys(['name']),
  ports: byKeys(['containerPort', 'protocol']),
  volumeMounts: byKeys(['mountPath']),
  volumeDevices: byKeys(['devicePath']),
});
const POD_SPEC: MergeSchema = {
  fields: {
    containers: CONTAINERS,
    initContainers: CONTAINERS,
    ephemeralContainers: CONTAINERS,
    volumes: byKeys(['name']),
    imagePullSecrets: byKeys(['name']),
    hostAliases: byKeys(['ip']),
    topologySpreadConstraints: byKeys(['topologyKey', 'whenUnsatisfiable']),
  },
};
const TEMPLATE: MergeSchema = { fields: { metadata: METADATA, spec: POD_SPEC } };
const CONDITIONS: MergeSchema = { fields: { conditions: byKeys(['type']) } };
const workload = (template: MergeSchema['fields']): MergeSchema => ({
  fields: { metadata: METADATA, spec: { fields: template ?? {} }, status: CONDITIONS },
});
const object = (fields: MergeSchema['fields'] = {}): MergeSchema => ({
  fields: { metadata: METADATA, ...fields },
});
const WORKLOAD = workload({ template: TEMPLATE });
const CRON_JOB = workload({
  jobTemplate: { fields: { metadata: METADATA, spec: { fields: { template: TEMPLATE } } } },
});
const WEBHOOKS = object({ webhooks: byKeys(['name']) });

/** The types that Kustomize knows: its schema is that of Kubernetes 1.21, whatever the server is. */
const BUILT_IN: Readonly<Record<string, MergeSchema>> = {
  'v1/Pod': object({ spec: POD_SPEC, status: CONDITIONS }),
  'v1/PodTemplate': object({ template: TEMPLATE }),
  'v1/ReplicationController': WORKLOAD,
  'v1/Service': object({ spec: { fields: { ports: byKeys(['port', 'protocol']) } }, status: CONDITIONS }),
  'v1/ServiceAccount': object({ secrets: byKeys(['name']) }),
  'v1/Node': object({
    spec: { fields: { podCIDRs: { merge: true, keys: [], items: {} } } },
    status: CONDITIONS,
  }),
  'apps/v1/Deployment': WORKLOAD,
  'apps/v1/ReplicaSet': WORKLOAD,
  'apps/v1/DaemonSet': WORKLOAD,
  'apps/v1/StatefulSet': WORKLOAD,
  'batch/v1/Job': WORKLOAD,
  'batch/v1/CronJob': CRON_JOB,
  'batch/v1beta1/CronJob': CRON_JOB,
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': WEBHOOKS,
};

const PLAIN = object();
const KNOWN_KINDS = new Set(
  [
    'v1 ConfigMap Endpoints Event LimitRange Namespace PersistentVolume PersistentVolumeClaim ResourceQuota Secret',
    'apiextensions.k8s.io/v1 CustomResourceDefinition',
    'apiregistration.k8s.io/v1 APIService',
    'apps/v1 ControllerRevision',
    'autoscaling/v1 HorizontalPodAutoscaler',
    'certificates.k8s.io/v1 CertificateSigningRequest',
    'coordination.k8s.io/v1 Lease',
    'discovery.k8s.io/v1 EndpointSlice',
    'networking.k8s.io/v1 Ingress IngressClass NetworkPolicy',
    'node.k8s.io/v1 RuntimeClass',
    'policy/v1 PodDisruptionBudget',
    'rbac.authorization.k8s.io/v1 ClusterRole ClusterRoleBinding Role RoleBinding',
    'scheduling.k8s.io/v1 PriorityClass',
    'storage.k8s.io/v1 CSIDriver CSINode StorageClass VolumeAttachment',
  ].flatMap((line) => {
    const [apiVersion = '', ...kinds] = line.split(' ');
    return kinds.map((kind) => `${apiVersion}/${kind}`);
  }),
);

/** Merge keys of the built-in kinds; none for others, whose lists are replaced. */
export const builtInSchemas: Schemas = (gvk) => {
  const key = `${apiVersionOf(gvk)}/${gvk.kind}`;
  return BUILT_IN[key] ?? (KNOWN_KINDS.has(key) ? PLAIN : undefined);
};

const DEPTH_MAX = 64;

/** Merge keys out of an OpenAPI v2 document (the field `openapi.path`), which stands instead of the built-in kinds. */
export function openApiSchemas(document: JsonObject): Schemas {
  const definitions = getOwn(document, 'definitions');
  const known = new Map<string, JsonObject>();
  for (const definition of isObject(definitions) ? Object.values(definitions) : []) {
    if (!isObject(definition)) continue;
    const gvks = definition['x-kubernetes-group-version-kind'];
    for (const gvk of Array.isArray(gvks) ? gvks : []) {
      if (!isObject(gvk)) continue;
      const { group = '', version = '', kind = '' } = gvk as Record<string, string>;
      known.set(`${apiVersionOf({ group, version, kind })}/${kind}`, definition);
    }
  }
  const view = (schema: unknown, depth: number): MergeSchema => {
    const resolved = resolve(schema, definitions);
    if (resolved === undefined || depth > DEPTH_MAX) return {};
    const properties = getOwn(resolved, 'properties');
    const strategy = String(resolved['x-kubernetes-patch-strategy'] ?? '');
    const keys = resolved['x-kubernetes-list-map-keys'] ?? resolved['x-kubernetes-patch-merge-key'];
    const fields: Record<string, MergeSchema> = {};
    if (isObject(properties))
      for (const name of Object.keys(properties))
        Object.defineProperty(fields, name, {
          enumerable: true,
          get: () => view(properties[name], depth + 1),
        });
    return {
      fields,
      merge: strategy.split(',').includes('merge'),
      keys: keys === undefined ? [] : ([keys].flat() as string[]),
      ...(resolved.items === undefined ? {} : { items: view(resolved.items, depth + 1) }),
    };
  };
  return (gvk) => {
    const definition = known.get(`${apiVersionOf(gvk)}/${gvk.kind}`);
    return definition === undefined ? undefined : view(definition, 0);
  };
}

function resolve(schema: unknown, definitions: unknown): JsonObject | undefined {
  let node = schema;
  for (let i = 0; i < DEPTH_MAX && isObject(node) && typeof node.$ref === 'string'; i++)
    node = isObject(definitions) ? definitions[node.$ref.replace('#/definitions/', '')] : undefined;
  return isObject(node) ? node : undefined;
}

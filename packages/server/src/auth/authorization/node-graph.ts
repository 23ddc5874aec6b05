import type {
  PersistentVolume,
  Pod,
  PodSpec,
  ResourceSlice,
  VolumeAttachment,
} from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import type { StateListener } from './source.ts';

const PODS = 'pods';
const VOLUMES = 'persistentvolumes';
const ATTACHMENTS = 'volumeattachments.storage.k8s.io';
const SLICES = 'resourceslices.resource.k8s.io';

export type VertexType =
  | 'pods'
  | 'secrets'
  | 'configmaps'
  | 'persistentvolumeclaims'
  | 'persistentvolumes'
  | 'resourceclaims'
  | 'resourceslices'
  | 'serviceaccounts'
  | 'volumeattachments';

const vertex = (type: VertexType, namespace: string, name: string): string => `${type}/${namespace}/${name}`;

type Containers = readonly {
  readonly env?: readonly {
    readonly valueFrom?: {
      readonly secretKeyRef?: { readonly name?: string };
      readonly configMapKeyRef?: { readonly name?: string };
    };
  }[];
  readonly envFrom?: readonly {
    readonly secretRef?: { readonly name?: string };
    readonly configMapRef?: { readonly name?: string };
  }[];
}[];

/** Secrets that a volume source, of a pod or of a persistent volume, names for the node to read. */
function* volumeSecrets(source: Readonly<Record<string, unknown>>, namespace: string): Generator<string> {
  for (const [type, value] of Object.entries(source)) {
    if (typeof value !== 'object' || value === null) continue;
    const fields = value as Readonly<Record<string, unknown>>;
    if (type === 'secret' && typeof fields.secretName === 'string')
      yield vertex('secrets', namespace, fields.secretName);
    if (type === 'azureFile' && typeof fields.secretName === 'string') {
      yield vertex(
        'secrets',
        typeof fields.secretNamespace === 'string' ? fields.secretNamespace : namespace,
        fields.secretName,
      );
    }
    for (const key of ['secretRef', 'nodePublishSecretRef', 'nodeStageSecretRef', 'nodeExpandSecretRef']) {
      const ref = fields[key];
      if (typeof ref !== 'object' || ref === null) continue;
      const { name, namespace: own } = ref as { readonly name?: unknown; readonly namespace?: unknown };
      if (typeof name === 'string') yield vertex('secrets', typeof own === 'string' ? own : namespace, name);
    }
  }
}

function* containerRefs(containers: Containers, namespace: string): Generator<string> {
  for (const { env = [], envFrom = [] } of containers) {
    const secrets = [
      ...env.map((one) => one.valueFrom?.secretKeyRef?.name),
      ...envFrom.map((one) => one.secretRef?.name),
    ];
    const maps = [
      ...env.map((one) => one.valueFrom?.configMapKeyRef?.name),
      ...envFrom.map((one) => one.configMapRef?.name),
    ];
    for (const name of secrets) if (name !== undefined) yield vertex('secrets', namespace, name);
    for (const name of maps) if (name !== undefined) yield vertex('configmaps', namespace, name);
  }
}

/** Everything that the pod's node may read because the pod names it. Claims lead on to volumes and their secrets. */
function* podRefs(spec: PodSpec, namespace: string, podName: string): Generator<string> {
  if (spec.serviceAccountName) yield vertex('serviceaccounts', namespace, spec.serviceAccountName);
  for (const { name } of spec.imagePullSecrets ?? []) if (name) yield vertex('secrets', namespace, name);
  for (const containers of [spec.containers, spec.initContainers ?? [], spec.ephemeralContainers ?? []]) {
    yield* containerRefs(containers as Containers, namespace);
  }
  for (const volume of spec.volumes ?? []) {
    yield* volumeSecrets(volume as unknown as Record<string, unknown>, namespace);
    if (volume.configMap?.name) yield vertex('configmaps', namespace, volume.configMap.name);
    for (const { secret, configMap } of volume.projected?.sources ?? []) {
      if (secret?.name) yield vertex('secrets', namespace, secret.name);
      if (configMap?.name) yield vertex('configmaps', namespace, configMap.name);
    }
    const claim =
      volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral ? `${podName}-${volume.name}` : undefined);
    if (claim !== undefined) yield vertex('persistentvolumeclaims', namespace, claim);
  }
}

/** Claims of devices: named in the spec, or made for the pod and named in its status. */
function* resourceClaimRefs({ metadata, spec, status }: Pod): Generator<string> {
  const made = new Map(
    (status?.resourceClaimStatuses ?? []).map(({ name, resourceClaimName }) => [name, resourceClaimName]),
  );
  for (const { name, resourceClaimName } of spec.resourceClaims ?? []) {
    const claim = resourceClaimName ?? made.get(name);
    if (claim) yield vertex('resourceclaims', metadata.namespace ?? '', claim);
  }
}

/** A bag: how often each key was added. */
class Counts {
  readonly #counts = new Map<string, number>();
  add(key: string, by: 1 | -1): void {
    const count = (this.#counts.get(key) ?? 0) + by;
    if (count <= 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
  has(key: string): boolean {
    return this.#counts.has(key);
  }
  get size(): number {
    return this.#counts.size;
  }
}

/**
 * Which objects the pods of a node lead to: pod → secrets, config maps, service account, claims; claim → volume → its secrets.
 * Edges from pods are counted by node, so a decision is two map look-ups.
 */
export class NodeGraph implements StateListener {
  readonly resources = [PODS, VOLUMES, ATTACHMENTS, SLICES];
  readonly #byNode = new Map<string, Counts>();
  /** Volume (and secret behind it) → the claims that lead to it. */
  readonly #viaClaim = new Map<string, Set<string>>();

  onChange(resource: string, object: AnyObject | undefined, old: AnyObject | undefined): void {
    if (resource === PODS) {
      // Most pod changes are of the status and move no edge.
      if (
        object !== undefined &&
        old !== undefined &&
        samePodEdges(object as unknown as Pod, old as unknown as Pod)
      )
        return;
      if (old !== undefined) this.#pod(old as unknown as Pod, -1);
      if (object !== undefined) this.#pod(object as unknown as Pod, 1);
    } else if (resource === VOLUMES) {
      if (old !== undefined) this.#volume(old as unknown as PersistentVolume, false);
      if (object !== undefined) this.#volume(object as unknown as PersistentVolume, true);
    } else if (resource === ATTACHMENTS) {
      if (old !== undefined) this.#attachment(old as unknown as VolumeAttachment, -1);
      if (object !== undefined) this.#attachment(object as unknown as VolumeAttachment, 1);
    } else if (resource === SLICES) {
      if (old !== undefined) this.#slice(old as unknown as ResourceSlice, -1);
      if (object !== undefined) this.#slice(object as unknown as ResourceSlice, 1);
    }
  }

  /** True when a pod bound to the node leads to the object. */
  leads(node: string, type: VertexType, namespace: string, name: string): boolean {
    const counts = this.#byNode.get(node);
    if (counts === undefined) return false;
    const key = vertex(type, namespace, name);
    if (counts.has(key)) return true;
    for (const claim of this.#viaClaim.get(key) ?? []) if (counts.has(claim)) return true;
    return false;
  }

  #count(node: string, key: string, by: 1 | -1): void {
    const counts = this.#byNode.get(node) ?? new Counts();
    counts.add(key, by);
    if (counts.size === 0) this.#byNode.delete(node);
    else this.#byNode.set(node, counts);
  }

  #pod(pod: Pod, by: 1 | -1): void {
    const { nodeName } = pod.spec;
    if (!nodeName) return;
    this.#count(nodeName, vertex('pods', pod.metadata.namespace ?? '', pod.metadata.name), by);
    // A mirror pod stands for what the node itself was told to run: what it names gives the node no rights.
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return;
    for (const key of podRefs(pod.spec, pod.metadata.namespace ?? '', pod.metadata.name))
      this.#count(nodeName, key, by);
    if (pod.spec.resourceClaims !== undefined)
      for (const key of resourceClaimRefs(pod)) this.#count(nodeName, key, by);
  }

  #volume(volume: PersistentVolume, add: boolean): void {
    const claim = volume.spec.claimRef;
    if (claim?.name === undefined || claim.namespace === undefined) return;
    const from = vertex('persistentvolumeclaims', claim.namespace, claim.name);
    const keys = [
      vertex('persistentvolumes', '', volume.metadata.name),
      ...volumeSecrets(volume.spec as unknown as Record<string, unknown>, claim.namespace),
    ];
    for (const key of keys) {
      const claims = this.#viaClaim.get(key) ?? new Set<string>();
      if (add) claims.add(from);
      else claims.delete(from);
      if (claims.size === 0) this.#viaClaim.delete(key);
      else this.#viaClaim.set(key, claims);
    }
  }

  #slice({ metadata, spec }: ResourceSlice, by: 1 | -1): void {
    if (spec.nodeName) this.#count(spec.nodeName, vertex('resourceslices', '', metadata.name), by);
  }

  #attachment(attachment: VolumeAttachment, by: 1 | -1): void {
    this.#count(attachment.spec.nodeName, vertex('volumeattachments', '', attachment.metadata.name), by);
  }
}

function samePodEdges(pod: Pod, old: Pod): boolean {
  return (
    pod.metadata.uid === old.metadata.uid &&
    pod.spec.nodeName === old.spec.nodeName &&
    (pod.spec.ephemeralContainers?.length ?? 0) === (old.spec.ephemeralContainers?.length ?? 0) &&
    (pod.spec.resourceClaims === undefined || sameClaims(pod, old))
  );
}

const sameClaims = (pod: Pod, old: Pod): boolean =>
  [...resourceClaimRefs(pod)].join() === [...resourceClaimRefs(old)].join();

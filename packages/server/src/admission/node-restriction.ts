import { isDeepStrictEqual } from 'node:util';
import type {
  CertificateSigningRequest,
  Lease,
  Node,
  PersistentVolumeClaim,
  Pod,
} from '@gantry/api/generated/types';
import type { KubeObject } from '@gantry/machinery/object';
import { notFound } from '@gantry/machinery/status';
import { readObject } from '../auth/state.ts';
import { nodeOf } from '../auth/users.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { parseRequestSubject } from './certificate-request.ts';
import { denied } from './denial.ts';
import { forbiddenNodeLabels, modifiedLabels } from './node-labels.ts';
import { referencedObject } from './pod-references.ts';
import { MIRROR_ANNOTATION } from './service-account.ts';

const RESOURCES = new Set([
  'pods.',
  'nodes.',
  'persistentvolumeclaims.',
  'leases.coordination.k8s.io',
  'csinodes.storage.k8s.io',
  'services.',
  'endpointslices.discovery.k8s.io',
  'resourceslices.resource.k8s.io',
  'certificatesigningrequests.certificates.k8s.io',
]);
const NODE_SIGNERS = new Set([
  'kubernetes.io/kubelet-serving',
  'kubernetes.io/kube-apiserver-client-kubelet',
]);

function checkMirrorPod(node: string, request: AdmissionRequest): void {
  const pod = request.object as unknown as Pod;
  const quoted = JSON.stringify(node);
  if (pod.metadata.annotations?.[MIRROR_ANNOTATION] === undefined) {
    throw denied(
      request,
      `pod does not have ${JSON.stringify(MIRROR_ANNOTATION)} annotation, node ${quoted} can only create mirror pods`,
    );
  }
  if (pod.spec.nodeName !== node) {
    throw denied(request, `node ${quoted} can only create pods with spec.nodeName set to itself`);
  }
  const [owner, second] = pod.metadata.ownerReferences ?? [];
  if (second !== undefined) {
    throw denied(request, `node ${quoted} can only create pods with a single owner reference set to itself`);
  }
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node) {
    throw denied(request, `node ${quoted} can only create pods with an owner reference set to itself`);
  }
  if (owner.controller !== true) {
    throw denied(
      request,
      `node ${quoted} can only create pods with a controller owner reference set to itself`,
    );
  }
  if (owner.blockOwnerDeletion === true) {
    throw denied(request, `node ${quoted} must not set blockOwnerDeletion on an owner reference`);
  }
  const live = readObject<Node>(request.state, 'nodes', '', node);
  if (live === undefined) throw notFound({ group: '', resource: 'nodes' }, node);
  if (live.metadata.uid !== owner.uid) {
    throw denied(request, `node ${node} UID mismatch: expected ${owner.uid} got ${live.metadata.uid ?? ''}`);
  }
  const named = referencedObject(pod);
  if (named !== undefined)
    throw denied(request, `node ${quoted} can not create pods that reference ${named}`);
}

function checkPod(node: string, request: AdmissionRequest): void {
  const { operation, attributes, oldObject, object } = request;
  const quoted = JSON.stringify(node);
  const old = oldObject as unknown as Pod | undefined;
  switch (attributes.subresource) {
    case '':
      if (operation === 'CREATE') checkMirrorPod(node, request);
      else if (operation !== 'DELETE') {
        throw denied(
          request,
          `unexpected operation ${JSON.stringify(operation)}, node ${quoted} can only create and delete mirror pods`,
        );
      } else if (old?.spec.nodeName !== node) {
        throw denied(request, `node ${quoted} can only delete pods with spec.nodeName set to itself`);
      }
      return;
    case 'status': {
      if (old?.spec.nodeName !== node) {
        throw denied(
          request,
          `node ${quoted} can only update pod status for pods with spec.nodeName set to itself`,
        );
      }
      const { labels = {} } = (object as unknown as Pod).metadata;
      if (!isDeepStrictEqual(labels, old.metadata.labels ?? {})) {
        throw denied(request, `node ${quoted} cannot update labels through pod status`);
      }
      const { status } = object as unknown as Pod;
      if (!isDeepStrictEqual(status?.resourceClaimStatuses ?? [], old.status?.resourceClaimStatuses ?? []))
        throw denied(request, `node ${quoted} cannot update resource claim statues`);
      if (!isDeepStrictEqual(status?.extendedResourceClaimStatus, old.status?.extendedResourceClaimStatus))
        throw denied(request, `node ${quoted} cannot update extended resource claim status`);
      return;
    }
    case 'eviction': {
      const pod = readObject<Pod>(request.state, 'pods', attributes.namespace, attributes.name);
      if (pod !== undefined && pod.spec.nodeName !== node) {
        throw denied(request, `node ${node} can only evict pods with spec.nodeName set to itself`);
      }
      return;
    }
    default:
      throw denied(
        request,
        `unexpected pod subresource ${JSON.stringify(attributes.subresource)}, only 'status' and 'eviction' are allowed`,
      );
  }
}

function checkNode(node: string, request: AdmissionRequest): void {
  const { operation, attributes, object, oldObject } = request;
  const quoted = JSON.stringify(node);
  const requested = attributes.name || ((object as unknown as KubeObject | undefined)?.metadata.name ?? '');
  if (requested !== node) {
    throw denied(request, `node ${quoted} is not allowed to modify node ${JSON.stringify(requested)}`);
  }
  if (object === undefined) return;
  const next = object as unknown as Node;
  if (operation === 'CREATE') {
    const labels = forbiddenNodeLabels(modifiedLabels(next.metadata.labels ?? {}, {}));
    if (labels.length > 0) {
      throw denied(
        request,
        `node ${quoted} is not allowed to set the following labels: ${labels.join(', ')}`,
      );
    }
    return;
  }
  const old = oldObject as unknown as Node;
  if (!isDeepStrictEqual(next.spec?.taints ?? [], old.spec?.taints ?? [])) {
    throw denied(request, `node ${quoted} is not allowed to modify taints`);
  }
  if (!isDeepStrictEqual(next.metadata.ownerReferences ?? [], old.metadata.ownerReferences ?? [])) {
    throw denied(request, `node ${quoted} is not allowed to modify ownerReferences`);
  }
  const labels = forbiddenNodeLabels(modifiedLabels(next.metadata.labels ?? {}, old.metadata.labels ?? {}));
  if (labels.length > 0) throw denied(request, `is not allowed to modify labels: ${labels.join(', ')}`);
}

/** Capacity, conditions and the resize bookkeeping are the node's; all else of a claim is not. */
function checkClaim(node: string, request: AdmissionRequest): void {
  if (request.attributes.subresource !== 'status') throw denied(request, 'may only update PVC status');
  const strip = (value: unknown): unknown => {
    const { metadata, status, ...rest } = structuredClone(value) as PersistentVolumeClaim;
    const { managedFields: _, ...meta } = metadata;
    return { ...rest, meta, phase: status?.phase, accessModes: status?.accessModes };
  };
  if (!isDeepStrictEqual(strip(request.object), strip(request.oldObject))) {
    throw denied(
      request,
      `node ${JSON.stringify(node)} is not allowed to update fields other than status.quantity and status.conditions`,
    );
  }
}

function checkOwnName(node: string, request: AdmissionRequest, what: string): void {
  const { attributes, object } = request;
  const name = attributes.name || ((object as unknown as Lease | undefined)?.metadata.name ?? '');
  if (what === 'lease' && attributes.namespace !== 'kube-node-lease') {
    throw denied(request, 'can only access leases in the "kube-node-lease" system namespace');
  }
  if (name !== node) {
    const label = what === 'lease' ? 'node lease' : what;
    throw denied(request, `can only access ${label} with the same name as the requesting node`);
  }
}

/** Of Services and EndpointSlices, a node writes those of its own DNS server. */
function checkDns(node: string, request: AdmissionRequest): void {
  const { kind, object } = request;
  const { name, labels } = (object as unknown as KubeObject | undefined)?.metadata ?? { name: '' };
  const own =
    kind.plural === 'services'
      ? name === 'kube-dns'
      : name === `kube-dns-${node}` && labels?.['kubernetes.io/service-name'] === 'kube-dns';
  if (!own)
    throw denied(
      request,
      `node ${JSON.stringify(node)} can only write the DNS service and its own slice of it`,
    );
}

function checkSlice(node: string, { operation, object, oldObject }: AdmissionRequest): string | undefined {
  if (operation !== 'CREATE' && operation !== 'DELETE') return undefined;
  const slice = operation === 'CREATE' ? object : oldObject;
  const { nodeName } = (slice?.spec ?? {}) as { readonly nodeName?: string };
  return nodeName === node
    ? undefined
    : `can only ${operation.toLowerCase()} ResourceSlice with the same NodeName as the requesting node`;
}

/** A certificate that makes a node is for the node that asks. */
function checkSigningRequest(node: string, { operation, object }: AdmissionRequest): string | undefined {
  const { spec } = (object ?? {}) as unknown as CertificateSigningRequest;
  if (operation !== 'CREATE' || !NODE_SIGNERS.has(spec.signerName)) return undefined;
  const wanted = `system:node:${node}`;
  try {
    const { commonName } = parseRequestSubject(spec.request ?? '');
    return commonName === wanted ? undefined : `can only create a node CSR with CN=${wanted}`;
  } catch (error) {
    return `unable to parse csr: ${(error as Error).message}`;
  }
}

function refuse(request: AdmissionRequest, fault: string | undefined): void {
  if (fault !== undefined) throw denied(request, fault);
}

/** A node writes what is its own, and nothing that would move pods to it. */
export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  handles: (kind, operation) => operation !== 'CONNECT' && RESOURCES.has(`${kind.plural}.${kind.group}`),
  validate(request) {
    const node = nodeOf(request.user);
    if (node === undefined) return;
    if (node === '') {
      throw denied(request, `could not determine node from user ${JSON.stringify(request.user.name)}`);
    }
    switch (request.kind.plural) {
      case 'pods':
        return checkPod(node, request);
      case 'nodes':
        return checkNode(node, request);
      case 'persistentvolumeclaims':
        return checkClaim(node, request);
      case 'services':
      case 'endpointslices':
        return checkDns(node, request);
      case 'resourceslices':
        return refuse(request, checkSlice(node, request));
      case 'certificatesigningrequests':
        return refuse(request, checkSigningRequest(node, request));
      case 'leases':
        return checkOwnName(node, request, 'lease');
      default:
        return checkOwnName(node, request, 'CSINode');
    }
  },
};

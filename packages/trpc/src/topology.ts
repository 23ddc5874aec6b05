import type { DaemonSet, Deployment, Ingress, Job, Service, StatefulSet } from '@gantry/api/generated/types';
import { type Labels, matchesLabels, selectorFromLabels } from '@gantry/machinery/label-selector';
import type { ObjectRef, ResourceRef } from './resource-ref.ts';

export type TopologyKind =
  | 'Ingress'
  | 'Service'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Job'
  | 'Pod'
  /** All pods of one workload, in one. */
  | 'Pods';

/** One box of the graph. */
export interface TopologyNode {
  /** `Kind/name` */
  readonly id: string;
  readonly kind: TopologyKind;
  readonly name: string;
  /** Absent for what is no object of its own. */
  readonly ref: ObjectRef | null;
  /** A status word, or ''. */
  readonly status: string;
  /** `2/3`, or ''. */
  readonly ready: string;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
}

export interface TopologyGraph {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** Pods stand as one box a workload, since all of them would be too many. */
  readonly grouped: boolean;
  /** How many boxes are left out beyond the limit. */
  readonly leftOut: number;
}

/** A pod as its list shows it, with the workload that it belongs to after its ReplicaSet is resolved. */
export interface TopologyPod {
  readonly name: string;
  readonly labels: Labels;
  readonly status: string;
  readonly ready: string;
  readonly owner: { readonly kind: string; readonly name: string } | null;
}

type Workload = Deployment | StatefulSet | DaemonSet | Job;

export interface TopologyInput {
  readonly namespace: string;
  readonly ingresses: readonly Ingress[];
  readonly services: readonly Service[];
  readonly workloads: readonly { readonly kind: TopologyKind; readonly object: Workload }[];
  readonly pods: readonly TopologyPod[];
}

/** Beyond this, pods are drawn as one box a workload. */
export const BOXES_MAX = 1_000;
/** Beyond this even then, the rest is left out. */
const GROUPED_MAX = 2_000;

const RESOURCES: Readonly<Record<Exclude<TopologyKind, 'Pods'>, ResourceRef>> = {
  Ingress: { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses' },
  Service: { group: '', version: 'v1', plural: 'services' },
  Deployment: { group: 'apps', version: 'v1', plural: 'deployments' },
  StatefulSet: { group: 'apps', version: 'v1', plural: 'statefulsets' },
  DaemonSet: { group: 'apps', version: 'v1', plural: 'daemonsets' },
  Job: { group: 'batch', version: 'v1', plural: 'jobs' },
  Pod: { group: '', version: 'v1', plural: 'pods' },
};

const idOf = (kind: string, name: string): string => `${kind}/${name}`;

/** Names of the Services that an Ingress sends to. */
function backendsOf({ spec }: Ingress): string[] {
  const backends = [
    spec?.defaultBackend,
    ...(spec?.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend)),
  ];
  return [...new Set(backends.flatMap((backend) => backend?.service?.name ?? []))];
}

/** Ready and wanted pods of a workload, and its state in a word. */
function stateOf(
  kind: TopologyKind,
  workload: Workload,
): { readonly ready: string; readonly status: string } {
  const spec = (workload.spec ?? {}) as { replicas?: number; completions?: number };
  const status = (workload.status ?? {}) as Record<string, number | undefined>;
  if (kind === 'Job') {
    const done = status.succeeded ?? 0;
    const wanted = spec.completions ?? 1;
    const word = done >= wanted ? 'Complete' : (status.failed ?? 0) > 0 ? 'Failed' : 'Running';
    return { ready: `${done}/${wanted}`, status: word };
  }
  const isDaemon = kind === 'DaemonSet';
  const wanted = isDaemon ? (status.desiredNumberScheduled ?? 0) : (spec.replicas ?? 1);
  const ready = (isDaemon ? status.numberReady : status.readyReplicas) ?? 0;
  return { ready: `${ready}/${wanted}`, status: ready >= wanted ? 'Ready' : 'Progressing' };
}

/** One box for the pods of a workload, as bad as the worst of them. */
function groupOf(owner: string, pods: readonly TopologyPod[]): TopologyNode {
  const ready = pods.filter(({ status }) => /^(Running|Completed|Succeeded)$/.test(status)).length;
  const worst = pods.find(({ status }) => /Error|BackOff|Err[A-Z]|Failed|OOMKilled/.test(status));
  return {
    id: idOf('Pods', owner),
    kind: 'Pods',
    name: owner.slice(owner.indexOf('/') + 1),
    ref: null,
    status: worst?.status ?? (ready === pods.length ? 'Running' : 'Pending'),
    ready: `${ready}/${pods.length}`,
  };
}

/** What leads to what in a namespace: ingress → service → workload → pods. */
export function topologyOf(input: TopologyInput, boxesMax = BOXES_MAX): TopologyGraph {
  const { namespace, ingresses, services, workloads, pods } = input;
  const nodes: TopologyNode[] = [];
  const edges: TopologyEdge[] = [];
  const add = (
    kind: Exclude<TopologyKind, 'Pods'>,
    name: string,
    state = { status: '', ready: '' },
  ): void => {
    nodes.push({
      id: idOf(kind, name),
      kind,
      name,
      ref: { resource: RESOURCES[kind], namespace, name },
      ...state,
    });
  };
  for (const { metadata } of ingresses) add('Ingress', metadata.name);
  for (const { metadata } of services) add('Service', metadata.name);
  for (const { kind, object } of workloads)
    if (kind !== 'Pods') add(kind, object.metadata.name, stateOf(kind, object));
  const known = new Set(nodes.map(({ id }) => id));
  for (const ingress of ingresses)
    for (const service of backendsOf(ingress))
      if (known.has(idOf('Service', service)))
        edges.push({ from: idOf('Ingress', ingress.metadata.name), to: idOf('Service', service) });

  const ownerOf = ({ owner }: TopologyPod): string | undefined => {
    const id = owner === null ? '' : idOf(owner.kind, owner.name);
    return known.has(id) ? id : undefined;
  };
  const loose = pods.filter((pod) => ownerOf(pod) === undefined);
  for (const { metadata, spec } of services) {
    const labels = spec?.selector ?? {};
    if (Object.keys(labels).length === 0) continue;
    const selector = selectorFromLabels(labels);
    const from = idOf('Service', metadata.name);
    for (const { kind, object } of workloads) {
      const template = object.spec?.template?.metadata?.labels;
      if (matchesLabels(selector, template)) edges.push({ from, to: idOf(kind, object.metadata.name) });
    }
    for (const pod of loose)
      if (matchesLabels(selector, pod.labels)) edges.push({ from, to: idOf('Pod', pod.name) });
  }
  const grouped = nodes.length + pods.length > boxesMax;
  if (grouped) {
    const byOwner = Map.groupBy(
      pods.filter((pod) => ownerOf(pod) !== undefined),
      (pod) => ownerOf(pod) ?? '',
    );
    for (const [owner, own] of byOwner) {
      nodes.push(groupOf(owner, own));
      edges.push({ from: owner, to: idOf('Pods', owner) });
    }
  }
  for (const pod of grouped ? loose : pods) {
    add('Pod', pod.name, { status: pod.status, ready: pod.ready });
    const owner = ownerOf(pod);
    if (owner !== undefined) edges.push({ from: owner, to: idOf('Pod', pod.name) });
  }
  const max = Math.max(boxesMax, Math.min(GROUPED_MAX, boxesMax * 2));
  const kept = nodes.slice(0, max);
  const ids = new Set(kept.map(({ id }) => id));
  return {
    nodes: kept,
    edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    grouped,
    leftOut: nodes.length - kept.length,
  };
}

import type { Container, Pod } from '@gantry/api/generated/types';
import { amount } from '../kubelet/quantity.ts';

/** Facts about the node that fields of a pod may refer to. */
export interface NodeFacts {
  readonly nodeName: string;
  readonly hostIp: string;
  /** Of the node, for resources without a limit: cpu in cores, memory and ephemeral-storage in bytes. */
  readonly allocatable: Readonly<Record<string, number>>;
}

/** The value of `fieldRef.fieldPath`. Throws with the original's text for a path that is not supported. */
export function fieldValue(pod: Pod, path: string, node: NodeFacts, podIps: readonly string[]): string {
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript !== null) {
    const map = subscript[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations;
    return map?.[subscript[2] ?? ''] ?? '';
  }
  switch (path) {
    case 'metadata.name':
      return pod.metadata.name;
    case 'metadata.namespace':
      return pod.metadata.namespace ?? '';
    case 'metadata.uid':
      return pod.metadata.uid ?? '';
    case 'metadata.labels':
      return formatMap(pod.metadata.labels);
    case 'metadata.annotations':
      return formatMap(pod.metadata.annotations);
    case 'spec.nodeName':
      return node.nodeName;
    case 'spec.serviceAccountName':
      return pod.spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return node.hostIp;
    case 'status.podIP':
      return podIps[0] ?? '';
    case 'status.podIPs':
      return podIps.join(',');
    default:
      throw new Error(`unsupported fieldPath: ${path}`);
  }
}

/** `key="value"` lines in the order of the keys, values escaped. */
function formatMap(map: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(map ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}

/** The value of `resourceFieldRef`: a limit that is not set is the node's allocatable. Rounded up to the divisor. */
export function resourceValue(
  container: Pick<Container, 'name' | 'resources'>,
  resource: string,
  divisor: string | number | undefined,
  node: NodeFacts,
): string {
  const match = /^(limits|requests)\.(.+)$/.exec(resource);
  const name = match?.[2] ?? '';
  const list = match?.[1] === 'limits' ? container.resources?.limits : container.resources?.requests;
  const isKnown = ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-');
  if (match === null || !isKnown) throw new Error(`unsupported container resource : ${resource}`);
  const set = list?.[name];
  const value = set === undefined && match[1] === 'limits' ? (node.allocatable[name] ?? 0) : amount(set);
  const unit = amount(divisor);
  return String(Math.ceil(Number((value / (unit === 0 ? 1 : unit)).toFixed(6))));
}

import type { Node } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, NONE, nameColumn, text, wide } from '../../tables/columns.ts';

const UNKNOWN = '<unknown>';
const ROLE_PREFIX = 'node-role.kubernetes.io/';

function state({ spec, status }: Node): string {
  const ready = status?.conditions?.find((one) => one.type === 'Ready');
  const text = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return spec.unschedulable === true ? `${text},SchedulingDisabled` : text;
}

function roles({ metadata }: Node): string {
  const found = new Set<string>();
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length)
      found.add(key.slice(ROLE_PREFIX.length));
    else if (key === 'kubernetes.io/role' && value !== '') found.add(value);
  }
  return [...found].sort().join(',') || NONE;
}

const address = (node: Node, type: string): string =>
  node.status?.addresses?.find((one) => one.type === type)?.address ?? NONE;

function kernel({ status }: Node): string {
  const { kernelVersion, architecture } = status?.nodeInfo ?? {};
  return (kernelVersion || UNKNOWN) + (architecture ? ` (${architecture})` : '');
}

export const nodeColumns: readonly Column<Node>[] = [
  nameColumn,
  text('Status', 'Ready or NotReady, and whether pods are kept off.', state),
  text('Roles', 'Roles of the node, from its labels.', roles),
  ageColumn,
  text('Version', 'Version of the node agent.', ({ status }) => status?.nodeInfo?.kubeletVersion ?? ''),
  wide('Internal-IP', 'Address inside the cluster.', (node) => address(node, 'InternalIP')),
  wide('External-IP', 'Address for the outside.', (node) => address(node, 'ExternalIP')),
  wide('OS-Image', 'Name of the operating system.', ({ status }) => status?.nodeInfo?.osImage || UNKNOWN),
  wide('Kernel-Version', 'Version of the kernel.', kernel),
  wide(
    'Container-Runtime',
    'Name and version of the container runtime.',
    ({ status }) => status?.nodeInfo?.containerRuntimeVersion || UNKNOWN,
  ),
];

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
  text('Status', state),
  text('Roles', roles),
  ageColumn,
  text('Version', ({ status }) => status?.nodeInfo?.kubeletVersion ?? ''),
  wide('Internal-IP', (node) => address(node, 'InternalIP')),
  wide('External-IP', (node) => address(node, 'ExternalIP')),
  wide('OS-Image', ({ status }) => status?.nodeInfo?.osImage || UNKNOWN),
  wide('Kernel-Version', kernel),
  wide('Container-Runtime', ({ status }) => status?.nodeInfo?.containerRuntimeVersion || UNKNOWN),
];

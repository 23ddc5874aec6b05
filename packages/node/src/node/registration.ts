import { isDeepStrictEqual } from 'node:util';
import type { Lease, Node, NodeStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { leases, nodes } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { microTimestamp } from '@gantry/runtime/clock';

export const LEASE_NAMESPACE = 'kube-node-lease';
export const LEASE_SECONDS = 40;

/** Creates the Node, or brings the labels of the one that is there up to date. */
export async function registerNode(client: Client, wanted: Node): Promise<Node> {
  const { name } = wanted.metadata;
  try {
    return await client.create(nodes, wanted);
  } catch (error) {
    if (!isStatusError(error, 'AlreadyExists')) throw error;
  }
  const present = await client.get(nodes, '', name);
  const missing = Object.entries(wanted.metadata.labels ?? {}).filter(
    ([key, value]) => present.metadata.labels?.[key] !== value,
  );
  if (missing.length === 0) return present;
  const patch = { metadata: { labels: Object.fromEntries(missing) } };
  return await client.patch(nodes, '', name, patch, { type: 'merge' });
}

/** What differs between two statuses, heartbeats aside; undefined when nothing does. */
export function nodeStatusPatch(old: NodeStatus, wanted: NodeStatus): object | undefined {
  const changed = Object.entries(wanted).filter(([field, value]) => {
    const before: unknown = Reflect.get(old, field);
    return field === 'conditions'
      ? !isDeepStrictEqual(withoutHeartbeat(old.conditions), withoutHeartbeat(wanted.conditions))
      : !isDeepStrictEqual(before, value);
  });
  if (changed.length === 0) return undefined;
  const fields = changed.map(([field, value]) => [field, withoutLost(Reflect.get(old, field), value)]);
  return { status: Object.fromEntries(fields) };
}

/** Amounts merge by name: one that is no longer there is taken out by name. */
function withoutLost(before: unknown, value: unknown): unknown {
  if (!isAmounts(before) || !isAmounts(value)) return value;
  const lost = Object.keys(before).filter((name) => !(name in value));
  return { ...Object.fromEntries(lost.map((name) => [name, null])), ...value };
}

const isAmounts = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'cpu' in value;

function withoutHeartbeat(conditions: NodeStatus['conditions']): unknown {
  return (conditions ?? [])
    .filter(({ type }) => ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'].includes(type))
    .map(({ lastHeartbeatTime: _, ...rest }) => rest);
}

export async function writeNodeStatus(client: Client, name: string, patch: object): Promise<Node> {
  return await client.patch(nodes, '', name, patch, { type: 'strategic', subresource: 'status' });
}

/** Renews the node's Lease, creating it when it is missing. Returns the lease as stored, for the next renewal. */
export async function renewLease(
  client: Client,
  node: Pick<Node, 'metadata'>,
  known: Lease | undefined,
  now: number,
): Promise<Lease> {
  const { name, uid = '' } = node.metadata;
  const renewTime = microTimestamp(now);
  const fresh: Lease = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name,
      namespace: LEASE_NAMESPACE,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
    },
    spec: { holderIdentity: name, leaseDurationSeconds: LEASE_SECONDS, renewTime },
  };
  if (known !== undefined) {
    try {
      return await client.update(leases, { ...known, spec: { ...known.spec, ...fresh.spec } });
    } catch (error) {
      if (!isStatusError(error, 'Conflict') && !isStatusError(error, 'NotFound')) throw error;
    }
  }
  try {
    return await client.create(leases, fresh);
  } catch (error) {
    if (!isStatusError(error, 'AlreadyExists')) throw error;
    const present = await client.get(leases, LEASE_NAMESPACE, name);
    return await client.update(leases, { ...present, spec: { ...present.spec, ...fresh.spec } });
  }
}

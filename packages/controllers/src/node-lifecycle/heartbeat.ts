import type { Node } from '@gantry/api/generated/types';
import { leases } from '@gantry/client/resources';
import type { ControllerContext } from '@gantry/runtime/port';
import { findCondition } from '../shared/conditions.ts';
import type { Heartbeat } from './decide.ts';

const LEASE_NAMESPACE = 'kube-node-lease';

/** A new renewal of the node's lease, or a new heartbeat in its status, is a sign of life. */
export function observe(
  node: Node,
  before: Heartbeat | undefined,
  { informers, clock }: ControllerContext,
): Heartbeat {
  const lease = informers.informer(leases).get(LEASE_NAMESPACE, node.metadata.name);
  const ready = findCondition(node.status?.conditions, 'Ready');
  // What this controller writes itself (Unknown) keeps the heartbeat's time, and so is no sign of life.
  const sign = `${lease?.spec.renewTime ?? ''} ${ready?.lastHeartbeatTime ?? ''}`;
  return before?.sign === sign ? before : { sign, at: clock.now() };
}

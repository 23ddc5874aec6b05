import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import {
  type Assess,
  type Health,
  type HealthStatus,
  type PodsOf,
  progressing,
  statusOf,
} from './assessment.ts';
import { byConditions } from './by-conditions.ts';
import { clusterKinds } from './cluster-kinds.ts';
import { networkAndStorage } from './network-storage.ts';
import { whyUnmanaged } from './unmanaged.ts';
import { workloads } from './workloads.ts';

const byKind: Readonly<Record<string, Assess>> = { ...workloads, ...networkAndStorage, ...clusterKinds };

/** The health of a live object; `undefined` = it isn't there. */
export function healthOf(object: AnyObject | undefined, pods: PodsOf): Health {
  if (object === undefined) return { status: 'Missing', message: 'not in the cluster' };
  const { metadata } = object;
  if (metadata.deletionTimestamp !== undefined) return progressing(beingDeleted(metadata.finalizers));
  const unmanaged = whyUnmanaged(object.apiVersion, object.kind);
  if (unmanaged !== undefined && !hasManager(object)) return { status: 'Unmanaged', message: unmanaged };
  const { group } = parseGroupVersion(object.apiVersion);
  return (byKind[`${group}/${object.kind}`] ?? byConditions)(object, pods);
}

const beingDeleted = (finalizers: readonly string[] = []): string =>
  finalizers.length === 0 ? 'being deleted' : `being deleted; waits for ${finalizers.join(', ')}`;

/** Whether somebody wrote a status: then the kind has a controller, though this version brings none. */
function hasManager(object: AnyObject): boolean {
  const isSaid = (value: unknown): boolean => {
    // The server fills what is required with zeros.
    if (typeof value !== 'object' || value === null) return Boolean(value);
    return Object.values(value).some(isSaid);
  };
  return isSaid(statusOf(object));
}

const SEVERITY: readonly HealthStatus[] = [
  'Healthy',
  'Unmanaged',
  'Suspended',
  'Unknown',
  'Progressing',
  'Missing',
  'Degraded',
];

/** The worst of several; what nothing manages counts as healthy. */
export function worstHealth(all: readonly HealthStatus[]): Exclude<HealthStatus, 'Unmanaged'> {
  const worst = all.reduce(
    (a, b) => (SEVERITY.indexOf(b) > SEVERITY.indexOf(a) ? b : a),
    'Healthy' as HealthStatus,
  );
  return worst === 'Unmanaged' ? 'Healthy' : worst;
}

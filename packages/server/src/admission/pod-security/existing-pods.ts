import type { Pod } from '@gantry/api/generated/types';
import { listObjects } from '../../auth/state.ts';
import type { AdmissionRequest } from '../../request.ts';
import { violations } from './evaluate.ts';
import { formatLevel, type LevelVersion } from './policy.ts';

const MAX_PODS = 3000;
/** The request is answered at once all the same. */
const MAX_MS = 1000;

/** One pod of each controller before its twins, without those of exempt runtime classes. */
function prioritized(pods: readonly Pod[], exempt: readonly string[]): Pod[] {
  const seen = new Set<string>();
  const first: Pod[] = [];
  const twins: Pod[] = [];
  for (const pod of pods) {
    const { runtimeClassName } = pod.spec;
    if (runtimeClassName && exempt.includes(runtimeClassName)) continue;
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid;
    if (owner !== undefined && seen.has(owner)) twins.push(pod);
    else first.push(pod);
    if (owner !== undefined) seen.add(owner);
  }
  return [...first, ...twins];
}

function lineOf(reason: string, names: readonly string[]): string {
  const [first = ''] = [...names].sort();
  const others = names.length - 1;
  if (others === 0) return `${first}: ${reason}`;
  return `${first} (and ${others} other ${others === 1 ? 'pod' : 'pods'}): ${reason}`;
}

/** Says which running pods a new level would have refused, grouped by what is wrong. */
export function warnAboutExisting(
  request: AdmissionRequest,
  name: string,
  enforce: LevelVersion,
  exemptClasses: readonly string[],
): void {
  const pods = prioritized(listObjects<Pod>(request.state, 'pods', name), exemptClasses);
  const byReason = new Map<string, string[]>();
  const until = performance.now() + MAX_MS;
  let checked = 0;
  for (const pod of pods) {
    if (checked >= MAX_PODS || performance.now() > until) break;
    checked++;
    const found = violations(pod, enforce);
    if (found.length === 0) continue;
    const reason = found.map((one) => one.reason).join(', ');
    byReason.set(reason, [...(byReason.get(reason) ?? []), pod.metadata.name]);
  }
  if (checked < pods.length)
    request.warn(
      `new PodSecurity enforce level only checked against the first ${checked} of ${pods.length} existing pods`,
    );
  if (byReason.size === 0) return;
  request.warn(
    `existing pods in namespace ${JSON.stringify(name)} violate the new PodSecurity enforce level ${formatLevel(enforce)}`,
  );
  for (const line of [...byReason].map(([reason, names]) => lineOf(reason, names)).sort()) request.warn(line);
}

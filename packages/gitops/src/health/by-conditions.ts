import type { AnyObject } from '@gantry/machinery/object';
import {
  type Condition,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  number,
  progressing,
  specOf,
  statusOf,
  suspended,
  wordsOf,
} from './assessment.ts';

/** Conditions that are bad news when they hold. */
const BAD = ['Stalled', 'Failed', 'Degraded', 'Error'];
/** Conditions that must hold; the first one that there is decides. */
const GOOD = ['Ready', 'Available', 'Established', 'Healthy', 'Accepted', 'Programmed'];
const DONE = ['Complete', 'Completed', 'Succeeded'];
/** Reasons for not being ready yet that pass by themselves. */
const UNDER_WAY =
  /progress|pending|creat|wait|reconcil|initiali[sz]|install|provision|updat|upgrad|deploy|start|schedul|issuing|dependenc|deleting|rollout|unknown/i;

const PHASES: Readonly<Record<string, (text: string) => Health>> = {
  ...Object.fromEntries(
    ['active', 'available', 'bound', 'complete', 'completed', 'ready', 'running', 'succeeded', 'healthy'].map(
      (phase) => [phase, healthy],
    ),
  ),
  ...Object.fromEntries(['failed', 'error', 'degraded', 'lost', 'invalid'].map((phase) => [phase, degraded])),
  ...Object.fromEntries(
    ['pending', 'creating', 'progressing', 'provisioning', 'starting', 'updating', 'terminating'].map(
      (phase) => [phase, progressing],
    ),
  ),
};

/**
 * Objects of kinds that we know nothing about, by the conditions that their controllers write: a generation that was
 * not observed yet is under way; Stalled, Failed, Degraded that hold are bad; Reconciling that holds is under way; then
 * Ready, Available, Established … decide, and after them status.phase. What says nothing is healthy.
 * https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
export function byConditions(object: AnyObject): Health {
  const generation = number(object.metadata.generation);
  const status = statusOf(object);
  if (number(status.observedGeneration, Number.POSITIVE_INFINITY) < generation)
    return progressing('its controller has not seen the change yet');
  const conditions = conditionsOf(object);
  const find = (type: string): Condition | undefined => conditions.find((one) => one.type === type);
  const holds = (types: readonly string[]): Condition | undefined =>
    types.map(find).find((condition) => condition?.status === 'True');

  const bad = holds(BAD);
  if (bad !== undefined) return degraded(wordsOf(bad));
  if (specOf(object).suspend === true || holds(['Suspended']) !== undefined) return suspended('suspended');
  const reconciling = holds(['Reconciling']);
  if (reconciling !== undefined) return progressing(wordsOf(reconciling));
  const done = holds(DONE);
  if (done !== undefined) return healthy('completed');
  const unsynced = find('Synced');
  if (unsynced?.status === 'False') return notReady(unsynced);
  const good = GOOD.map(find).find((condition) => condition !== undefined);
  if (good !== undefined) {
    if (number(good.observedGeneration, generation) < generation)
      return progressing('its controller has not seen the change yet');
    return good.status === 'True' ? healthy() : notReady(good);
  }
  const { phase, message } = status;
  const judge = typeof phase === 'string' ? PHASES[phase.toLowerCase()] : undefined;
  if (judge === undefined) return healthy();
  return judge(typeof message === 'string' && message !== '' ? message : String(phase).toLowerCase());
}

function notReady(condition: Condition): Health {
  const text = wordsOf(condition);
  const passes = condition.status !== 'False' || UNDER_WAY.test(condition.reason ?? '');
  return passes ? progressing(text) : degraded(text);
}

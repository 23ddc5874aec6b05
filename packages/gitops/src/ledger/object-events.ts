import type { Application } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import type { EventRecorder } from '@gantry/runtime/port';
import type { Plan } from '../plan/plan.ts';

/** Kinds whose events people look at when something runs otherwise than before. */
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);
/** Of one transaction; a large one is told by the Application's own event. */
const EVENTS_MAX = 20;
const WORDS = new Map([
  ['create', 'Created'],
  ['update', 'Changed'],
]);

/** Leaves an event on each workload that a commit made or changed: who looks at it sees why. */
export function tellWorkloads(events: EventRecorder, application: Application, plan: Plan): void {
  if (!plan.applied) return;
  const { namespace, name } = application.metadata;
  let told = 0;
  for (const { kind, operation = 'none', after } of plan.results) {
    const word = WORDS.get(operation);
    if (word === undefined || after === undefined || !WORKLOADS.has(kind)) continue;
    if (++told > EVENTS_MAX) return;
    const text = `${word} by commit ${plan.commit.slice(0, 7)} of Application ${namespace}/${name}`;
    events.event(after as AnyObject, 'Normal', 'Synced', text);
  }
}

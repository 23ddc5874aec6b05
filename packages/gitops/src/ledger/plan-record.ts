import type { Plan } from '@gantry/api/generated/types';
import { type LedgerRecord, recordName, syncIdOf } from './record.ts';

const ENDED = new Set(['Ready', 'Refused', 'Failed']);

/** The entry of a Plan that was made, or made anew. Undefined when there is nothing new. */
export function planRecord(before: Plan | undefined, after: Plan): LedgerRecord | undefined {
  const { metadata, spec, status } = after;
  const { phase = '', time, commit = '', user, message = '' } = status ?? {};
  if (!ENDED.has(phase) || time === undefined) return undefined;
  if (before?.status?.time === time && before.status.phase === phase) return undefined;
  const { namespace = '', name } = metadata;
  const { created = 0, changed = 0, pruned = 0, problems = [] } = status ?? {};
  const counts = `${created} to create, ${changed} to change, ${pruned} to delete`;
  const error = phase === 'Ready' ? '' : message || problems[0]?.reason || phase;
  return {
    namespace,
    name: recordName('Plan', metadata.uid ?? `${namespace}/${name}`, time, phase),
    type: 'Plan',
    time: `${new Date(time).toISOString().slice(0, 23)}000Z`,
    application: spec.application,
    commit,
    ...(commit === '' ? {} : { syncId: syncIdOf(namespace, spec.application, commit) }),
    ...(spec.revision === undefined ? {} : { ref: spec.revision }),
    ...(user === undefined ? {} : { actor: user }),
    ...(error === '' ? {} : { error }),
    message: `Plan ${name}: ${phase === 'Ready' ? counts : error}`,
  };
}

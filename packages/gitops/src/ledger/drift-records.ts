import type { Application, ApplicationObjectStatus, ObjectTouch } from '@gantry/api/generated/types';
import { describeWho } from '../drift/touched.ts';
import { entryIdentity } from '../sync/inventory.ts';
import { aboutCommit, type LedgerRecord, recordName } from './record.ts';

/** Of one look; a namespace that was emptied is told by its first hundred objects. */
const MAX_RECORDS = 100;
const FIELDS_SHOWN = 5;

const isAway = ({ sync, health, source }: ApplicationObjectStatus): boolean =>
  // What Git no longer holds is out of sync by its own commit.
  source !== undefined && (sync === 'OutOfSync' || health === 'Missing');

function wordsOf({ kind, name, health, touched }: ApplicationObjectStatus): string {
  const who = touched === undefined ? '' : describeWho(touched);
  const by = who === '' ? '' : ` by ${who}`;
  if (health === 'Missing') return `${kind}/${name} was deleted${by}`;
  const fields = touched?.fields ?? [];
  const more = fields.length > FIELDS_SHOWN ? ` and ${fields.length - FIELDS_SHOWN} more` : '';
  const what = fields.length === 0 ? '' : `: ${fields.slice(0, FIELDS_SHOWN).join(', ')}${more}`;
  return `${kind}/${name} was changed${by}${what}`;
}

type About = ReturnType<typeof aboutCommit>;

const objectOf = ({ apiVersion, kind, namespace, name }: ApplicationObjectStatus) => ({
  ...{ apiVersion, kind, name },
  ...(namespace === undefined ? {} : { namespace }),
});

function driftRecord(about: About, entry: ApplicationObjectStatus, time: string): LedgerRecord {
  const { touched } = entry;
  const when = touched?.time ?? time;
  return {
    ...about,
    name: recordName('Drift', about.namespace, about.application, entryIdentity(entry), when),
    type: 'Drift',
    time,
    // Else the server says who changed it last.
    ...(touched?.user === undefined ? {} : { actor: touched.user }),
    object: objectOf(entry),
    message: wordsOf(entry),
  };
}

/** Objects that others changed since the commit was applied: seen for the first time between two states. */
export function driftRecords(before: Application, after: Application, time: string): LedgerRecord[] {
  const commit = after.status?.commit;
  if (commit === undefined || before.status?.commit !== commit) return [];
  if (before.status?.history?.[0]?.time !== after.status?.history?.[0]?.time) return [];
  const known = new Map(before.status?.objects?.map((entry) => [entryIdentity(entry), entry]));
  const about = aboutCommit(after, commit);
  return (after.status?.objects ?? [])
    .filter((entry) => {
      const old = known.get(entryIdentity(entry));
      return isAway(entry) && old !== undefined && !isAway(old);
    })
    .slice(0, MAX_RECORDS)
    .map((entry) => driftRecord(about, entry, time));
}

/**
 * Objects, by identity, that were put back as the commit says, each with what had been changed. What is put back at once
 * is in no status before: so each has its drift told with it.
 */
export function healRecords(
  application: Application,
  healed: ReadonlyMap<string, ObjectTouch>,
  nowMs: number,
): LedgerRecord[] {
  const about = aboutCommit(application, application.status?.commit ?? '');
  const time = `${new Date(nowMs).toISOString().slice(0, 23)}000Z`;
  return (application.status?.objects ?? []).flatMap((entry): LedgerRecord[] => {
    const touched = healed.get(entryIdentity(entry));
    if (touched === undefined) return [];
    const drifted = { ...entry, touched };
    const heal: LedgerRecord = {
      ...about,
      name: recordName('Heal', about.namespace, about.application, entryIdentity(entry), String(nowMs)),
      type: 'Heal',
      time,
      object: objectOf(entry),
      message: `Put back: ${wordsOf(drifted)}`,
    };
    return [driftRecord(about, drifted, time), heal];
  });
}

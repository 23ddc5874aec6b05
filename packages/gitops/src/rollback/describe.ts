import type { Application, ApplicationHistoryEntry, Quarantine } from '@gantry/api/generated/types';
import { appliedCommits, ROLLBACK_TO, refusalOf } from './goal.ts';

const COMMITS_NAMED = 5;
const short = (commit: string): string => commit.slice(0, 7);

/** What an Application that was rolled back says of itself. */
export const describeQuarantine = ({ commit, reason = 'rolled back' }: Quarantine): string =>
  `${reason}; ${short(commit)} is not applied again until another commit comes or somebody asks for a sync`;

/** Why the last rollback that was asked for was refused, until something else was synced; undefined when it wasn't. */
export function describeRefusal(application: Application): string | undefined {
  const refusal = refusalOf(application);
  if (refusal === undefined) return undefined;
  const [wanted = ''] = refusal.split('@');
  if (application.status?.commit?.startsWith(wanted) === true && wanted !== '')
    return `${ROLLBACK_TO} ${wanted}: that is what is applied already`;
  const known = appliedCommits(application).slice(0, COMMITS_NAMED).map(short);
  return `${ROLLBACK_TO} ${JSON.stringify(wanted.slice(0, 80))}: not the id, or at least seven digits of it, of one commit that this Application has applied (${known.length === 0 ? 'there is none yet' : `the latest: ${known.join(', ')}`})`;
}

/** The entry of the history that a rollback leaves. */
export const asRollback = (
  entry: ApplicationHistoryEntry,
  { user, reason = '' }: Quarantine,
): ApplicationHistoryEntry => ({
  ...entry,
  cause: 'Rollback',
  ...(user === undefined || user === '' ? {} : { user }),
  reason: entry.reason === undefined ? reason : `${reason}: ${entry.reason}`,
});

import type { Application, ApplicationStatus, Condition, Quarantine } from '@gantry/api/generated/types';
import { pendingRequest, requesterOf, selectionOf } from '../sync/request.ts';

/** Commit to go back to, `COMMIT` or, to ask for the same again, `COMMIT@ANYTHING`. */
export const ROLLBACK_TO = 'gitops.gantry.dev/rollback-to';
/** Condition whose message is the last rollback that was dealt with; False: it was refused. */
export const ROLLBACK_HANDLED = 'RollbackHandled';

const SHORTEST = 7;
const ASKED_MAX = 256;
const short = (commit: string): string => commit.slice(0, 7);

/** What an Application is to be at, when rollbacks are counted in. */
export interface Goal {
  readonly commit: string;
  /** The Application with the status that this leads to. */
  readonly application: Application;
  /** Set when it is at another commit than it follows. */
  readonly quarantine?: Quarantine;
  /** It was asked for just now: to be applied whatever else holds. */
  readonly isNew: boolean;
}

/**
 * Where an Application goes that follows `newest`. A rollback quarantines `newest` and holds until what is followed is
 * another commit, or somebody asks for a sync of the whole.
 */
export function goalOf(application: Application, newest: string, time: string): Goal {
  const asked = askedFor(application);
  if (asked !== undefined && asked !== '' && asked !== handled(application)?.message)
    return newGoal(application, newest, asked, time);
  const { quarantine } = application.status ?? {};
  if (quarantine === undefined) return { commit: newest, application, isNew: false };
  const asksForAll = pendingRequest(application) !== undefined && wantedOnly(application) === undefined;
  const isLifted = quarantine.commit !== newest || asksForAll;
  if (isLifted || quarantine.rolledBackTo === undefined)
    return { commit: newest, application: withStatus(application, { quarantine: undefined }), isNew: false };
  return { commit: quarantine.rolledBackTo, application, quarantine, isNew: false };
}

/** What a pending request names, by what it named when its sync began: the annotation may be of the next one. */
function wantedOnly(application: Application): readonly string[] | undefined {
  const { operation } = application.status ?? {};
  const isUnderWay = operation !== undefined && operation.request === pendingRequest(application);
  return isUnderWay ? operation.only : selectionOf(application);
}

/** A rollback that nobody dealt with yet. */
function newGoal(application: Application, newest: string, asked: string, time: string): Goal {
  const to = resolve(application, asked);
  const { quarantine: before } = application.status ?? {};
  const isThere = to === newest && application.status?.commit === newest && before?.commit !== newest;
  if (to === undefined || isThere) {
    const conditions = conditionsWith(application, asked, false, time);
    const refused = withStatus(application, { conditions });
    const held = before?.commit === newest ? before : undefined;
    return held?.rolledBackTo === undefined
      ? { commit: newest, application: refused, isNew: false }
      : { commit: held.rolledBackTo, application: refused, quarantine: held, isNew: false };
  }
  const conditions = conditionsWith(application, asked, true, time);
  // Back to what is followed: that ends an earlier rollback.
  if (to === newest)
    return {
      commit: newest,
      application: withStatus(application, { conditions, quarantine: undefined }),
      isNew: true,
    };
  const user = requesterOf(application) ?? '';
  const quarantine: Quarantine = {
    commit: newest,
    rolledBackTo: to,
    user,
    reason: `rolled back${user === '' ? '' : ` by ${user}`} from ${short(newest)} to ${short(to)}`,
    time,
  };
  return {
    commit: to,
    application: withStatus(application, { conditions, quarantine }),
    quarantine,
    isNew: true,
  };
}

/** The full id of a commit that was applied once, from it or its beginning; undefined when there is none, or several. */
function resolve(application: Application, asked: string): string | undefined {
  const [wanted = ''] = asked.split('@');
  if (wanted.length < SHORTEST) return undefined;
  const found = appliedCommits(application).filter((commit) => commit.startsWith(wanted));
  return found.length === 1 ? found[0] : undefined;
}

/** Newest first. */
export function appliedCommits({ status }: Application): string[] {
  const applied = (status?.history ?? []).filter((entry) => entry.result === 'Applied');
  return [...new Set(applied.map((entry) => entry.commit))];
}

/** It is kept in a condition, which has no room for just anything. */
const askedFor = ({ metadata }: Application): string | undefined =>
  metadata.annotations?.[ROLLBACK_TO]?.trim().slice(0, ASKED_MAX);

const handled = ({ status }: Application): Condition | undefined =>
  status?.conditions?.find(({ type }) => type === ROLLBACK_HANDLED);

/** The rollback that was asked for last, when it was refused and nothing was synced since. */
export function refusalOf(application: Application): string | undefined {
  const last = handled(application);
  if (last?.status !== 'False' || last.message !== askedFor(application)) return undefined;
  const synced = application.status?.history?.[0]?.time;
  return synced !== undefined && synced > last.lastTransitionTime ? undefined : last.message;
}

function conditionsWith(application: Application, asked: string, isDone: boolean, time: string): Condition[] {
  const kept = (application.status?.conditions ?? []).filter(({ type }) => type !== ROLLBACK_HANDLED);
  return [
    ...kept,
    {
      type: ROLLBACK_HANDLED,
      status: isDone ? 'True' : 'False',
      reason: isDone ? 'RolledBack' : 'Refused',
      message: asked,
      lastTransitionTime: time,
    },
  ];
}

/** The same with another status; `quarantine: undefined` takes it away. */
function withStatus(
  application: Application,
  changes: Omit<ApplicationStatus, 'quarantine'> & { quarantine?: Quarantine | undefined },
): Application {
  const { quarantine, ...status }: typeof changes = { ...application.status, ...changes };
  return { ...application, status: quarantine === undefined ? status : { ...status, quarantine } };
}

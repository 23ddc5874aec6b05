import type { Application, ApplicationObjectStatus, ApplicationStatus } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { describeExcess, describePending } from '../prune/budget.ts';
import { isGoingOver, isWaiting } from '../prune/left-over.ts';
import { describeQuarantine, describeRefusal } from '../rollback/describe.ts';
import { entryIdentity, type InventoryIndex } from './inventory.ts';
import { CONTESTED, withContests } from './ownership.ts';

/**
 * The status with what holds until somebody does something about it: deletions that wait for an approval, a rollback, an
 * object that two Applications claim. It is the message when there is nothing more urgent to say.
 */
export function withStanding(
  application: Application,
  status: ApplicationStatus,
  index: InventoryIndex,
  time: string,
): ApplicationStatus {
  const { pendingPrune, ...rest } = withoutGone(
    keyOf(application),
    withContests(application, status, index, time),
    index,
  );
  // Somebody may have deleted them by hand.
  const waits = pendingPrune !== undefined && (status.objects ?? []).some(isWaiting);
  const result: ApplicationStatus = waits ? { ...rest, pendingPrune } : rest;
  const message = status.message ?? standingMessage(application, result);
  return message === undefined ? result : { ...result, message };
}

/** Without what was another Application's to take over, once it has. */
function withoutGone(key: string, status: ApplicationStatus, index: InventoryIndex): ApplicationStatus {
  const { objects } = status;
  if (objects === undefined || !objects.some(isGoingOver)) return status;
  const isGone = (entry: ApplicationObjectStatus): boolean =>
    isGoingOver(entry) && index.keepersOf(entryIdentity(entry)).some((holder) => holder !== key);
  return { ...status, objects: objects.filter((entry) => !isGone(entry)) };
}

export interface News {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What of that is new since the last status: to be told by events. */
export function newsOf(application: Application, after: ApplicationStatus): readonly News[] {
  const { quarantine: before, pendingPrune: known } = application.status ?? {};
  const { quarantine, pendingPrune } = after;
  const news: News[] = [];
  if (quarantine !== undefined && quarantine.time !== before?.time)
    news.push({ type: 'Normal', reason: 'RolledBack', message: describeQuarantine(quarantine) });
  if (pendingPrune !== undefined && pendingPrune.approval !== known?.approval)
    news.push({ type: 'Warning', reason: 'PruneHeld', message: describeExcess(application, pendingPrune) });
  const contest = contestIn(after);
  if (contest !== undefined && contest !== contestIn(application.status ?? {}))
    news.push({ type: 'Warning', reason: 'Contested', message: contest });
  return news;
}

const contestIn = ({ conditions }: ApplicationStatus): string | undefined =>
  conditions?.find(({ type }) => type === CONTESTED)?.message;

function standingMessage(application: Application, status: ApplicationStatus): string | undefined {
  const { pendingPrune, quarantine } = status;
  const lines = [
    ...(quarantine === undefined ? [] : [describeQuarantine(quarantine)]),
    ...(pendingPrune === undefined ? [] : [describePending(application, pendingPrune)]),
  ];
  return lines.length > 0 ? lines.join('\n') : describeRefusal({ ...application, status });
}

import type { Application, ApplicationStatus } from '@gantry/api/generated/types';
import { describePending } from '../prune/budget.ts';
import { isWaiting } from '../prune/prune-choice.ts';
import { describeQuarantine, describeRefusal } from '../rollback/describe.ts';
import type { InventoryIndex } from './inventory.ts';
import { withContests } from './ownership.ts';

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
  const { pendingPrune, ...rest } = withContests(application, status, index, time);
  // Somebody may have deleted them by hand.
  const waits = pendingPrune !== undefined && (status.objects ?? []).some(isWaiting);
  const result: ApplicationStatus = waits ? { ...rest, pendingPrune } : rest;
  const message = status.message ?? standingMessage(application, result);
  return message === undefined ? result : { ...result, message };
}

function standingMessage(application: Application, status: ApplicationStatus): string | undefined {
  const { pendingPrune, quarantine } = status;
  const lines = [
    ...(quarantine === undefined ? [] : [describeQuarantine(quarantine)]),
    ...(pendingPrune === undefined ? [] : [describePending(application, pendingPrune)]),
  ];
  return lines.length > 0 ? lines.join('\n') : describeRefusal({ ...application, status });
}

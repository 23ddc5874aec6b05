import type { ApplicationStatus, Condition, Repository } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { SignatureError } from '../signature/verify-commit.ts';

/** Condition of an Application whose Repository asks for signatures. */
const VERIFIED = 'Verified';

/** After a commit was read, and so found to be signed; where no signature is asked for nothing is said. */
export function withVerified(
  status: ApplicationStatus,
  repository: Repository,
  nowMs: number,
): ApplicationStatus {
  const { commit, conditions = [] } = status;
  if (repository.spec.verify === undefined || commit === undefined) {
    const kept = conditions.filter(({ type }) => type !== VERIFIED);
    return kept.length === conditions.length ? status : { ...status, conditions: kept };
  }
  return withCondition(
    status,
    'True',
    'Signed',
    `commit ${commit.slice(0, 7)} is signed by a trusted key`,
    nowMs,
  );
}

/** After `error`: a commit that was refused is not where the Application is. */
export function withRefusal(status: ApplicationStatus, error: unknown, nowMs: number): ApplicationStatus {
  if (!(error instanceof SignatureError)) return status;
  return withCondition({ ...status, sync: 'OutOfSync' }, 'False', 'SignatureRefused', error.message, nowMs);
}

function withCondition(
  status: ApplicationStatus,
  state: 'True' | 'False',
  reason: string,
  message: string,
  nowMs: number,
): ApplicationStatus {
  const conditions = status.conditions ?? [];
  const last = conditions.find(({ type }) => type === VERIFIED);
  const lastTransitionTime = last?.status === state ? last.lastTransitionTime : timestamp(nowMs);
  const made: Condition = { type: VERIFIED, status: state, reason, message, lastTransitionTime };
  return { ...status, conditions: [...conditions.filter(({ type }) => type !== VERIFIED), made] };
}

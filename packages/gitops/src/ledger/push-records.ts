import type { Application } from '@gantry/api/generated/types';
import { aboutCommit, type LedgerRecord, recordName } from './record.ts';

/** A ref that a push moves to a commit, for one Application that follows it. */
export interface PushedRef {
  readonly application: Application;
  readonly commit: string;
  /** `main`, `v1.2.0` */
  readonly ref: string;
  readonly user: string;
}

const timeText = (nowMs: number): string => `${new Date(nowMs).toISOString().slice(0, 23)}000Z`;

const about = ({ application, commit, ref, user }: PushedRef, nowMs: number) => ({
  ...aboutCommit(application, commit),
  ref,
  actor: user,
  time: timeText(nowMs),
});

/** The entry of a push that was accepted. */
export function pushRecord(pushed: PushedRef, nowMs: number): LedgerRecord {
  const { application, commit, ref, user } = pushed;
  const fields = about(pushed, nowMs);
  return {
    ...fields,
    name: recordName('Push', fields.namespace, fields.application, commit, String(nowMs)),
    type: 'Push',
    message: `${user} pushed commit ${commit.slice(0, 7)} to ${ref} of ${application.spec.source.repository}`,
  };
}

/** The entry of a push that was refused, and why. */
export function rejectionRecord(pushed: PushedRef, why: string, nowMs: number): LedgerRecord {
  const { commit, ref, user } = pushed;
  const fields = about(pushed, nowMs);
  return {
    ...fields,
    name: recordName('PushRejected', fields.namespace, fields.application, commit, String(nowMs)),
    type: 'PushRejected',
    error: why,
    message: `A push of commit ${commit.slice(0, 7)} to ${ref} by ${user} was refused`,
  };
}

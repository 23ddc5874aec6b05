import { duplicate, type FieldError, invalid, required } from '@gantry/machinery/field-error';
import type { Job, JobStatus } from '../../generated/types.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';
import { countIndexes, firstSharedIndex } from './job-indexes.ts';

const CONDITIONS = 'status.conditions';

/** An error at a list as a whole, without its value. */
const atConditions = (detail: string): FieldError => ({
  type: 'FieldValueInvalid',
  field: CONDITIONS,
  message: `Invalid value: ${detail}`,
});

const isTrue = ({ status }: Job, type: string): boolean =>
  (status?.conditions ?? []).some((one) => one.type === type && one.status === 'True');
const isFalse = ({ status }: Job, type: string): boolean =>
  (status?.conditions ?? []).some((one) => one.type === type && one.status === 'False');
const isFinished = (job: Job): boolean => isTrue(job, 'Complete') || isTrue(job, 'Failed');

/**
 * What a status may say, whoever writes it: a Job that is over stays over, and says so in full. A rule is asked only
 * when what it is about has changed, so that older statuses can still be written.
 */
export function jobStatusErrors(job: Job, old: Job): Errors {
  const errors: Errors = [];
  const status = job.status ?? {};
  for (const field of ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const)
    nonNegative(status[field], `status.${field}`, errors);
  validateUncounted(status, errors);
  validateEnd(job, old, errors);
  validateFinished(job, old, errors);
  validateIndexes(job, old, errors);
  validateSuccess(job, errors);
  validateSteps(job, old, errors);
  return errors;
}

function validateUncounted({ uncountedTerminatedPods: pods }: JobStatus, errors: Errors): void {
  const seen = new Set<string>();
  for (const field of ['succeeded', 'failed'] as const)
    for (const [index, uid] of (pods?.[field] ?? []).entries()) {
      const at = `status.uncountedTerminatedPods.${field}[${index}]`;
      if (uid === '') errors.push(invalid(at, uid, 'must not be empty'));
      else if (seen.has(uid)) errors.push(duplicate(at, uid));
      seen.add(uid);
    }
}

/** Conditions that exclude or need each other, and the times that go with them. */
function validateEnd(job: Job, old: Job, errors: Errors): void {
  const status = job.status ?? {};
  const changed = (type: string): boolean => isTrue(job, type) !== isTrue(old, type);
  const [complete, failed] = [isTrue(job, 'Complete'), isTrue(job, 'Failed')];
  const completeChanged = changed('Complete');
  if ((completeChanged || changed('Failed')) && complete && failed)
    errors.push(atConditions('cannot set Complete=True and Failed=true conditions'));
  if ((completeChanged || changed('FailureTarget')) && complete && isTrue(job, 'FailureTarget'))
    errors.push(atConditions('cannot set Complete=True and FailureTarget=true conditions'));
  const { completionTime, startTime } = status;
  const timeChanged = completionTime !== old.status?.completionTime;
  if (completeChanged || timeChanged) {
    if (completionTime !== undefined && !complete)
      errors.push(
        invalid(
          'status.completionTime',
          completionTime,
          'cannot set completionTime when there is no Complete=True condition',
        ),
      );
    if (completionTime === undefined && complete)
      errors.push(required('status.completionTime', 'completionTime is required for Complete jobs'));
  }
  if (
    (timeChanged || startTime !== old.status?.startTime) &&
    startTime !== undefined &&
    completionTime !== undefined &&
    Date.parse(completionTime) < Date.parse(startTime)
  )
    errors.push(invalid('status.completionTime', completionTime, 'must be equal to or after `startTime`'));
  const indexesChanged = status.failedIndexes !== old.status?.failedIndexes;
  if ((changed('Failed') || indexesChanged) && failed && !isTrue(job, 'FailureTarget'))
    errors.push(atConditions('cannot set Failed=True condition without the FailureTarget=true condition'));
  if ((completeChanged || changed('SuccessCriteriaMet')) && complete && !isTrue(job, 'SuccessCriteriaMet'))
    errors.push(
      atConditions('cannot set Complete=True condition without the SuccessCriteriaMet=true condition'),
    );
}

/** A Job that is over has no pods left. */
function validateFinished(job: Job, old: Job, errors: Errors): void {
  const status = job.status ?? {};
  const was = old.status ?? {};
  const finished = isFinished(job);
  const finishedChanged = finished !== isFinished(old);
  const differs = (field: keyof JobStatus): boolean => !semanticEqual(status[field], was[field]);
  const { active = 0, startTime, terminating, ready, uncountedTerminatedPods: uncounted } = status;
  if ((finishedChanged || differs('active')) && finished && active > 0)
    errors.push(invalid('status.active', active, 'active>0 is invalid for finished job'));
  const never = job.spec.suspend === true && job.spec.completions === 0;
  if ((finishedChanged || differs('startTime')) && !never && finished && startTime === undefined)
    errors.push(required('status.startTime', 'startTime is required for finished job'));
  const left = (uncounted?.failed ?? []).length + (uncounted?.succeeded ?? []).length;
  if ((finishedChanged || differs('uncountedTerminatedPods')) && finished && left > 0)
    errors.push(invalid('status.uncountedTerminatedPods', uncounted, 'must be empty for finished job'));
  if ((finishedChanged || differs('terminating')) && finished && (terminating ?? 0) > 0)
    errors.push(invalid('status.terminating', terminating, 'terminating>0 is invalid for finished job'));
  if ((differs('ready') || differs('active')) && ready !== undefined && ready > active)
    errors.push(invalid('status.ready', ready, 'cannot set more ready pods than active'));
}

function validateIndexes(job: Job, old: Job, errors: Errors): void {
  const { completedIndexes: completed = '', failedIndexes: failed } = job.status ?? {};
  const { completions, backoffLimitPerIndex: perIndex, completionMode } = job.spec;
  const completedChanged = completed !== (old.status?.completedIndexes ?? '');
  const failedChanged = failed !== old.status?.failedIndexes;
  const parse = (field: 'completedIndexes' | 'failedIndexes', text: string): void => {
    const counted = countIndexes(text, completions ?? 0);
    if (typeof counted !== 'number')
      errors.push(invalid(`status.${field}`, text, `error parsing ${field}: ${counted.problem}`));
  };
  if (completedChanged && completions !== undefined) parse('completedIndexes', completed);
  if (failedChanged && completions !== undefined && perIndex !== undefined && failed !== undefined)
    parse('failedIndexes', failed);
  if (completedChanged && completed !== '' && completionMode !== 'Indexed')
    errors.push(
      invalid(
        'status.completedIndexes',
        completed,
        'cannot set non-empty completedIndexes when non-indexed completion mode',
      ),
    );
  if (failedChanged && perIndex === undefined && failed !== undefined)
    errors.push(
      invalid(
        'status.failedIndexes',
        failed,
        'cannot set non-null failedIndexes when backoffLimitPerIndex is null',
      ),
    );
  if (!(completedChanged || failedChanged) || completions === undefined || failed === undefined) return;
  const shared = firstSharedIndex(completed, failed, completions);
  if (shared !== undefined)
    errors.push(
      invalid(
        'status.failedIndexes',
        failed,
        `failedIndexes and completedIndexes overlap at index: ${shared}`,
      ),
    );
}

function validateSuccess(job: Job, errors: Errors): void {
  if (isTrue(job, 'SuccessCriteriaMet')) {
    if (isTrue(job, 'Failed'))
      errors.push(atConditions('cannot set SuccessCriteriaMet=True and Failed=true conditions'));
    if (isTrue(job, 'FailureTarget'))
      errors.push(atConditions('cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'));
  } else if (job.spec.successPolicy !== undefined && isTrue(job, 'Complete'))
    errors.push(
      atConditions('cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True'),
    );
}

/** What may not be taken back. */
function validateSteps(job: Job, old: Job, errors: Errors): void {
  const status = job.status ?? {};
  const was = old.status ?? {};
  for (const type of ['Failed', 'Complete', 'FailureTarget'])
    if (isTrue(old, type) && !isTrue(job, type))
      errors.push(atConditions(`cannot disable the terminal ${type}=True condition`));
  if ((status.failed ?? 0) < (was.failed ?? 0))
    errors.push(invalid('status.failed', status.failed ?? 0, 'cannot decrease the failed counter'));
  const { completionMode, completions, parallelism, suspend } = job.spec;
  // One that is scaled down as a whole forgets what it no longer needs.
  const mayShrink = completionMode === 'Indexed' && completions === parallelism;
  if (!mayShrink && (status.succeeded ?? 0) < (was.succeeded ?? 0))
    errors.push(invalid('status.succeeded', status.succeeded ?? 0, 'cannot decrease the succeeded counter'));
  const { completionTime, startTime } = status;
  if (completionTime && was.completionTime && completionTime !== was.completionTime)
    errors.push(invalid('status.completionTime', completionTime, 'field is immutable'));
  const isResuming = isTrue(old, 'Suspended') && isFalse(job, 'Suspended');
  if (was.startTime !== undefined && startTime !== was.startTime && !isResuming && suspend !== true)
    errors.push(
      invalid('status.startTime', startTime ?? null, 'field is immutable for unsuspended job once set'),
    );
  if (isTrue(old, 'SuccessCriteriaMet') && !isTrue(job, 'SuccessCriteriaMet'))
    errors.push(atConditions('cannot disable the SuccessCriteriaMet=True condition'));
  if (isTrue(old, 'Complete') && !isTrue(old, 'SuccessCriteriaMet') && isTrue(job, 'SuccessCriteriaMet'))
    errors.push(
      atConditions('cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions'),
    );
}

import { invalid, notSupported, notSupportedInOrder, required } from '@gantry/machinery/field-error';
import { defaultTemplate } from '../../apps/v1/workload-rules.ts';
import type { CronJob, CronJobSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';
import { orderedSelector } from '../../validation/go-value.ts';
import { validateJobSpec } from './job-rules.ts';
import { jobSpecWarnings, podNameWarnings } from './job-warnings.ts';
import { isTimeZone, scheduleProblem } from './schedule.ts';

const POLICIES = ['Allow', 'Forbid', 'Replace'];
/** The controller appends a dash and ten digits to name the Job. */
const MAX_NAME = 52;

export const cronJobRules: KindRules<CronJob> = {
  warnings: ({ spec, metadata }, old) => {
    if (old !== undefined && metadata.generation === old.metadata.generation) return [];
    const job = spec.jobTemplate?.spec;
    return [
      ...(old === undefined ? podNameWarnings(metadata.name) : []),
      ...(job === undefined ? [] : jobSpecWarnings(job, 'spec.jobTemplate.spec')),
    ];
  },
  defaults(cronJob) {
    const spec = cronJob.spec.jobTemplate?.spec;
    if (spec !== undefined) defaultTemplate(spec.template);
  },
  validate(cronJob, _context, old) {
    const errors: Errors = [];
    const { spec, metadata } = cronJob;
    if (old === undefined && (metadata.name ?? '').length > MAX_NAME)
      errors.push(invalid('metadata.name', metadata.name, 'must be no more than 52 characters'));
    validateTiming(spec, errors);
    nonNegative(spec.startingDeadlineSeconds, 'spec.startingDeadlineSeconds', errors);
    if (!spec.concurrencyPolicy) errors.push(required('spec.concurrencyPolicy'));
    else if (!POLICIES.includes(spec.concurrencyPolicy))
      errors.push(notSupported('spec.concurrencyPolicy', spec.concurrencyPolicy, POLICIES));
    const job = spec.jobTemplate?.spec;
    if (job?.selector !== undefined)
      errors.push(
        invalid(
          'spec.jobTemplate.spec.selector',
          orderedSelector(job.selector),
          '`selector` will be auto-generated',
        ),
      );
    if (job?.manualSelector === true)
      errors.push(notSupportedInOrder('spec.jobTemplate.spec.manualSelector', true, ['nil', 'false']));
    if (job !== undefined) validateJobSpec(job, 'spec.jobTemplate.spec', errors);
    nonNegative(spec.successfulJobsHistoryLimit, 'spec.successfulJobsHistoryLimit', errors);
    nonNegative(spec.failedJobsHistoryLimit, 'spec.failedJobsHistoryLimit', errors);
    return errors;
  },
};

function validateTiming(spec: CronJobSpec, errors: Errors): void {
  const { schedule, timeZone } = spec;
  if (!schedule) errors.push(required('spec.schedule'));
  else {
    const problem = scheduleProblem(schedule);
    if (problem !== undefined) errors.push(invalid('spec.schedule', schedule, problem));
    if (/TZ=/.test(schedule))
      errors.push(
        invalid(
          'spec.schedule',
          schedule,
          timeZone === undefined
            ? 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'
            : 'cannot use both timeZone field and TZ or CRON_TZ in schedule',
        ),
      );
  }
  if (timeZone === undefined) return;
  if (timeZone === '')
    errors.push(invalid('spec.timeZone', timeZone, 'timeZone must be nil or non-empty string'));
  else if (timeZone.toLowerCase() === 'local')
    errors.push(
      invalid(
        'spec.timeZone',
        timeZone,
        'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ),
    );
  else if (!isTimeZone(timeZone))
    errors.push(invalid('spec.timeZone', timeZone, `unknown time zone ${timeZone}`));
}

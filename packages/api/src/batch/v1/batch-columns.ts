import { formatSelectorObject } from '@gantry/machinery/label-selector';
import { humanDuration, translateTimestampSince as timeSince } from '@gantry/machinery/time';
import type { CronJob, Job } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import {
  ageColumn,
  boolean,
  containerImages,
  containerNames,
  integer,
  NONE,
  nameColumn,
  text,
  wide,
} from '../../tables/columns.ts';

function completions({ spec, status }: Job): string {
  const done = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${done}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

function duration({ status }: Job, now: Date): string {
  if (!status?.startTime) return '';
  const end = status.completionTime ? Date.parse(status.completionTime) : now.getTime();
  return humanDuration(end - Date.parse(status.startTime));
}

function state({ metadata, status }: Job): string {
  const has = (type: string): boolean =>
    (status?.conditions ?? []).some((one) => one.type === type && one.status === 'True');
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(has) ?? 'Running';
}

export const jobColumns: readonly Column<Job>[] = [
  nameColumn,
  text('Status', 'Running, Suspended, Complete, Failed or on the way there.', state),
  text('Completions', 'Pods that succeeded, of those that must.', completions),
  text('Duration', 'Time from start to end, or until now.', duration),
  ageColumn,
  wide('Containers', 'Names of the containers of the template.', ({ spec }) =>
    containerNames(spec.template?.spec?.containers),
  ),
  wide('Images', 'Images of the containers of the template.', ({ spec }) =>
    containerImages(spec.template?.spec?.containers),
  ),
  wide('Selector', 'Labels of the pods.', ({ spec }) => formatSelectorObject(spec.selector)),
];

export const cronJobColumns: readonly Column<CronJob>[] = [
  nameColumn,
  text('Schedule', 'When Jobs are due, in cron format.', ({ spec }) => spec.schedule),
  text('Timezone', 'Time zone of the schedule.', ({ spec }) => spec.timeZone ?? NONE),
  // A word, not a JSON boolean: `kubectl get` prints it with a capital letter.
  boolean('Suspend', 'Whether no Jobs are made.', ({ spec }) => (spec.suspend === true ? 'True' : 'False')),
  integer('Active', 'Number of Jobs that run.', ({ status }) => (status?.active ?? []).length),
  text('Last Schedule', 'Time since a Job was last due and made.', ({ status }, now) =>
    status?.lastScheduleTime ? timeSince(status.lastScheduleTime, now) : NONE,
  ),
  ageColumn,
  wide('Containers', 'Names of the containers of the template.', ({ spec }) =>
    containerNames(spec.jobTemplate?.spec?.template?.spec?.containers),
  ),
  wide('Images', 'Images of the containers of the template.', ({ spec }) =>
    containerImages(spec.jobTemplate?.spec?.template?.spec?.containers),
  ),
  wide('Selector', 'Labels of the pods.', ({ spec }) =>
    formatSelectorObject(spec.jobTemplate?.spec?.selector),
  ),
];

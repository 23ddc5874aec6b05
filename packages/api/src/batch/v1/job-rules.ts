import { invalid, notSupported, required, tooLong, tooMany } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { matchesSelectorObject } from '@gantry/machinery/label-selector';
import { isDNS1123Label } from '@gantry/machinery/validation';
import { defaultTemplate, keepLabels } from '../../apps/v1/workload-rules.ts';
import { validatePodTemplate } from '../../core/v1/pod-spec-validation/pod-spec.ts';
import { templateWarnings } from '../../core/v1/pod-warnings.ts';
import type { Job, JobSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { type Errors, nonNegative, validateLabelSelector } from '../../validation/common.ts';

const MAX_INT32 = 2 ** 31 - 1;
const MAX_PARALLELISM_INDEXED = 100_000;
const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid';
const JOB_NAME = 'batch.kubernetes.io/job-name';

/** Defaults of a Job's spec, in a Job or in a CronJob's template. */
export function defaultJobSpec(spec: JobSpec): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : MAX_INT32;
  spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
  defaultTemplate(spec.template);
}

export const jobRules: KindRules<Job> = {
  warnings: ({ spec, metadata }, old) =>
    old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : templateWarnings(spec.template),
  defaults(job) {
    defaultJobSpec(job.spec);
    defaultLabels(job);
  },
  prepareForCreate(job) {
    if (job.spec.manualSelector !== true) generateSelector(job);
    // The original's defaults see the generated labels whenever a stored Job is read.
    defaultLabels(job);
  },
  prepareForUpdate(job, old, { subresource }) {
    if (subresource === 'status') keepLabels(job, old);
  },
  validate(job) {
    const errors: Errors = [];
    validateGenerated(job, errors);
    if (job.spec.selector === undefined) errors.push(required('spec.selector'));
    else {
      validateLabelSelector(job.spec.selector, 'spec.selector', errors);
      const labels = job.spec.template?.metadata?.labels;
      if (!matchesSelectorObject(job.spec.selector, labels))
        errors.push(
          invalid(
            'spec.template.metadata.labels',
            labels ?? null,
            '`selector` does not match template `labels`',
          ),
        );
    }
    validateJobSpec(job.spec, 'spec', errors);
    if (job.spec.completionMode === 'Indexed') {
      const host = `${job.metadata.name}-${Math.max(0, (job.spec.completions ?? 1) - 1)}`;
      if (isDNS1123Label(host).length > 0)
        errors.push(
          invalid(
            'metadata.name',
            job.metadata.name,
            `will not able to create pod with invalid DNS label: ${host}`,
          ),
        );
    }
    return errors;
  },
  validateUpdate(job, old) {
    const errors: Errors = [];
    const immutable = (field: keyof JobSpec): void => {
      if (!deepEqual(job.spec[field], old.spec[field]))
        errors.push(invalid(`spec.${field}`, job.spec[field] ?? null, 'field is immutable'));
    };
    validateCompletions(job.spec, old.spec, errors);
    immutable('selector');
    if (!mayChangeTemplate(job, old)) immutable('template');
    else if (!deepEqual(unscheduled(job.spec), unscheduled(old.spec))) immutable('template');
    for (const field of [
      'completionMode',
      'podFailurePolicy',
      'backoffLimitPerIndex',
      'managedBy',
      'successPolicy',
    ] as const)
      immutable(field);
    return errors;
  },
};

function defaultLabels(job: Job): void {
  const labels = job.spec.template?.metadata?.labels;
  if (labels !== undefined && Object.keys(job.metadata.labels ?? {}).length === 0)
    job.metadata.labels = { ...labels };
}

function generateSelector(job: Job): void {
  const { template } = job.spec;
  template.metadata ??= {};
  const labels = { ...template.metadata.labels };
  const uid = job.metadata.uid ?? '';
  labels['job-name'] ??= job.metadata.name;
  labels[JOB_NAME] ??= job.metadata.name;
  labels['controller-uid'] ??= uid;
  labels[CONTROLLER_UID] ??= uid;
  template.metadata.labels = labels;
  job.spec.selector ??= {};
  job.spec.selector.matchLabels = { [CONTROLLER_UID]: uid, ...job.spec.selector.matchLabels };
}

/** The selector of a Job without manualSelector must be the generated one. */
function validateGenerated(job: Job, errors: Errors): void {
  if (job.spec.manualSelector === true) return;
  const labels = job.spec.template?.metadata?.labels ?? {};
  const wanted = { [CONTROLLER_UID]: job.metadata.uid ?? '', [JOB_NAME]: job.metadata.name };
  for (const [key, value] of Object.entries(wanted))
    if (labels[key] !== value)
      errors.push(invalid(`spec.template.metadata.labels`, labels, `must be '${value}'`));
  const selected =
    job.spec.selector?.matchLabels?.[CONTROLLER_UID] ?? job.spec.selector?.matchLabels?.['controller-uid'];
  if (selected !== job.metadata.uid)
    errors.push(invalid('spec.selector', job.spec.selector ?? null, '`selector` not auto-generated'));
}

/** Rules of a Job's spec without its selector. `path` is `spec` or `spec.jobTemplate.spec`. */
export function validateJobSpec(spec: JobSpec, path: string, errors: Errors): void {
  for (const field of [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ] as const)
    nonNegative(spec[field], `${path}.${field}`, errors);
  if ((spec.managedBy?.length ?? 0) > 63) errors.push(tooLong(`${path}.managedBy`, 63));
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    errors.push(required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified'));
  validateMode(spec, path, errors);
  const rules = spec.podFailurePolicy?.rules ?? [];
  if (rules.length > 20) errors.push(tooMany(`${path}.podFailurePolicy.rules`, rules.length, 20));
  if (spec.successPolicy !== undefined && (spec.successPolicy.rules ?? []).length === 0)
    errors.push(
      required(
        `${path}.successPolicy.rules`,
        'at least one rules must be specified when the successPolicy is specified',
      ),
    );
  validatePodTemplate(spec.template, `${path}.template`, errors);
  const policy = spec.template?.spec?.restartPolicy ?? '';
  const at = `${path}.template.spec.restartPolicy`;
  if (policy === 'Always' || policy === '')
    errors.push(
      policy === ''
        ? required(at, 'valid values: "OnFailure", "Never"')
        : notSupported(at, policy, ['OnFailure', 'Never']),
    );
  else if (spec.podFailurePolicy !== undefined && policy !== 'Never')
    errors.push(invalid(at, policy, 'only "Never" is supported when podFailurePolicy is specified'));
  validateReplacement(spec, path, errors);
}

function validateMode(spec: JobSpec, path: string, errors: Errors): void {
  const mode = spec.completionMode;
  if (mode !== 'NonIndexed' && mode !== 'Indexed')
    errors.push(notSupported(`${path}.completionMode`, mode ?? '', ['NonIndexed', 'Indexed']));
  if (mode === 'Indexed') {
    if (spec.completions === undefined)
      errors.push(required(`${path}.completions`, 'when completion mode is Indexed'));
    if ((spec.parallelism ?? 0) > MAX_PARALLELISM_INDEXED)
      errors.push(
        invalid(
          `${path}.parallelism`,
          spec.parallelism,
          `must be less than or equal to ${MAX_PARALLELISM_INDEXED} when completion mode is Indexed`,
        ),
      );
    return;
  }
  for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'] as const)
    if (spec[field] !== undefined)
      errors.push(invalid(`${path}.${field}`, spec[field], 'requires indexed completion mode'));
}

function validateReplacement(spec: JobSpec, path: string, errors: Errors): void {
  const policy = spec.podReplacementPolicy;
  if (policy === undefined) return;
  const allowed = spec.podFailurePolicy === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed'];
  if (!allowed.includes(policy)) errors.push(notSupported(`${path}.podReplacementPolicy`, policy, allowed));
}

/** Completions of an indexed Job may change together with parallelism; otherwise they are fixed. */
function validateCompletions(spec: JobSpec, old: JobSpec, errors: Errors): void {
  if (spec.completions === old.completions) return;
  const elastic =
    spec.completionMode === 'Indexed' && spec.completions !== undefined && old.completions !== undefined;
  if (!elastic) errors.push(invalid('spec.completions', spec.completions ?? null, 'field is immutable'));
  else if (spec.completions !== spec.parallelism)
    errors.push(
      invalid('spec.completions', spec.completions, 'can only be modified in tandem with spec.parallelism'),
    );
}

/** Scheduling directives of a suspended Job that never started may change. */
function mayChangeTemplate(job: Job, old: Job): boolean {
  return old.spec.suspend === true && job.spec.suspend !== undefined && old.status?.startTime === undefined;
}

function unscheduled(spec: JobSpec): unknown {
  const { spec: pod, metadata: _metadata, ...rest } = structuredClone(spec.template);
  if (pod === undefined) return rest;
  const { nodeSelector: _n, tolerations: _t, schedulingGates: _g, affinity, ...other } = pod;
  const { nodeAffinity: _a, ...affinityRest } = affinity ?? {};
  return { ...rest, spec: { ...other, affinity: affinityRest } };
}

import { invalid, notSupported, notSupportedInOrder, required, tooLong } from '@gantry/machinery/field-error';
import { matchesSelectorObject } from '@gantry/machinery/label-selector';
import { isDNS1123Label } from '@gantry/machinery/validation';
import { defaultTemplate, keepLabels } from '../../apps/v1/workload-rules.ts';
import { validatePodTemplate } from '../../core/v1/pod-spec-validation/pod-spec.ts';
import type { Job, JobSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import {
  type Errors,
  isUsableSelector,
  nonNegative,
  validateLabelSelector,
} from '../../validation/common.ts';
import { validateDomainPrefixedPath } from '../../validation/domain-prefixed-path.ts';
import { goStruct } from '../../validation/go-struct.ts';
import { orderedSelector, sortedMap } from '../../validation/go-value.ts';
import { validateFailurePolicy, validateSuccessPolicy } from './job-policy-rules.ts';
import { jobStatusErrors } from './job-status-rules.ts';
import { isTemplateOpen, validateOpenTemplate } from './job-template-update.ts';
import { jobSpecWarnings, podNameWarnings } from './job-warnings.ts';
import { JobSpec as JobSpecType } from './types/common.ts';

const MAX_INT32 = 2 ** 31 - 1;
const MODES = ['NonIndexed', 'Indexed'];
const RESTART_POLICIES = ['OnFailure', 'Never'];
const MAX_MANAGED_BY = 63;
const MAX_INDEXED = 100_000;
/** Above so many completions, an index that fails on its own costs much to remember. */
const MANY_COMPLETIONS = 100_000;
const MAX_OF_MANY = 10_000;
const CONTROLLER_UID = 'batch.kubernetes.io/controller-uid';
const JOB_NAME = 'batch.kubernetes.io/job-name';

/** Of a Job alone: the original leaves the spec of a CronJob's template as it is. */
function defaultJobSpec(spec: JobSpec): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : MAX_INT32;
  spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.manualSelector ??= false;
  defaultTemplate(spec.template);
}

export const jobRules: KindRules<Job> = {
  warnings: ({ spec, metadata }, old) =>
    old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : [...(old === undefined ? podNameWarnings(metadata.name) : []), ...jobSpecWarnings(spec, 'spec')],
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
    validateJobSpec(job.spec, 'spec', errors);
    validateSelector(job.spec, errors);
    const { completions = 0, completionMode } = job.spec;
    if (completionMode === 'Indexed' && completions > 0) {
      const host = `${job.metadata.name}-${completions - 1}`;
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
  validateStatusUpdate: (job, old) => jobStatusErrors(job, old),
  validateUpdate(job, old) {
    const errors: Errors = [];
    const immutable = (field: keyof JobSpec): void => {
      if (!semanticEqual(job.spec[field], old.spec[field]))
        errors.push(invalid(`spec.${field}`, inGo(field, job.spec), 'field is immutable'));
    };
    validateCompletions(job.spec, old.spec, errors);
    immutable('selector');
    if (isTemplateOpen(old)) validateOpenTemplate(job.spec, old.spec, errors);
    else immutable('template');
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

function inGo(field: keyof JobSpec, spec: JobSpec): unknown {
  const schema = JobSpecType.fields[field];
  const value = spec[field] ?? null;
  return schema?.type === 'ref' && value !== null ? goStruct(schema.target(), value as object) : value;
}

function defaultLabels(job: Job): void {
  const labels = job.spec.template?.metadata?.labels;
  if (labels !== undefined && Object.keys(job.metadata.labels ?? {}).length === 0)
    // One and the same map, as in the original: what is generated for the template shows on the Job, too.
    job.metadata.labels = labels;
}

function generateSelector(job: Job): void {
  const { template } = job.spec;
  template.metadata ??= {};
  template.metadata.labels ??= {};
  const { labels } = template.metadata;
  const uid = job.metadata.uid ?? '';
  labels['job-name'] ??= job.metadata.name;
  labels[JOB_NAME] ??= job.metadata.name;
  labels['controller-uid'] ??= uid;
  labels[CONTROLLER_UID] ??= uid;
  job.spec.selector ??= {};
  job.spec.selector.matchLabels = { [CONTROLLER_UID]: uid, ...job.spec.selector.matchLabels };
}

/** The selector of a Job without manualSelector must be the generated one. */
function validateGenerated(job: Job, errors: Errors): void {
  const { manualSelector, selector, template } = job.spec;
  if (manualSelector === true || selector === undefined) return;
  const labels = template?.metadata?.labels ?? {};
  const { uid = '', name } = job.metadata;
  const wanted = {
    'controller-uid': uid,
    'job-name': name,
    [CONTROLLER_UID]: uid,
    [JOB_NAME]: name,
  };
  for (const [key, value] of Object.entries(wanted)) {
    const path = `spec.template.metadata.labels[${key}]`;
    if (labels[key] === undefined) errors.push(required(path, `must be '${value}'`));
    else if (labels[key] !== value) errors.push(invalid(path, sortedMap(labels), `must be '${value}'`));
  }
  if (isUsableSelector(selector) && !matchesSelectorObject(selector, wanted))
    errors.push(invalid('spec.selector', orderedSelector(selector), '`selector` not auto-generated'));
}

function validateSelector({ selector, template }: JobSpec, errors: Errors): void {
  if (selector === undefined) errors.push(required('spec.selector'));
  else validateLabelSelector(selector, 'spec.selector', errors);
  const labels = template?.metadata?.labels;
  // No selector selects nothing.
  if (selector === undefined || (isUsableSelector(selector) && !matchesSelectorObject(selector, labels)))
    errors.push(
      invalid(
        'spec.template.metadata.labels',
        sortedMap(labels),
        '`selector` does not match template `labels`',
      ),
    );
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
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    errors.push(required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified'));
  if (spec.managedBy !== undefined) {
    validateDomainPrefixedPath(spec.managedBy, `${path}.managedBy`, errors);
    if (Buffer.byteLength(spec.managedBy) > MAX_MANAGED_BY)
      errors.push(tooLong(`${path}.managedBy`, MAX_MANAGED_BY));
  }
  validateMode(spec, path, errors);
  if (spec.podFailurePolicy !== undefined) validateFailurePolicy(spec, `${path}.podFailurePolicy`, errors);
  if (spec.successPolicy !== undefined) {
    if (spec.completionMode === 'Indexed') validateSuccessPolicy(spec, `${path}.successPolicy`, errors);
    else
      errors.push(
        invalid(`${path}.successPolicy`, inGo('successPolicy', spec), 'requires indexed completion mode'),
      );
  }
  validateReplacement(spec, path, errors);
  validatePodTemplate(spec.template, `${path}.template`, errors);
  validateRestartPolicy(spec, `${path}.template.spec.restartPolicy`, errors);
}

function validateRestartPolicy(spec: JobSpec, path: string, errors: Errors): void {
  const policy = spec.template?.spec?.restartPolicy ?? '';
  if (policy === 'Always' || policy === '') errors.push(required(path, 'valid values: "OnFailure", "Never"'));
  else if (!RESTART_POLICIES.includes(policy))
    errors.push(notSupportedInOrder(path, policy, RESTART_POLICIES));
  else if (spec.podFailurePolicy !== undefined && policy !== 'Never')
    errors.push(invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified'));
}

function validateMode(spec: JobSpec, path: string, errors: Errors): void {
  const mode = spec.completionMode;
  if (mode !== undefined && !MODES.includes(mode))
    errors.push(notSupportedInOrder(`${path}.completionMode`, mode, MODES));
  if (mode === 'Indexed') validateIndexedMode(spec, path, errors);
  else if (mode === undefined || mode === 'NonIndexed')
    for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const)
      if (spec[field] !== undefined)
        errors.push(invalid(`${path}.${field}`, spec[field], 'requires indexed completion mode'));
}

function validateIndexedMode(spec: JobSpec, path: string, errors: Errors): void {
  const { completions, parallelism = 0, maxFailedIndexes: maxFailed, backoffLimitPerIndex } = spec;
  const above = (field: 'parallelism' | 'maxFailedIndexes', limit: number, when = ''): void => {
    const value = spec[field];
    if (value !== undefined && value > limit)
      errors.push(invalid(`${path}.${field}`, value, `must be less than or equal to ${limit}${when}`));
  };
  if (completions === undefined)
    errors.push(required(`${path}.completions`, 'when completion mode is Indexed'));
  if (parallelism > MAX_INDEXED) above('parallelism', MAX_INDEXED, ' when completion mode is Indexed');
  if (completions !== undefined && maxFailed !== undefined && maxFailed > completions)
    errors.push(invalid(`${path}.maxFailedIndexes`, maxFailed, 'must be less than or equal to completions'));
  above('maxFailedIndexes', MAX_INDEXED);
  if ((completions ?? 0) <= MANY_COMPLETIONS || backoffLimitPerIndex === undefined) return;
  if (maxFailed === undefined)
    errors.push(
      required(`${path}.maxFailedIndexes`, `must be specified when completions is above ${MANY_COMPLETIONS}`),
    );
  const when = ` when completions are above ${MANY_COMPLETIONS} and used with backoff limit per index`;
  above('parallelism', MAX_OF_MANY, when);
  above('maxFailedIndexes', MAX_OF_MANY, when);
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

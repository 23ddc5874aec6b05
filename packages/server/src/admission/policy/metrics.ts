import { processInstruments as set } from '../../operations/instruments.ts';

const LABELS = ['policy', 'policy_binding', 'error_type'];
const SECONDS = [0.0000005, 0.001, 0.01, 0.1, 1];

const validations = set.counter(
  'apiserver_validating_admission_policy_check_total',
  'Validation admission policy check total, labeled by policy and further identified by binding and enforcement action taken.',
  [...LABELS, 'enforcement_action'],
);
const validationTimes = set.histogram(
  'apiserver_validating_admission_policy_check_duration_seconds',
  'Validation admission latency for individual validation expressions in seconds, labeled by policy and further including binding and enforcement action taken.',
  [...LABELS, 'enforcement_action'],
  SECONDS,
);
const mutations = set.counter(
  'apiserver_mutating_admission_policy_check_total',
  'Mutation admission policy check total, labeled by policy and further identified by binding.',
  LABELS,
);
const mutationTimes = set.histogram(
  'apiserver_mutating_admission_policy_check_duration_seconds',
  'Mutation admission latency for individual mutation expressions in seconds, labeled by policy and binding.',
  LABELS,
  SECONDS,
);

/** By how messages begin, as the original tells them apart. */
function errorType(message: string | undefined): string {
  if (message === undefined) return 'no_error';
  if (message.startsWith('compilation')) return 'compile_error';
  return message.startsWith('validation failed due to running out of cost budget')
    ? 'out_of_budget'
    : 'invalid_error';
}

/** Something was done about a validation that did not hold; `took` in milliseconds. */
export function countValidation(
  policy: string,
  binding: string,
  action: 'allow' | 'deny' | 'warn' | 'audit',
  message: string,
  took: number,
): void {
  const labels = [policy, binding, errorType(message), action];
  validations.with(...labels).add();
  validationTimes.with(...labels).observe(took / 1000);
}

/** A mutation was made, or failed with a message; `took` in milliseconds. */
export function countMutation(
  policy: string,
  binding: string,
  message: string | undefined,
  took: number,
): void {
  const labels = [policy, binding, errorType(message)];
  mutations.with(...labels).add();
  mutationTimes.with(...labels).observe(took / 1000);
}

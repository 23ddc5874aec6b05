import type { Operation } from '../request.ts';
import { type Distribution, processInstruments as set } from './instruments.ts';

const SECONDS = [0.005, 0.025, 0.1, 0.5, 1, 2.5];

const controllers = set.histogram(
  'apiserver_admission_controller_admission_duration_seconds',
  'Admission controller latency histogram in seconds, identified by name and broken out for each operation and API resource and type (validate or admit).',
  ['name', 'operation', 'rejected', 'type'],
  SECONDS,
);
const steps = set.histogram(
  'apiserver_admission_step_admission_duration_seconds',
  'Admission sub-step latency histogram in seconds, broken out for each operation and API resource and step type (validate or admit).',
  ['operation', 'rejected', 'type'],
  SECONDS,
);
const webhooks = set.histogram(
  'apiserver_admission_webhook_admission_duration_seconds',
  'Admission webhook latency histogram in seconds, identified by name and broken out for each operation and API resource and type (validate or admit).',
  ['name', 'operation', 'rejected', 'type'],
  [...SECONDS, 10, 25],
);

/** By how it ended. */
export interface AdmissionSeries {
  readonly admitted: Distribution;
  readonly rejected: Distribution;
}

type Step = 'admit' | 'validate';

export const controllerSeries = (name: string, operation: Operation, step: Step): AdmissionSeries => ({
  admitted: controllers.with(name, operation, 'false', step),
  rejected: controllers.with(name, operation, 'true', step),
});

export const stepSeries = (operation: Operation, step: Step): AdmissionSeries => ({
  admitted: steps.with(operation, 'false', step),
  rejected: steps.with(operation, 'true', step),
});

/** A webhook was asked. `took` in milliseconds. */
export function countWebhook(
  name: string,
  operation: Operation,
  step: Step,
  rejected: boolean,
  took: number,
): void {
  webhooks.with(name, operation, String(rejected), step).observe(took / 1000);
}

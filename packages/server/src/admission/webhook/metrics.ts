import { isStatusError } from '@gantry/machinery/status';
import { processInstruments as set } from '../../operations/instruments.ts';
import { CallingError } from './call.ts';
import type { Hook } from './configuration.ts';

const requests = set.counter(
  'apiserver_admission_webhook_request_total',
  'Calls of admission webhooks, by what they came to.',
  ['name', 'type', 'operation', 'code', 'rejected'],
);
const rejections = set.counter(
  'apiserver_admission_webhook_rejection_count',
  'Requests that a webhook, or its failure, kept out.',
  ['name', 'type', 'operation', 'error_type', 'rejection_code'],
);
const openFailures = set.counter(
  'apiserver_admission_webhook_fail_open_count',
  'Failures of webhooks that were ignored as their policy says.',
  ['name', 'type'],
);

type HookType = 'admit' | 'validating';

const MAX_CODE = 600;
const OK = 200;
const UNAVAILABLE = 503;

/** What one call of a webhook came to; `error` is what it threw. */
export function countCall(hook: Hook, type: HookType, operation: string, error?: unknown): void {
  const { name } = hook;
  const failed = error instanceof CallingError;
  const rejected = error !== undefined && !(failed && hook.ignoresFailure);
  const code = failed ? UNAVAILABLE : isStatusError(error) ? Math.min(error.code, MAX_CODE) : OK;
  requests.with(name, type, operation, String(code), String(rejected)).add();
  if (failed && hook.ignoresFailure) openFailures.with(name, type).add();
  if (!rejected) return;
  const kind = failed ? 'calling_webhook_error' : 'no_error';
  rejections.with(name, type, operation, kind, String(code)).add();
}

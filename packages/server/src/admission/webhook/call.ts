import { randomUUID } from 'node:crypto';
import type { KindDefinition } from '@gantry/api/kind';
import { badRequest, internal, type Status, StatusError } from '@gantry/machinery/status';
import { countWebhook } from '../../operations/admission-metrics.ts';
import { ConfigurationError } from '../../outbound/call-error.ts';
import type { WebhookClient } from '../../outbound/webhook-client.ts';
import type { AdmissionRequest } from '../../request.ts';
import { objectInForm } from '../matching/forms.ts';
import { matchRequest } from '../matching/match.ts';
import type { Hook } from './configuration.ts';
import { readVerdict, reviewText, reviewVersion, UndecodableError, type Verdict } from './review.ts';

/** The webhook could not be asked, or gave no usable answer. Its failure policy says what that means. */
export class CallingError extends Error {
  constructor(hook: Hook, cause: string) {
    super(`failed calling webhook ${JSON.stringify(hook.name)}: ${cause}`);
  }

  get status(): StatusError {
    return internal(this.message);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The kind as which a webhook wants to see the request; undefined when it does not. Throws StatusError. */
export function wantedForm(
  hook: Hook,
  request: AdmissionRequest,
): KindDefinition | undefined | Promise<KindDefinition | undefined> {
  const form = matchRequest(hook.criteria, request);
  if (form === undefined || hook.conditions === undefined) return form;
  const passed = hook.conditions(request, form);
  if (typeof passed === 'boolean') return passed ? form : undefined;
  return passed.then((yes) => (yes ? form : undefined));
}

/**
 * Asks a webhook. Warnings and audit annotations of its answer are handed on. Throws CallingError, or StatusError when
 * it refuses the request or does not do dry runs.
 */
export async function callHook(
  client: WebhookClient,
  hook: Hook,
  request: AdmissionRequest,
  form: KindDefinition,
  mutating: boolean,
): Promise<Verdict> {
  if (request.dryRun && hook.sideEffects !== 'None' && hook.sideEffects !== 'NoneOnDryRun')
    throw badRequest(`admission webhook ${JSON.stringify(hook.name)} does not support dry run`);
  const uid = randomUUID();
  const { version, body } = await prepare(hook, request, form, uid);
  const began = performance.now();
  const count = (rejected: boolean): void =>
    countWebhook(
      hook.name,
      request.operation,
      mutating ? 'admit' : 'validate',
      rejected,
      performance.now() - began,
    );
  const answer = await client.post(hook.client, body, hook.timeoutMs).catch((error: unknown) => {
    count(true);
    const doing =
      error instanceof ConfigurationError ? 'could not get REST client' : 'failed to call webhook';
    throw new CallingError(hook, `${doing}: ${messageOf(error)}`);
  });
  const verdict = read(hook, answer, uid, version, mutating);
  count(!verdict.allowed);
  for (const [key, value] of Object.entries(verdict.auditAnnotations))
    request.annotate?.(`${hook.name}/${key}`, value);
  for (const warning of verdict.warnings) request.warn(warning);
  if (!verdict.allowed) throw rejection(hook, verdict.status);
  return verdict;
}

async function prepare(hook: Hook, request: AdmissionRequest, form: KindDefinition, uid: string) {
  const object = await objectInForm(request, request.object, form);
  const old = await objectInForm(request, request.oldObject, form);
  try {
    const version = reviewVersion(hook.reviewVersions);
    return { version, body: reviewText(uid, version, request, form, object, old) };
  } catch (error) {
    throw new CallingError(hook, `could not create admission objects: ${messageOf(error)}`);
  }
}

function read(hook: Hook, answer: unknown, uid: string, version: string, mutating: boolean): Verdict {
  try {
    return readVerdict(answer, uid, version, mutating);
  } catch (error) {
    const doing =
      error instanceof UndecodableError ? 'failed to call webhook' : 'received invalid webhook response';
    throw new CallingError(hook, `${doing}: ${messageOf(error)}`);
  }
}

const LEAST_REFUSAL = 400;

/** The webhook's own status, with who said it, and never one that looks like success. */
function rejection(hook: Hook, given: Status | undefined): StatusError {
  const by = `admission webhook ${JSON.stringify(hook.name)} denied the request`;
  const { message = '', reason = '', code = 0, details } = given ?? {};
  const why = message || reason;
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: why === '' ? `${by} without explanation` : `${by}: ${why}`,
    ...(reason === '' ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code: Math.max(code, LEAST_REFUSAL),
  });
}

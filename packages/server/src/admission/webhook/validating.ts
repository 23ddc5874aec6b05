import type { KindDefinition } from '@gantry/api/kind';
import type { StatusError } from '@gantry/machinery/status';
import type { WebhookClient } from '../../outbound/webhook-client.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';
import type { ConditionParts } from '../matching/conditions.ts';
import { configuresAdmission } from '../matching/rules.ts';
import { CallingError, callHook, wantedForm } from './call.ts';
import { type Hook, HookSet } from './configuration.ts';
import { countCall } from './metrics.ts';

const FAILED_OPEN = 'failed-open.validating.webhook.admission.k8s.io/';

interface Wanted {
  readonly hook: Hook;
  readonly form: KindDefinition;
}

/** ValidatingAdmissionWebhook: every webhook that wants the request, at the same time; one refusal is enough. */
export function createValidatingWebhooks(client: WebhookClient, conditions: ConditionParts): AdmissionPlugin {
  const set = new HookSet('validatingwebhookconfigurations.admissionregistration.k8s.io', conditions);
  return {
    name: 'ValidatingAdmissionWebhook',
    listener: set.listener,
    handles: (kind) => !configuresAdmission(kind),
    validate: (request) => (set.hooks.length === 0 ? undefined : validate(client, set.hooks, request)),
  };
}

async function validate(
  client: WebhookClient,
  hooks: readonly Hook[],
  request: AdmissionRequest,
): Promise<void> {
  const wanted: Wanted[] = [];
  for (const hook of hooks) {
    const form = await wantedForm(hook, request);
    if (form !== undefined) wanted.push({ hook, form });
  }
  const failures = await Promise.all(wanted.map((one, index) => ask(client, one, request, index)));
  const first = failures.find((failure) => failure !== undefined);
  if (first !== undefined) throw first;
}

/** The failure that the client is to see, if any. */
async function ask(
  client: WebhookClient,
  { hook, form }: Wanted,
  request: AdmissionRequest,
  index: number,
): Promise<StatusError | undefined> {
  try {
    await callHook(client, hook, request, form, false);
    countCall(hook, 'validating', request.operation);
    return undefined;
  } catch (error) {
    countCall(hook, 'validating', request.operation, error);
    if (!(error instanceof CallingError)) return error as StatusError;
    if (!hook.ignoresFailure) return error.status;
    request.annotate?.(`${FAILED_OPEN}round_0_index_${index}`, hook.name);
    return undefined;
  }
}

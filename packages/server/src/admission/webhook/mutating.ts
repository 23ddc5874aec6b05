import { compileKind } from '@gantry/api/compile';
import type { KindDefinition } from '@gantry/api/kind';
import { deepClone, deepEqual, isObject, parseJson } from '@gantry/machinery/json';
import { applyJsonPatch, checkJsonPatch, JsonPatchError } from '@gantry/machinery/json-patch';
import type { AnyObject } from '@gantry/machinery/object';
import { internal, StatusError } from '@gantry/machinery/status';
import type { WebhookClient } from '../../outbound/webhook-client.ts';
import { decodeScale, withScale } from '../../registry/scale.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';
import type { ConditionParts } from '../matching/conditions.ts';
import { isOwnKind, objectInForm } from '../matching/forms.ts';
import { configuresAdmission } from '../matching/rules.ts';
import { CallingError, callHook, wantedForm } from './call.ts';
import { type Hook, HookSet } from './configuration.ts';
import { countCall } from './metrics.ts';
import { type Invocations, knownInvocations, startInvocations } from './reinvocation.ts';
import type { Verdict } from './review.ts';

const PREFIX = 'mutation.webhook.admission.k8s.io/';
const PATCH_PREFIX = 'patch.webhook.admission.k8s.io/';

/** MutatingAdmissionWebhook: one webhook after the other, each on what the ones before made of the object. */
export function createMutatingWebhooks(client: WebhookClient, conditions: ConditionParts): AdmissionPlugin {
  const set = new HookSet('mutatingwebhookconfigurations.admissionregistration.k8s.io', conditions);
  return {
    name: 'MutatingAdmissionWebhook',
    listener: set.listener,
    handles: (kind) => !configuresAdmission(kind),
    mutate: (request) => (set.hooks.length === 0 ? undefined : mutate(client, set.hooks, request)),
  };
}

async function mutate(
  client: WebhookClient,
  hooks: readonly Hook[],
  request: AdmissionRequest,
): Promise<void> {
  let invocations = knownInvocations(request);
  invocations?.begin(request.object);
  // Nobody is called for the first time in the second run.
  if (request.reinvocation?.repeating === true && invocations === undefined) return;
  try {
    for (const [index, hook] of hooks.entries()) {
      const form = await wantedForm(hook, request);
      if (form === undefined) continue;
      invocations ??= startInvocations(request);
      if (invocations.isDue(hook.uid)) await invoke(client, hook, request, form, invocations, index);
    }
  } finally {
    invocations?.end(request.object);
  }
}

async function invoke(
  client: WebhookClient,
  hook: Hook,
  request: AdmissionRequest,
  form: KindDefinition,
  invocations: Invocations,
  index: number,
): Promise<void> {
  const place = `round_${invocations.repeating ? 1 : 0}_index_${index}`;
  let changed = false;
  try {
    const verdict = await callHook(client, hook, request, form, true);
    if (verdict.patch !== undefined) {
      const patch = decodePatch(hook, verdict);
      changed = await applyPatch(hook, request, form, patch);
      const note = { configuration: hook.configuration, webhook: hook.name, patch, patchType: 'JSONPatch' };
      request.annotate?.(PATCH_PREFIX + place, JSON.stringify(note), 'Request');
    }
    countCall(hook, 'admit', request.operation);
  } catch (error) {
    countCall(hook, 'admit', request.operation, error);
    if (!(error instanceof CallingError)) throw error;
    if (!hook.ignoresFailure) throw error.status;
    request.annotate?.(`failed-open.${PREFIX}${place}`, hook.name);
  } finally {
    request.annotate?.(
      PREFIX + place,
      JSON.stringify({ configuration: hook.configuration, webhook: hook.name, mutated: changed }),
    );
    if (changed) invocations.changed();
    if (hook.reinvoked) invocations.invoked(hook.uid);
  }
}

/** Changes the object of the request. Returns whether there is a difference. Throws CallingError and InternalError. */
async function applyPatch(
  hook: Hook,
  request: AdmissionRequest,
  form: KindDefinition,
  operations: readonly unknown[],
): Promise<boolean> {
  if (operations.length === 0) return false;
  const before = await objectInForm(request, request.object, form);
  if (before === undefined)
    throw internal(
      `admission webhook ${JSON.stringify(hook.name)} attempted to modify the object, which is not supported for this operation`,
    );
  let after: unknown;
  try {
    after = applyJsonPatch(deepClone(before), operations);
  } catch (error) {
    throw internal(causeOf(error).message);
  }
  if (!isObject(after)) throw internal('the patched object is no JSON object');
  return adopt(request, form, before, after);
}

/** Throws CallingError. */
function decodePatch(hook: Hook, { patch = '', patchType }: Verdict): readonly unknown[] {
  let operations: readonly unknown[];
  try {
    operations = checkJsonPatch(parseJson(patch));
  } catch (error) {
    throw new CallingError(
      hook,
      `received undecodable patch in webhook response: ${(error as Error).message}`,
    );
  }
  if (operations.length > 0 && patchType !== 'JSONPatch')
    throw new CallingError(hook, `unsupported patch type ${JSON.stringify(patchType)}`);
  return operations;
}

/** Stored under its resource, an object of another kind would be one that nobody can read. Throws InternalError. */
function checkSameKind(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): void {
  const text = ({ apiVersion, kind }: Readonly<Record<string, unknown>>): string =>
    `${String(apiVersion ?? '')}, Kind=${String(kind ?? '')}`;
  if (text(before) !== text(after))
    throw internal(`admission must not change the kind of an object: ${text(before)} to ${text(after)}`);
}

/** Reads what a patch made as the form's kind, fills in defaults, and puts it into the request's object. */
export async function adopt(
  request: AdmissionRequest,
  form: KindDefinition,
  before: Readonly<Record<string, unknown>>,
  after: Record<string, unknown>,
): Promise<boolean> {
  const { object } = request;
  if (object === undefined) return false;
  checkSameKind(before, after);
  if (before !== object && before.kind === 'Scale' && request.attributes.subresource === 'scale') {
    if (deepEqual(before, after)) return false;
    withScale({ kind: request.kind }, object as AnyObject, decodeScale(after));
    return true;
  }
  if (!isOwnKind(request, object)) {
    const changed = !deepEqual(before, after);
    replaceContent(object, after);
    return changed;
  }
  const decoded = decode(form, after);
  const changed = !deepEqual(before, decoded);
  compileKind(form).applyDefaults(decoded, request.oldObject as AnyObject | undefined);
  const own =
    form === request.kind || request.forms === undefined
      ? decoded
      : await request.forms.convert(decoded, form, request.kind);
  replaceContent(object, own);
  return changed;
}

function decode(form: KindDefinition, value: Record<string, unknown>): AnyObject {
  try {
    return compileKind(form).decode(value, 'Ignore').object;
  } catch (error) {
    if (error instanceof StatusError) throw internal(error.message.replace(UNHANDLED, ''));
    throw error;
  }
}

/** What a client is told of its own body; here only the rest is said. */
const UNHANDLED = /^\S+ in version "[^"]*" cannot be handled as an? \S+: /;

const causeOf = (error: unknown): Error =>
  (error as Error).cause instanceof JsonPatchError ? ((error as Error).cause as Error) : (error as Error);

/** Others hold the object: it stays the same one. */
function replaceContent(object: Record<string, unknown>, content: Readonly<Record<string, unknown>>): void {
  for (const key of Object.keys(object)) delete object[key];
  Object.assign(object, content);
}

import { type StatusCause, StatusError, type StatusReason } from '@gantry/machinery/status';
import type { AdmissionPlugin, AdmissionRequest, Authorizer } from '../../request.ts';
import { denied } from '../denial.ts';
import { configuresAdmission } from '../matching/rules.ts';
import { policyBindings } from './bindings.ts';
import { type Invocation, invocationsOf } from './invocations.ts';
import { countValidation } from './metrics.ts';
import { type PolicyHook, PolicySet } from './policy-set.ts';
import {
  compileValidatingPolicy,
  evaluatePolicy,
  type Refusal,
  type ValidatingPolicy,
} from './validation.ts';

const GROUP = 'admissionregistration.k8s.io';
const FAILURE_ANNOTATION = 'validation.policy.admission.k8s.io/validation_failure';
const MAX_ANNOTATION_LENGTH = 10 * 1024;
const ACTIONS = { Deny: 'deny', Warn: 'warn', Audit: 'audit' } as const;
const CODES: Readonly<Record<string, number>> = {
  Forbidden: 403,
  Unauthorized: 401,
  RequestEntityTooLarge: 413,
};

/** ValidatingAdmissionPolicy: expressions that accept or refuse requests. */
export function createValidatingPolicies(authorizer: Authorizer): AdmissionPlugin {
  const set = new PolicySet(
    `validatingadmissionpolicies.${GROUP}`,
    `validatingadmissionpolicybindings.${GROUP}`,
    compileValidatingPolicy,
  );
  return {
    name: 'ValidatingAdmissionPolicy',
    listener: set.listener,
    handles: (kind) => !configuresAdmission(kind),
    validate: (request) => (set.hooks.length === 0 ? undefined : validate(set.hooks, authorizer, request)),
  };
}

async function validate(
  hooks: readonly PolicyHook<ValidatingPolicy>[],
  authorizer: Authorizer,
  request: AdmissionRequest,
): Promise<void> {
  const { invocations, faults } = invocationsOf(hooks, request);
  const denials = faults.map(({ policy, binding, message }) => ({
    policy: policy.name,
    text: denialText(policy.name, binding?.name, message),
    reason: 'Invalid',
  }));
  const annotations = new Annotations();
  for (const invocation of invocations) {
    const bindings = await policyBindings(request, invocation.form, authorizer);
    const result = evaluatePolicy(invocation.policy.compiled, { ...bindings, params: invocation.param });
    const { policy, binding } = invocation;
    const deny = (message: string, reason = 'Invalid') =>
      denials.push({ policy: policy.name, text: denialText(policy.name, binding.name, message), reason });
    for (const refusal of result.refusals) act(invocation, refusal, request, deny);
    for (const { message, took } of result.annotationErrors) {
      deny(message);
      countValidation(policy.name, binding.name, 'deny', message, took);
    }
    for (const { key, value } of result.annotations) annotations.add(`${policy.name}/${key}`, value);
  }
  annotations.publish(request);
  // Policies are looked at in the order of their names, whatever it was that went wrong.
  const [first] = denials.sort((a, b) => (a.policy < b.policy ? -1 : a.policy > b.policy ? 1 : 0));
  if (first !== undefined) throw refused(request, first.text, first.reason as StatusReason);
}

function denialText(policy: string, binding: string | undefined, message: string): string {
  const by = binding === undefined ? '' : ` with binding '${binding}'`;
  return `ValidatingAdmissionPolicy '${policy}'${by} denied request: ${message}`;
}

/** Does what the binding says that is to be done with refusals. */
function act(
  { policy, binding }: Invocation<ValidatingPolicy>,
  { index, message, reason, isIgnored, took }: Refusal,
  request: AdmissionRequest,
  deny: (message: string, reason?: string) => void,
): void {
  const count = (action: 'allow' | 'deny' | 'warn' | 'audit') =>
    countValidation(policy.name, binding.name, action, message, took);
  if (isIgnored) count('allow');
  const { validationActions = [] } = binding.spec;
  for (const action of isIgnored ? [] : validationActions) {
    count(ACTIONS[action]);
    if (action === 'Deny') deny(message, reason);
    else if (action === 'Warn')
      request.warn(
        `Validation failed for ValidatingAdmissionPolicy '${policy.name}' with binding '${binding.name}': ${message}`,
      );
    else if (action === 'Audit') {
      const failure = {
        message,
        policy: policy.name,
        binding: binding.name,
        expressionIndex: index,
        validationActions,
      };
      request.annotate?.(FAILURE_ANNOTATION, JSON.stringify([failure]));
    }
  }
}

/** 403 in form, with the code of its reason. */
function refused(request: AdmissionRequest, message: string, reason: StatusReason): StatusError {
  const { status } = denied(request, message);
  const causes: StatusCause[] = [...(status.details?.causes ?? []), { message }];
  return new StatusError({
    ...status,
    reason,
    code: CODES[reason] ?? 422,
    details: { ...status.details, causes },
  });
}

/** Annotations that several bindings of a policy make are joined. */
class Annotations {
  readonly #values = new Map<string, Set<string>>();

  add(key: string, value: string): void {
    const values = this.#values.get(key) ?? new Set();
    this.#values.set(key, values.add(value.slice(0, MAX_ANNOTATION_LENGTH)));
  }

  publish(request: AdmissionRequest): void {
    for (const [key, values] of this.#values) request.annotate?.(key, [...values].join(', '));
  }
}

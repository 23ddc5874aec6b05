import { deepEqual, type JsonObject } from '@gantry/machinery/json';
import { StatusError, type StatusReason } from '@gantry/machinery/status';
import type { AdmissionPlugin, AdmissionRequest, Authorizer } from '../../request.ts';
import { denied } from '../denial.ts';
import { objectInForm } from '../matching/forms.ts';
import { configuresAdmission } from '../matching/rules.ts';
import { adopt } from '../webhook/mutating.ts';
import { Invocations as Reinvocations, reinvocationOf } from '../webhook/reinvocation.ts';
import { policyBindings } from './bindings.ts';
import { conditionsHold } from './conditions.ts';
import { type Invocation, invocationsOf } from './invocations.ts';
import { countMutation } from './metrics.ts';
import { compileMutatingPolicy, type MutatingPolicy, MutationError, mutated } from './mutation.ts';
import { objectView } from './object-view.ts';
import { type PolicyHook, PolicySet } from './policy-set.ts';

const NAME = 'MutatingAdmissionPolicy';
const GROUP = 'admissionregistration.k8s.io';

/** MutatingAdmissionPolicy: expressions that change objects. */
export function createMutatingPolicies(authorizer: Authorizer): AdmissionPlugin {
  const set = new PolicySet(
    `mutatingadmissionpolicies.${GROUP}`,
    `mutatingadmissionpolicybindings.${GROUP}`,
    compileMutatingPolicy,
  );
  return {
    name: NAME,
    listener: set.listener,
    handles: (kind, operation) => operation !== 'DELETE' && !configuresAdmission(kind),
    mutate: (request) => (set.hooks.length === 0 ? undefined : mutate(set.hooks, authorizer, request)),
  };
}

interface Failure {
  readonly text: string;
  readonly reason: StatusReason;
}

async function mutate(
  hooks: readonly PolicyHook<MutatingPolicy>[],
  authorizer: Authorizer,
  request: AdmissionRequest,
): Promise<void> {
  const { invocations, faults } = invocationsOf(hooks, request);
  const failures = faults.map(
    ({ policy, binding, message }): Failure => ({
      text: failureText(policy.name, binding?.name, message),
      reason: 'Forbidden',
    }),
  );
  if (invocations.length > 0) failures.push(...(await invokeAll(invocations, authorizer, request)));
  if (failures.length > 0) throw refused(request, failures);
}

function failureText(policy: string, binding: string | undefined, message: string): string {
  return binding === undefined
    ? `policy ${JSON.stringify(policy)} denied request: ${message}`
    : `policy '${policy}' with binding '${binding}' denied request: ${message}`;
}

async function invokeAll(
  invocations: readonly Invocation<MutatingPolicy>[],
  authorizer: Authorizer,
  request: AdmissionRequest,
): Promise<Failure[]> {
  const state = reinvocationOf(request);
  const reinvocations = (state.notes.get(NAME) as Reinvocations | undefined) ?? new Reinvocations(state);
  state.notes.set(NAME, reinvocations);
  reinvocations.begin(request.object);
  const failures: Failure[] = [];
  try {
    for (const invocation of invocations) {
      const messages = await invoke(invocation, authorizer, request, reinvocations);
      if (!invocation.policy.ignoresFailure)
        for (const message of messages)
          failures.push({
            text: failureText(invocation.policy.name, invocation.binding.name, message),
            reason: 'Invalid',
          });
    }
  } finally {
    reinvocations.end(request.object);
  }
  return failures;
}

/** Makes the mutations of one invocation. Answers with what went wrong. */
async function invoke(
  invocation: Invocation<MutatingPolicy>,
  authorizer: Authorizer,
  request: AdmissionRequest,
  reinvocations: Reinvocations,
): Promise<string[]> {
  const { policy, binding, form, param } = invocation;
  const { compiled } = policy;
  const bindings = { ...(await policyBindings(request, form, authorizer)), params: param };
  const matches = conditionsHold(compiled.expressions, compiled.conditions, bindings);
  if (matches !== true) return matches === false ? [] : [matches];
  const key = [policy.name, binding.name, namesOf(param)].join('\n');
  if (!reinvocations.isDue(key)) return [];
  const errors: string[] = [];
  let isChanged = false;
  for (const mutation of compiled.mutations) {
    const before = await objectInForm(request, request.object, form);
    if (before === undefined) break;
    const start = performance.now();
    const count = (message?: string) =>
      countMutation(policy.name, binding.name, message, performance.now() - start);
    try {
      const view = objectView(form, before);
      const after = mutated(compiled, mutation, before as JsonObject, view, { ...bindings, object: before });
      if (!deepEqual(before, after)) isChanged = (await adopt(request, form, before, after)) || isChanged;
      count();
    } catch (error) {
      if (!(error instanceof MutationError)) throw error;
      errors.push(error.message);
      count(error.message);
    }
  }
  if (isChanged) reinvocations.changed();
  if (compiled.reinvoked) reinvocations.invoked(key);
  return errors;
}

function namesOf(param: Readonly<Record<string, unknown>> | null): string {
  const { namespace = '', name = '' } = (param?.metadata ?? {}) as { namespace?: string; name?: string };
  return `${namespace}/${name}`;
}

/** All failures are causes; the first is the message. */
function refused(request: AdmissionRequest, failures: readonly Failure[]): StatusError {
  const { status } = denied(request, 'admission request denied by policy');
  const causes = failures.map(({ text }) => ({ message: text }));
  return new StatusError({
    ...status,
    message: failures[0]?.text ?? '',
    reason: failures[0]?.reason ?? 'Forbidden',
    details: { ...status.details, causes },
  });
}

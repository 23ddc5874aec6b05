import { duplicate, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { validateLabelSelector as selectorErrors } from '@gantry/machinery/label-selector';
import { isDNS1035Label, isDNS1123Subdomain } from '@gantry/machinery/validation';
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors, validateLabelSelector } from '../../validation/common.ts';
import { webhookServiceErrors, webhookUrlErrors } from '../../validation/webhook-client.ts';
import { FAILURE_POLICIES, MATCH_POLICIES, validateMatchConditions } from './match-rules.ts';
import { validateRuleWithOperations } from './resource-rules.ts';

type Webhook = ValidatingWebhook & Pick<MutatingWebhook, 'reinvocationPolicy'>;
type Configuration = ValidatingWebhookConfiguration | MutatingWebhookConfiguration;

const NO_SIDE_EFFECTS = ['None', 'NoneOnDryRun'];
const SIDE_EFFECTS = [...NO_SIDE_EFFECTS, 'Some', 'Unknown'];
const REVIEW_VERSIONS = ['v1', 'v1beta1'];
const REINVOCATION_POLICIES = ['IfNeeded', 'Never'];

/** Rules that came after the type: what was stored before them may stay as it is. */
interface Options {
  readonly sameConditions: boolean;
  readonly noSideEffects: boolean;
  readonly knownReviewVersion: boolean;
  readonly uniqueNames: boolean;
  readonly strictSelectors: boolean;
}

const STRICT: Options = {
  sameConditions: false,
  noSideEffects: true,
  knownReviewVersion: true,
  uniqueNames: true,
  strictSelectors: true,
};

const webhooksOf = (configuration: Configuration): readonly Webhook[] => configuration.webhooks ?? [];

const isStrict = (webhooks: readonly Webhook[]): boolean =>
  webhooks.every((hook) =>
    [hook.namespaceSelector, hook.objectSelector].every(
      (selector) => selector === undefined || selectorErrors(selector, '').length === 0,
    ),
  );

function optionsFor(webhooks: readonly Webhook[], old: readonly Webhook[]): Options {
  return {
    sameConditions:
      webhooks.length === old.length &&
      webhooks.every((hook, index) => semanticEqual(hook.matchConditions, old[index]?.matchConditions)),
    noSideEffects: old.every(({ sideEffects }) => NO_SIDE_EFFECTS.includes(sideEffects)),
    knownReviewVersion: old.every(
      ({ admissionReviewVersions: versions = [] }) =>
        versions.length === 0 || versions.some((version) => REVIEW_VERSIONS.includes(version)),
    ),
    uniqueNames: new Set(old.map(({ name }) => name)).size === old.length,
    strictSelectors: isStrict(old),
  };
}

export const webhookConfigurationRules: KindRules<Configuration> = {
  validate(configuration, _context, old) {
    const errors: Errors = [];
    const webhooks = webhooksOf(configuration);
    const options = old === undefined ? STRICT : optionsFor(webhooks, webhooksOf(old));
    const names = new Set<string>();
    for (const [index, hook] of webhooks.entries()) {
      const path = `webhooks[${index}]`;
      validateWebhook(hook, path, options, errors);
      validateReviewVersions(hook, `${path}.admissionReviewVersions`, options, errors);
      if (hook.name === '' || !options.uniqueNames) continue;
      if (names.has(hook.name)) errors.push(duplicate(`${path}.name`, hook.name));
      names.add(hook.name);
    }
    return errors;
  },
};

function validateWebhook(hook: Webhook, path: string, options: Options, errors: Errors): void {
  validateName(hook.name, `${path}.name`, errors);
  for (const [index, rule] of (hook.rules ?? []).entries())
    validateRuleWithOperations(rule, `${path}.rules[${index}]`, errors);
  supported(hook.failurePolicy, FAILURE_POLICIES, `${path}.failurePolicy`, errors);
  supported(hook.matchPolicy, MATCH_POLICIES, `${path}.matchPolicy`, errors);
  const allowed = options.noSideEffects ? NO_SIDE_EFFECTS : SIDE_EFFECTS;
  if (hook.sideEffects === undefined)
    errors.push(required(`${path}.sideEffects`, `must specify one of ${allowed.join(', ')}`));
  else supported(hook.sideEffects, allowed, `${path}.sideEffects`, errors);
  const timeout = hook.timeoutSeconds;
  if (timeout !== undefined && (timeout < 1 || timeout > 30))
    errors.push(
      invalid(`${path}.timeoutSeconds`, timeout, 'the timeout value must be between 1 and 30 seconds'),
    );
  if (options.strictSelectors)
    for (const field of ['namespaceSelector', 'objectSelector'] as const)
      validateLabelSelector(hook[field], `${path}.${field}`, errors);
  supported(hook.reinvocationPolicy, REINVOCATION_POLICIES, `${path}.reinvocationPolicy`, errors);
  const { url, service } = hook.clientConfig;
  const client = `${path}.clientConfig`;
  if ((url === undefined) === (service === undefined))
    errors.push(required(client, 'exactly one of url or service is required'));
  else if (url !== undefined) errors.push(...webhookUrlErrors(url, `${client}.url`));
  else if (service !== undefined) errors.push(...webhookServiceErrors(service, `${client}.service`));
  if (!options.sameConditions)
    validateMatchConditions(hook.matchConditions, `${path}.matchConditions`, errors);
}

function supported(
  value: string | undefined,
  allowed: readonly string[],
  path: string,
  errors: Errors,
): void {
  if (value !== undefined && !allowed.includes(value)) errors.push(notSupported(path, value, allowed));
}

function validateName(name: string, path: string, errors: Errors): void {
  if (name === '') {
    errors.push(required(path));
    return;
  }
  const reasons = isDNS1123Subdomain(name);
  if (reasons.length > 0) errors.push(invalid(path, name, reasons.join(',')));
  else if (name.split('.').length < 3)
    errors.push(invalid(path, name, 'should be a domain with at least three segments separated by dots'));
}

function validateReviewVersions(
  { admissionReviewVersions: versions = [] }: Webhook,
  path: string,
  options: Options,
  errors: Errors,
): void {
  if (versions.length === 0) {
    errors.push(required(path, `must specify one of ${REVIEW_VERSIONS.join(', ')}`));
    return;
  }
  const seen = new Set<string>();
  for (const [index, version] of versions.entries()) {
    if (seen.has(version)) errors.push(invalid(`${path}[${index}]`, version, 'duplicate version'));
    else check(isDNS1035Label(version), `${path}[${index}]`, version, errors);
    seen.add(version);
  }
  if (options.knownReviewVersion && !versions.some((version) => REVIEW_VERSIONS.includes(version)))
    errors.push(invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`));
}

import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1123Label, isPathSegmentName } from '@gantry/machinery/validation';
import type {
  CrossVersionObjectReference,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
} from '../../generated/types.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { check, type Errors } from '../../validation/common.ts';
import { validateContainerResourceName } from '../../validation/resource-names.ts';

const METRIC_TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue'];
/** In the order in which the original looks at them. */
const SOURCES = ['object', 'external', 'pods', 'resource', 'containerResource'] as const;
type Source = (typeof SOURCES)[number];
const EXPECTED: Readonly<Record<string, Source>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

/** How an apiVersion may be wrong: the core group is a question of what is referred to. */
export interface ReferenceOptions {
  readonly mayBeCore: boolean;
  readonly mayBeInvalid: boolean;
}

export function validateReference(
  reference: CrossVersionObjectReference,
  options: ReferenceOptions,
  path: string,
  errors: Errors,
): void {
  for (const field of ['kind', 'name'] as const) {
    const value = reference[field];
    if (!value) errors.push(required(`${path}.${field}`));
    else check(isPathSegmentName(value), `${path}.${field}`, value, errors);
  }
  const version = reference.apiVersion ?? '';
  const problem = options.mayBeInvalid ? undefined : versionProblem(version, options.mayBeCore);
  if (problem !== undefined) errors.push(invalid(`${path}.apiVersion`, version, problem));
}

function versionProblem(version: string, mayBeCore: boolean): string | undefined {
  if (version.split('/').length > 2) return `unexpected GroupVersion string: ${version}`;
  const slash = version.indexOf('/');
  return slash < 1 && !mayBeCore ? 'apiVersion must specify API group' : undefined;
}

export function validateMetric(
  metric: MetricSpec,
  options: ReferenceOptions,
  path: string,
  errors: Errors,
): void {
  const isKnown = METRIC_TYPES.includes(metric.type);
  if (metric.type === '') errors.push(required(`${path}.type`, 'must specify a metric source type'));
  const unknown = notSupported(`${path}.type`, metric.type, METRIC_TYPES);
  if (!isKnown) errors.push(unknown);
  const present = SOURCES.filter((source) => metric[source] !== undefined);
  const [first] = present;
  if (first !== undefined) validateSource(metric, first, options, `${path}.${first}`, errors);
  const expected = isKnown ? EXPECTED[metric.type] : undefined;
  if (expected === undefined) errors.push(unknown);
  else if (metric[expected] === undefined)
    errors.push(required(`${path}.${expected}`, 'must populate information for the given metric source'));
  if (present.length === 1) return;
  for (const source of [...present].sort())
    if (source !== expected)
      errors.push(forbidden(`${path}.${source}`, 'must populate the given metric source only'));
}

function validateSource(
  metric: MetricSpec,
  source: Source,
  options: ReferenceOptions,
  path: string,
  errors: Errors,
): void {
  const at = `${path}.target`;
  const { object, external, pods, resource, containerResource } = metric;
  if (source === 'object' && object !== undefined) {
    validateReference(object.describedObject, options, `${path}.describedObject`, errors);
    validateIdentifier(object.metric, `${path}.metric`, errors);
    validateTarget(object.target, at, errors);
    if (object.target.value === undefined && object.target.averageValue === undefined)
      errors.push(required(`${at}.averageValue`, 'must set either a target value or averageValue'));
  } else if (source === 'external' && external !== undefined) {
    validateIdentifier(external.metric, `${path}.metric`, errors);
    validateTarget(external.target, at, errors);
    exactlyOne(
      external.target.value,
      external.target.averageValue,
      required(`${at}.averageValue`, 'must set either a target value for metric or a per-pod target'),
      forbidden(`${at}.value`, 'may not set both a target value for metric and a per-pod target'),
      errors,
    );
  } else if (source === 'pods' && pods !== undefined) {
    validateIdentifier(pods.metric, `${path}.metric`, errors);
    validateTarget(pods.target, at, errors);
    if (pods.target.averageValue === undefined)
      errors.push(required(`${at}.averageValue`, 'must specify a positive target averageValue'));
  } else if (source === 'resource' && resource !== undefined) {
    if (resource.name === '') errors.push(required(`${path}.name`, 'must specify a resource name'));
    validateUtilization(resource.target, at, errors);
  } else if (containerResource !== undefined) {
    const { name, container } = containerResource;
    if (name === '') errors.push(required(`${path}.name`, 'must specify a resource name'));
    else validateContainerResourceName(name, `${path}.name`, errors);
    if (container === '') errors.push(required(`${path}.container`, 'must specify a container'));
    else check(isDNS1123Label(container), `${path}.container`, container, errors);
    validateUtilization(containerResource.target, at, errors);
  }
}

function exactlyOne(
  one: unknown,
  other: unknown,
  none: Errors[number],
  both: Errors[number],
  errors: Errors,
): void {
  if (one === undefined && other === undefined) errors.push(none);
  if (one !== undefined && other !== undefined) errors.push(both);
}

function validateUtilization(target: MetricTarget, path: string, errors: Errors): void {
  validateTarget(target, path, errors);
  exactlyOne(
    target.averageUtilization,
    target.averageValue,
    required(`${path}.averageUtilization`, 'must set either a target raw value or a target utilization'),
    forbidden(`${path}.averageValue`, 'may not set both a target raw value and a target utilization'),
    errors,
  );
}

function validateTarget(target: MetricTarget, path: string, errors: Errors): void {
  const { type } = target;
  if (type === '') errors.push(required(`${path}.type`, 'must specify a metric target type'));
  if (!TARGET_TYPES.includes(type))
    errors.push(invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue'));
  for (const field of ['value', 'averageValue'] as const) {
    const amount = target[field];
    if (amount !== undefined && quantityNano(amount) <= 0n)
      errors.push(invalid(`${path}.${field}`, amount, 'must be positive'));
  }
  const utilization = target.averageUtilization;
  if (utilization !== undefined && utilization < 1)
    errors.push(invalid(`${path}.averageUtilization`, utilization, 'must be greater than 0'));
}

function validateIdentifier({ name }: MetricIdentifier, path: string, errors: Errors): void {
  if (!name) errors.push(required(`${path}.name`, 'must specify a metric name'));
  else check(isPathSegmentName(name), `${path}.name`, name, errors);
}

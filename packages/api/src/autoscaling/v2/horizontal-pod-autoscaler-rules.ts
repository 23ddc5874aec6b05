import { invalid, notSupported, required } from '@gantry/machinery/field-error';
import type {
  AutoscalingV1HorizontalPodAutoscaler,
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import type { Errors } from '../../validation/common.ts';

const METRIC_TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const SOURCES: Readonly<Record<string, keyof MetricSpec>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};
const MAX_PERIOD = 1800;
const MAX_WINDOW = 3600;

/** A CPU target of 80 % of the requests, when no metric is named. */
const defaultMetrics = (): MetricSpec[] => [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
];

export const horizontalPodAutoscalerRules: KindRules<HorizontalPodAutoscaler> = {
  defaults(autoscaler) {
    const { spec } = autoscaler;
    if ((spec.metrics ?? []).length === 0) spec.metrics = defaultMetrics();
    if (spec.behavior === undefined) return;
    spec.behavior.scaleUp = {
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [
        { type: 'Pods', value: 4, periodSeconds: 15 },
        { type: 'Percent', value: 100, periodSeconds: 15 },
      ],
      ...spec.behavior.scaleUp,
    };
    spec.behavior.scaleDown = {
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      ...spec.behavior.scaleDown,
    };
  },
  validate(autoscaler) {
    const errors: Errors = [];
    const { spec } = autoscaler;
    validateBounds(spec, errors);
    for (const [index, metric] of (spec.metrics ?? []).entries())
      validateMetric(metric, `spec.metrics[${index}]`, errors);
    for (const direction of ['scaleUp', 'scaleDown'] as const) {
      const rules = spec.behavior?.[direction];
      if (rules !== undefined) validateScaling(rules, `spec.behavior.${direction}`, errors);
    }
    return errors;
  },
};

export const horizontalPodAutoscalerV1Rules: KindRules<AutoscalingV1HorizontalPodAutoscaler> = {
  validate(autoscaler) {
    const errors: Errors = [];
    validateBounds(autoscaler.spec, errors);
    return errors;
  },
};

function validateBounds(
  spec: { minReplicas?: number; maxReplicas: number; scaleTargetRef: { kind: string; name: string } },
  errors: Errors,
): void {
  const { minReplicas, maxReplicas } = spec;
  if (minReplicas !== undefined && minReplicas < 1)
    errors.push(invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1'));
  if (!maxReplicas) errors.push(required('spec.maxReplicas', 'must be set and greater than 0'));
  else if (maxReplicas < 1)
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to 1'));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`'));
  if (!spec.scaleTargetRef?.kind) errors.push(required('spec.scaleTargetRef.kind'));
  if (!spec.scaleTargetRef?.name) errors.push(required('spec.scaleTargetRef.name'));
}

function validateMetric(metric: MetricSpec, path: string, errors: Errors): void {
  if (!metric.type) errors.push(required(`${path}.type`, 'must specify a metric source type'));
  else if (!METRIC_TYPES.includes(metric.type))
    errors.push(notSupported(`${path}.type`, metric.type, METRIC_TYPES));
  const source = SOURCES[metric.type];
  if (source !== undefined && metric[source] === undefined)
    errors.push(required(`${path}.${source}`, 'must populate information for the given metric source'));
  const target = metric.resource?.target;
  if (target !== undefined && target.averageUtilization === undefined && target.averageValue === undefined)
    errors.push(
      required(
        `${path}.resource.target.averageUtilization`,
        'must set either a target raw value or a target utilization',
      ),
    );
}

function validateScaling(rules: HPAScalingRules, path: string, errors: Errors): void {
  const window = rules.stabilizationWindowSeconds;
  if (window !== undefined && window < 0)
    errors.push(
      invalid(`${path}.stabilizationWindowSeconds`, window, 'must be greater than or equal to zero'),
    );
  if (window !== undefined && window > MAX_WINDOW)
    errors.push(
      invalid(`${path}.stabilizationWindowSeconds`, window, `must be less than or equal to ${MAX_WINDOW}`),
    );
  const policies = rules.policies ?? [];
  if (policies.length === 0) errors.push(required(`${path}.policies`, 'must specify at least one Policy'));
  for (const [index, policy] of policies.entries()) {
    const at = `${path}.policies[${index}]`;
    if (policy.type !== 'Pods' && policy.type !== 'Percent')
      errors.push(notSupported(`${at}.type`, policy.type, ['Percent', 'Pods']));
    if (policy.value <= 0) errors.push(invalid(`${at}.value`, policy.value, 'must be greater than zero'));
    if (policy.periodSeconds <= 0)
      errors.push(invalid(`${at}.periodSeconds`, policy.periodSeconds, 'must be greater than zero'));
    if (policy.periodSeconds > MAX_PERIOD)
      errors.push(
        invalid(`${at}.periodSeconds`, policy.periodSeconds, `must be less than or equal to ${MAX_PERIOD}`),
      );
  }
}

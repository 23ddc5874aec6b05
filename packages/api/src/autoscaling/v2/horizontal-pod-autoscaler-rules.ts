import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import type {
  AutoscalingV1HorizontalPodAutoscaler,
  CrossVersionObjectReference,
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
} from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { quantityNano } from '../../schema/canonical-quantity.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';
import { validateMetric, validateReference } from './metric-rules.ts';

const SELECT_POLICIES = ['Disabled', 'Max', 'Min'];
const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';
const MAX_PERIOD = 1800;
const MAX_WINDOW = 3600;
const SCALE_TO_ZERO =
  'must specify at least one Object or External metric to support scaling to zero replicas';

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
  validate(autoscaler, _context, old) {
    const errors: Errors = [];
    const { spec } = autoscaler;
    validateBounds(spec, old?.spec, errors);
    const metrics = spec.metrics ?? [];
    for (const [index, metric] of metrics.entries())
      validateMetric(metric, { mayBeCore: true, mayBeInvalid: false }, `spec.metrics[${index}]`, errors);
    if (spec.minReplicas === 0 && !metrics.some(({ type }) => type === 'Object' || type === 'External'))
      errors.push(forbidden('spec.metrics', SCALE_TO_ZERO));
    for (const direction of ['scaleUp', 'scaleDown'] as const) {
      const rules = spec.behavior?.[direction];
      if (rules !== undefined) validateScaling(rules, `spec.behavior.${direction}`, errors);
    }
    return errors;
  },
  validateStatusUpdate: ({ status }) => statusErrors(status),
};

export const horizontalPodAutoscalerV1Rules: KindRules<AutoscalingV1HorizontalPodAutoscaler> = {
  defaults({ spec, metadata }) {
    // Other metrics are in an annotation here.
    if (metadata.annotations?.[METRICS] === undefined) spec.targetCPUUtilizationPercentage ??= 80;
  },
  validate(autoscaler, _context, old) {
    const errors: Errors = [];
    validateBounds(autoscaler.spec, old?.spec, errors);
    // The paths are those of the metric that v2 shows for the percentage.
    const { targetCPUUtilizationPercentage: percentage, minReplicas } = autoscaler.spec;
    if (percentage !== undefined && percentage < 1)
      errors.push(
        invalid('spec.metrics[0].resource.target.averageUtilization', percentage, 'must be greater than 0'),
      );
    if (minReplicas === 0) errors.push(forbidden('spec.metrics', SCALE_TO_ZERO));
    return errors;
  },
  validateStatusUpdate: ({ status }) => statusErrors(status),
};

function statusErrors(
  status: { readonly currentReplicas?: number; readonly desiredReplicas?: number } | undefined,
): Errors {
  const errors: Errors = [];
  for (const field of ['currentReplicas', 'desiredReplicas'] as const)
    nonNegative(status?.[field], `status.${field}`, errors);
  return errors;
}

interface Bounds {
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  readonly scaleTargetRef: CrossVersionObjectReference;
}

function validateBounds(spec: Bounds, old: Bounds | undefined, errors: Errors): void {
  const { minReplicas, maxReplicas, scaleTargetRef: target } = spec;
  // Zero is for clusters that scale to zero; one that has it keeps it.
  const lowest = old?.minReplicas === 0 ? 0 : 1;
  if (minReplicas !== undefined && minReplicas < lowest)
    errors.push(invalid('spec.minReplicas', minReplicas, `must be greater than or equal to ${lowest}`));
  if (!maxReplicas) errors.push(required('spec.maxReplicas', 'must be set and greater than 0'));
  else if (maxReplicas < 1)
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to 1'));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`'));
  const before = old?.scaleTargetRef;
  validateReference(
    target,
    {
      mayBeCore: target.kind === 'ReplicationController',
      mayBeInvalid: before?.apiVersion === target.apiVersion && before?.kind === target.kind,
    },
    'spec.scaleTargetRef',
    errors,
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
  const select = rules.selectPolicy;
  if (select !== undefined && !SELECT_POLICIES.includes(select))
    errors.push(notSupported(`${path}.selectPolicy`, select, SELECT_POLICIES));
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
  if (rules.tolerance !== undefined && quantityNano(rules.tolerance) < 0n)
    errors.push(invalid(`${path}.tolerance`, rules.tolerance, 'must be greater than or equal to 0'));
}

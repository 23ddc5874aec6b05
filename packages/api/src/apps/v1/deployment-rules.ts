import { forbidden, invalid, notSupported } from '@gantry/machinery/field-error';
import { templateWarnings } from '../../core/v1/pod-warnings.ts';
import type { Deployment, DeploymentStrategy } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { type Errors, intOrPercent, nonNegative, notAbove100Percent } from '../../validation/common.ts';
import { rollingInGo } from '../../validation/go-value.ts';
import {
  defaultTemplate,
  keepLabels,
  selectorIsImmutable,
  validateSelectorAndTemplate,
} from './workload-rules.ts';
import { validateDeploymentStatus } from './workload-status.ts';

export const deploymentRules: KindRules<Deployment> = {
  warnings: ({ spec, metadata }, old) =>
    old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : templateWarnings(spec.template),
  defaults(deployment) {
    defaultTemplate(deployment.spec.template);
    const strategy = deployment.spec.strategy;
    if (strategy?.type !== 'RollingUpdate') return;
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= '25%';
    strategy.rollingUpdate.maxSurge ??= '25%';
  },
  prepareForUpdate(deployment, old, context) {
    if (context.subresource === 'status') return keepLabels(deployment, old);
    // Annotations count as intent: the deployment controller copies them to its replica sets.
    if (
      semanticEqual(deployment.spec, old.spec) &&
      !semanticEqual(deployment.metadata.annotations, old.metadata.annotations)
    )
      deployment.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  validate(deployment) {
    const errors: Errors = [];
    const { spec } = deployment;
    nonNegative(spec.replicas, 'spec.replicas', errors);
    validateSelectorAndTemplate(
      spec,
      { owner: 'deployment', supporter: 'ReplicaSet', unusable: 'invalid label selector' },
      errors,
    );
    validateStrategy(spec.strategy, errors);
    nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
    nonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', errors);
    const deadline = spec.progressDeadlineSeconds;
    nonNegative(deadline, 'spec.progressDeadlineSeconds', errors);
    if (deadline !== undefined && deadline <= (spec.minReadySeconds ?? 0))
      errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
    return errors;
  },
  validateStatusUpdate: validateDeploymentStatus,
  validateUpdate(deployment, old) {
    const errors: Errors = [];
    selectorIsImmutable(deployment.spec.selector, old.spec.selector, errors);
    return errors;
  },
};

function validateStrategy(strategy: DeploymentStrategy | undefined, errors: Errors): void {
  const path = 'spec.strategy';
  const rolling = strategy?.rollingUpdate;
  if (strategy?.type === 'Recreate') {
    if (rolling !== undefined)
      errors.push(
        forbidden(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'"),
      );
  } else if (strategy?.type === 'RollingUpdate') {
    const { maxUnavailable, maxSurge } = rolling ?? {};
    intOrPercent(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`, errors);
    intOrPercent(maxSurge, `${path}.rollingUpdate.maxSurge`, errors);
    if (isNought(maxUnavailable) && isNought(maxSurge))
      errors.push(
        invalid(`${path}.rollingUpdate.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'),
      );
    notAbove100Percent(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`, errors);
  } else errors.push(notSupported(path, rollingInGo(strategy), ['Recreate', 'RollingUpdate']));
}

/** What is no percentage counts as zero. */
const isNought = (value: string | number | undefined): boolean =>
  typeof value === 'string' ? !/^0*[1-9][0-9]*%$/.test(value) : (value ?? 0) === 0;

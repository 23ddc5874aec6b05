import { invalid, required } from '@gantry/machinery/field-error';
import { matchesSelectorObject } from '@gantry/machinery/label-selector';
import { defaultTemplate, runsForEver } from '../../apps/v1/workload-rules.ts';
import { validateReplicaStatus } from '../../apps/v1/workload-status.ts';
import type { ReplicationController } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';
import { sortedMap } from '../../validation/go-value.ts';
import { validatePodTemplate } from './pod-spec-validation/pod-spec.ts';
import { templateWarnings } from './pod-warnings.ts';

export const replicationControllerRules: KindRules<ReplicationController> = {
  // On an update the original looks at the template that was there.
  warnings: ({ spec, metadata }, old) =>
    old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : templateWarnings((old ?? { spec }).spec.template),
  defaults(controller) {
    const { spec, metadata } = controller;
    defaultTemplate(spec.template);
    const labels = spec.template?.metadata?.labels;
    if (labels === undefined) return;
    if (Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
    if (Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
  },
  validate(controller) {
    const errors: Errors = [];
    const { spec } = controller;
    nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
    const selector = spec.selector ?? {};
    if (Object.keys(selector).length === 0) errors.push(required('spec.selector'));
    nonNegative(spec.replicas, 'spec.replicas', errors);
    if (spec.template === undefined) {
      errors.push(required('spec.template'));
      return errors;
    }
    const labels = spec.template.metadata?.labels;
    if (!matchesSelectorObject({ matchLabels: selector }, labels))
      errors.push(
        invalid(
          'spec.template.metadata.labels',
          sortedMap(labels),
          '`selector` does not match template `labels`',
        ),
      );
    validatePodTemplate(spec.template, 'spec.template', errors);
    runsForEver(spec.template, 'ReplicationController', errors);
    return errors;
  },
  validateStatusUpdate: validateReplicaStatus,
};

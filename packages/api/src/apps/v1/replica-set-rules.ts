import { templateWarnings } from '../../core/v1/pod-warnings.ts';
import type { ReplicaSet } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { type Errors, nonNegative } from '../../validation/common.ts';
import {
  defaultTemplate,
  keepLabels,
  selectorIsImmutable,
  validateSelectorAndTemplate,
} from './workload-rules.ts';
import { validateReplicaStatus } from './workload-status.ts';

export const replicaSetRules: KindRules<ReplicaSet> = {
  warnings: ({ spec, metadata }, old) =>
    old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : templateWarnings(spec.template),
  defaults(set) {
    defaultTemplate(set.spec.template);
  },
  prepareForUpdate(set, old, context) {
    if (context.subresource === 'status') keepLabels(set, old);
  },
  validate(set) {
    const errors: Errors = [];
    nonNegative(set.spec.replicas, 'spec.replicas', errors);
    nonNegative(set.spec.minReadySeconds, 'spec.minReadySeconds', errors);
    validateSelectorAndTemplate(
      set.spec,
      { owner: 'deployment', supporter: 'ReplicaSet', unusable: 'invalid label selector' },
      errors,
    );
    return errors;
  },
  validateUpdate(set, old) {
    const errors: Errors = [];
    selectorIsImmutable(set.spec.selector, old.spec.selector, errors);
    return errors;
  },
  validateStatusUpdate: validateReplicaStatus,
};

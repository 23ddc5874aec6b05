import { defaultTemplate } from '../../apps/v1/workload-rules.ts';
import type { PodTemplate } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import type { Errors } from '../../validation/common.ts';
import { validatePodTemplate } from './pod-spec-validation/pod-spec.ts';
import { podSpecWarnings } from './pod-warnings.ts';

export const podTemplateRules: KindRules<PodTemplate> = {
  warnings: ({ template, metadata }, old) =>
    old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : podSpecWarnings(template?.spec, 'template.spec'),
  defaults(object) {
    defaultTemplate(object.template);
  },
  validate(object) {
    const errors: Errors = [];
    validatePodTemplate(object.template, 'template', errors);
    return errors;
  },
};

import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { matchesSelectorObject } from '@gantry/machinery/label-selector';
import { defaultPodSpec } from '../../core/v1/pod-spec-defaults.ts';
import { validatePodTemplate } from '../../core/v1/pod-spec-validation/pod-spec.ts';
import type { LabelSelector, PodTemplateSpec } from '../../generated/types.ts';
import { type Errors, isEmptySelector, validateLabelSelector } from '../../validation/common.ts';

/** Defaults of a workload's template. Templates keep the labels of their author: nothing is generated here. */
export function defaultTemplate(template: PodTemplateSpec | undefined): void {
  if (template?.spec !== undefined) defaultPodSpec(template.spec);
}

/**
 * Selector and template of a workload whose pods run for ever.
 * `owner` is its kind in lower case, `supporter` the kind named in the message about activeDeadlineSeconds.
 */
export function validateSelectorAndTemplate(
  spec: { selector?: LabelSelector; template?: PodTemplateSpec },
  owner: string,
  supporter: string,
  errors: Errors,
): void {
  const { selector, template } = spec;
  if (selector === undefined) errors.push(required('spec.selector'));
  else {
    validateLabelSelector(selector, 'spec.selector', errors);
    if (isEmptySelector(selector))
      errors.push(invalid('spec.selector', selector, `empty selector is invalid for ${owner}`));
    else if (!matchesSelectorObject(selector, template?.metadata?.labels))
      errors.push(
        invalid(
          'spec.template.metadata.labels',
          template?.metadata?.labels ?? null,
          '`selector` does not match template `labels`',
        ),
      );
  }
  validatePodTemplate(template, 'spec.template', errors);
  const pod = template?.spec;
  if (pod?.restartPolicy !== undefined && pod.restartPolicy !== 'Always')
    errors.push(notSupported('spec.template.spec.restartPolicy', pod.restartPolicy, ['Always']));
  if (pod?.activeDeadlineSeconds !== undefined)
    errors.push(
      forbidden(
        'spec.template.spec.activeDeadlineSeconds',
        `activeDeadlineSeconds in ${supporter} is not Supported`,
      ),
    );
}

export function selectorIsImmutable(
  now: LabelSelector | undefined,
  was: LabelSelector | undefined,
  errors: Errors,
): void {
  if (!deepEqual(now, was)) errors.push(invalid('spec.selector', now ?? null, 'field is immutable'));
}

/** A status update of a workload leaves its labels alone. */
export function keepLabels(
  object: { metadata: { labels?: Record<string, string> } },
  old: { metadata: { labels?: Record<string, string> } },
): void {
  if (old.metadata.labels === undefined) delete object.metadata.labels;
  else object.metadata.labels = old.metadata.labels;
}

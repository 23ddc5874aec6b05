import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { matchesSelectorObject } from '@gantry/machinery/label-selector';
import { defaultPodSpec } from '../../core/v1/pod-spec-defaults.ts';
import { validatePodTemplate } from '../../core/v1/pod-spec-validation/pod-spec.ts';
import type { LabelSelector, PodTemplateSpec } from '../../generated/types.ts';
import {
  type Errors,
  isEmptySelector,
  isUsableSelector,
  validateLabelSelector,
} from '../../validation/common.ts';
import { orderedSelector, sortedMap } from '../../validation/go-value.ts';

/** Defaults of a workload's template. Templates keep the labels of their author: nothing is generated here. */
export function defaultTemplate(template: PodTemplateSpec | undefined): void {
  if (template?.spec !== undefined) defaultPodSpec(template.spec);
}

/** What differs between the kinds in the rules of their selector and template. */
export interface SelectorRules {
  /** The kind in lower case, as the message about empty selectors has it. */
  readonly owner: string;
  /** The kind named in the message about activeDeadlineSeconds. */
  readonly supporter: string;
  /** Said about a selector that cannot be evaluated; without it nothing is, and the template is still looked at. */
  readonly unusable?: string;
}

/** Selector and template of a workload whose pods run for ever. */
export function validateSelectorAndTemplate(
  spec: { selector?: LabelSelector; template?: PodTemplateSpec },
  { owner, supporter, unusable }: SelectorRules,
  errors: Errors,
): void {
  const { selector, template } = spec;
  const isEmpty = selector !== undefined && isEmptySelector(selector);
  if (selector === undefined && unusable !== undefined) errors.push(required('spec.selector'));
  validateLabelSelector(selector, 'spec.selector', errors);
  if (isEmpty) errors.push(invalid('spec.selector', {}, `empty selector is invalid for ${owner}`));
  const isUsable = selector === undefined || isUsableSelector(selector);
  if (!isUsable && unusable !== undefined) {
    errors.push(invalid('spec.selector', orderedSelector(selector), unusable));
    return;
  }
  // No selector selects nothing, so that it matches no labels.
  const labels = template?.metadata?.labels;
  if (isUsable && !isEmpty && (selector === undefined || !matchesSelectorObject(selector, labels)))
    errors.push(
      invalid(
        'spec.template.metadata.labels',
        sortedMap(labels),
        '`selector` does not match template `labels`',
      ),
    );
  validatePodTemplate(template, 'spec.template', errors);
  runsForEver(template, supporter, errors);
}

/** Pods of a workload are started again and again, without a deadline. */
export function runsForEver(template: PodTemplateSpec | undefined, supporter: string, errors: Errors): void {
  const policy = template?.spec?.restartPolicy ?? '';
  if (policy !== 'Always') errors.push(notSupported('spec.template.spec.restartPolicy', policy, ['Always']));
  if (template?.spec?.activeDeadlineSeconds !== undefined)
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
  if (!deepEqual(now, was))
    errors.push(
      invalid('spec.selector', now === undefined ? null : orderedSelector(now), 'field is immutable'),
    );
}

/** A status update of a workload leaves its labels alone. */
export function keepLabels(
  object: { metadata: { labels?: Record<string, string> } },
  old: { metadata: { labels?: Record<string, string> } },
): void {
  if (old.metadata.labels === undefined) delete object.metadata.labels;
  else object.metadata.labels = { ...old.metadata.labels };
}

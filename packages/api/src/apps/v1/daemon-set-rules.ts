import { invalid, notSupportedInOrder, required } from '@gantry/machinery/field-error';
import { templateWarnings } from '../../core/v1/pod-warnings.ts';
import type { DaemonSet, DaemonSetSpec } from '../../generated/types.ts';
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
import { validateDaemonSetStatus } from './workload-status.ts';

/** Counts the changes of the template, for clients of an API that is gone. */
const GENERATION = 'deprecated.daemonset.template.generation';

function setGeneration({ metadata }: DaemonSet, generation: number): void {
  metadata.annotations = { ...metadata.annotations, [GENERATION]: String(generation) };
}

export const daemonSetRules: KindRules<DaemonSet> = {
  warnings: ({ spec, metadata }, old) =>
    old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : templateWarnings(spec.template),
  defaults(set) {
    // Kept as a number by the original, which every object has.
    if (set.metadata.annotations?.[GENERATION] === undefined) setGeneration(set, 0);
    defaultTemplate(set.spec.template);
    const strategy = set.spec.updateStrategy;
    if (strategy?.type !== 'RollingUpdate') return;
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= 1;
    strategy.rollingUpdate.maxSurge ??= 0;
  },
  prepareForCreate(set) {
    setGeneration(set, 1);
  },
  prepareForUpdate(set, old, context) {
    if (context.subresource === 'status') keepLabels(set, old);
    const generation = Number(old.metadata.annotations?.[GENERATION] ?? 1);
    const isSame = context.subresource === 'status' || semanticEqual(set.spec.template, old.spec.template);
    setGeneration(set, isSame ? generation : generation + 1);
  },
  validate(set, _context, old) {
    const errors: Errors = [];
    if (old !== undefined) selectorIsImmutable(set.spec.selector, old.spec.selector, errors);
    validateSelectorAndTemplate(set.spec, { owner: 'daemonset', supporter: 'DaemonSet' }, errors);
    nonNegative(set.spec.minReadySeconds, 'spec.minReadySeconds', errors);
    validateStrategy(set.spec, errors);
    nonNegative(set.spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', errors);
    return errors;
  },
  validateStatusUpdate: validateDaemonSetStatus,
};

function validateStrategy(spec: DaemonSetSpec, errors: Errors): void {
  const strategy = spec.updateStrategy;
  if (strategy?.type === 'OnDelete') return;
  if (strategy?.type !== 'RollingUpdate') {
    errors.push(
      notSupportedInOrder('spec.updateStrategy', rollingInGo(strategy), ['RollingUpdate', 'OnDelete']),
    );
    return;
  }
  const path = 'spec.updateStrategy.rollingUpdate';
  const { maxUnavailable, maxSurge } = strategy.rollingUpdate ?? {};
  intOrPercent(maxUnavailable, `${path}.maxUnavailable`, errors);
  notAbove100Percent(maxUnavailable, `${path}.maxUnavailable`, errors);
  intOrPercent(maxSurge, `${path}.maxSurge`, errors);
  notAbove100Percent(maxSurge, `${path}.maxSurge`, errors);
  const hasUnavailable = isAmount(maxUnavailable);
  const hasSurge = isAmount(maxSurge);
  if (hasUnavailable && hasSurge)
    errors.push(invalid(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  if (!hasUnavailable && !hasSurge)
    errors.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
}

/** What is no percentage counts as zero. */
const isAmount = (value: string | number | undefined): boolean =>
  typeof value === 'string' ? /^0*[1-9][0-9]*%$/.test(value) : (value ?? 0) !== 0;

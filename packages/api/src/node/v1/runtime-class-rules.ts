import { duplicate, invalid, required } from '@gantry/machinery/field-error';
import { validateLabels } from '@gantry/machinery/object-meta';
import { nameIsDNSLabel } from '@gantry/machinery/validation';
import { validateResources } from '../../core/v1/pod-spec-validation/resources.ts';
import { validateTolerations } from '../../core/v1/pod-spec-validation/scheduling.ts';
import { DEPRECATED_LABELS } from '../../core/v1/pod-warnings.ts';
import type { RuntimeClass } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { check, type Errors } from '../../validation/common.ts';

export const runtimeClassRules: KindRules<RuntimeClass> = {
  warnings: ({ scheduling }) =>
    Object.keys(scheduling?.nodeSelector ?? {}).flatMap((key) => {
      const advice = DEPRECATED_LABELS[key];
      return advice === undefined ? [] : [`scheduling.nodeSelector: ${advice}`];
    }),
  validate(runtimeClass) {
    const errors: Errors = [];
    const { handler, overhead, scheduling } = runtimeClass;
    if (handler === '') errors.push(required('handler'));
    else check(nameIsDNSLabel(handler, false), 'handler', handler, errors);
    if (overhead?.podFixed !== undefined)
      validateResources({ limits: overhead.podFixed }, new Set(), 'overhead', errors);
    errors.push(...validateLabels(scheduling?.nodeSelector ?? {}, 'scheduling.nodeSelector'));
    validateUniqueTolerations(scheduling?.tolerations ?? [], errors);
    return errors;
  },
  validateUpdate: ({ handler }, old) =>
    handler === old.handler ? [] : [invalid('handler', handler, 'field is immutable')],
};

type Tolerations = NonNullable<NonNullable<RuntimeClass['scheduling']>['tolerations']>;

function validateUniqueTolerations(tolerations: Tolerations, errors: Errors): void {
  validateTolerations(tolerations, 'scheduling.tolerations', errors);
  const seen = new Set<string>();
  for (const [index, toleration] of tolerations.entries()) {
    const { key = '', operator = '', value = '', effect = '', tolerationSeconds = null } = toleration;
    const text = JSON.stringify([key, operator, value, effect, tolerationSeconds]);
    if (seen.has(text)) errors.push(duplicate(`scheduling.tolerations[${index}]`, toleration));
    seen.add(text);
  }
}

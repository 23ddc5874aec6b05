import { invalid } from '@gantry/machinery/field-error';
import type { Event } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import type { Errors } from '../../validation/common.ts';

export const eventRules: KindRules<Event> = {
  validate(event) {
    const errors: Errors = [];
    const about = event.involvedObject?.namespace ?? '';
    const { namespace } = event.metadata;
    // Events about cluster-scoped objects live in `default`.
    if (about === '' ? namespace !== 'default' && namespace !== 'kube-system' : about !== namespace)
      errors.push(invalid('involvedObject.namespace', about, 'does not match event.namespace'));
    return errors;
  },
};

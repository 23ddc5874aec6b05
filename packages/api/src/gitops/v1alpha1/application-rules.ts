import { invalid } from '@gantry/machinery/field-error';
import type { Application } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { changedPartErrors } from './source-rules.ts';

/** As the sync reads them: `30s`, `1h30m`, `1.5s`. */
const DURATION = /^(\d+(\.\d+)?(ms|s|m|h))+$/;

/** What was stored before these rules came stays as it is: only what is new has to keep them. */
export const applicationRules: KindRules<Application> = {
  validate({ metadata, spec }, _context, old) {
    const { timeout, retry } = spec.syncPolicy ?? {};
    // Required, but these rules run beside the check that says so.
    const source = spec.source as Application['spec']['source'] | undefined;
    const before = old?.spec.syncPolicy;
    const durations = [
      ['spec.source.helm.interval', source?.helm?.interval, old?.spec.source?.helm?.interval],
      ['spec.syncPolicy.timeout', timeout, before?.timeout],
      ['spec.syncPolicy.retry.first', retry?.first, before?.retry?.first],
      ['spec.syncPolicy.retry.max', retry?.max, before?.retry?.max],
    ] as const;
    const errors = durations
      .filter(([, text, was]) => text !== undefined && text !== was && !DURATION.test(text))
      .map(([field, text]) => invalid(field, text, 'must be a duration such as 30s, 5m or 1h30m'));
    for (const [index, { name, namespace }] of (spec.dependsOn ?? []).entries())
      if (name === metadata.name && (namespace ?? metadata.namespace) === metadata.namespace)
        errors.push(invalid(`spec.dependsOn[${index}].name`, name, 'must not be the Application itself'));
    return [...errors, ...changedPartErrors(spec, old?.spec)];
  },
};

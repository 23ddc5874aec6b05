import { type FieldError, invalid, required } from '@gantry/machinery/field-error';
import type { Repository, RepositorySpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';

const ADDRESS = /^((https?|ssh):\/\/[^/\s]|[^@/:\s]+@[^:/\s]+:[^\s])/;
const DURATION = /^(\d+(\.\d+)?(ms|s|m|h))+$/;

function specErrors(spec: RepositorySpec, old: RepositorySpec | undefined): FieldError[] {
  const { url = '', hosted = false, interval } = spec;
  const errors: FieldError[] = [];
  if (url !== old?.url || hosted !== (old?.hosted ?? false)) {
    if (url !== '' && hosted)
      errors.push(invalid('spec.url', url, 'must be empty for one that Gantry hosts'));
    else if (url === '' && !hosted)
      errors.push(required('spec.url', 'where the repository is, or hosted: true'));
    else if (url !== '' && !ADDRESS.test(url))
      errors.push(
        invalid('spec.url', url, 'must be an https://, http:// or ssh:// address, or user@host:path'),
      );
  }
  if (interval !== undefined && interval !== old?.interval && !DURATION.test(interval))
    errors.push(invalid('spec.interval', interval, 'must be a duration such as 30s or 5m'));
  return errors;
}

/** What was stored before these rules came stays as it is: only what is new has to keep them. */
export const repositoryRules: KindRules<Repository> = {
  validate: ({ spec }, _context, old) =>
    specErrors(spec ?? {}, old === undefined ? undefined : (old.spec ?? {})),
};

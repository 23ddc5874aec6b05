import { invalid, notSupportedInOrder, required } from '@gantry/machinery/field-error';
import { formatTime } from '@gantry/machinery/time';
import { isDNS1035Label, isDNS1123Subdomain, isPortNumber } from '@gantry/machinery/validation';
import type { APIService } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { decodedLength } from '../../validation/base64.ts';
import { check, type Errors } from '../../validation/common.ts';

const MAX_GROUP_PRIORITY = 20_000;
const MAX_VERSION_PRIORITY = 1000;
const STATUSES = ['True', 'False', 'Unknown'];

export const apiServiceRules: KindRules<APIService> = {
  prepareForCreate(service, { now }) {
    service.status = {};
    // What the server serves itself is there at once.
    if (service.spec.service === undefined)
      service.status.conditions = [
        {
          type: 'Available',
          status: 'True',
          lastTransitionTime: formatTime(now),
          reason: 'Local',
          message: 'Local APIServices are always available',
        },
      ];
  },
  validate(service) {
    const errors: Errors = [];
    const { group = '', version = '', groupPriorityMinimum, versionPriority } = service.spec;
    const name = `${version}.${group}`;
    if (service.metadata.name !== name)
      errors.push(
        invalid(
          'metadata.name',
          service.metadata.name,
          `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(name)}`,
        ),
      );
    if (group !== '') check(isDNS1123Subdomain(group), 'spec.group', group, errors);
    else if (version !== 'v1')
      errors.push(required('spec.group', 'only v1 may have an empty group and it better be legacy kube'));
    check(isDNS1035Label(version), 'spec.version', version, errors);
    if (groupPriorityMinimum <= 0 || groupPriorityMinimum > MAX_GROUP_PRIORITY)
      errors.push(
        invalid(
          'spec.groupPriorityMinimum',
          groupPriorityMinimum,
          `must be positive and less than ${MAX_GROUP_PRIORITY}`,
        ),
      );
    if (versionPriority <= 0 || versionPriority > MAX_VERSION_PRIORITY)
      errors.push(
        invalid(
          'spec.versionPriority',
          versionPriority,
          `must be positive and less than ${MAX_VERSION_PRIORITY}`,
        ),
      );
    validateBackend(service, errors);
    return errors;
  },
  validateStatusUpdate({ status }) {
    const errors: Errors = [];
    for (const [index, condition] of (status?.conditions ?? []).entries())
      if (!STATUSES.includes(condition.status))
        errors.push(notSupportedInOrder(`status.conditions[${index}].status`, condition.status, STATUSES));
    return errors;
  },
};

function validateBackend({ spec }: APIService, errors: Errors): void {
  const { service, caBundle = '', insecureSkipTLSVerify = false } = spec;
  const at = 'spec.insecureSkipTLSVerify';
  if (service === undefined) {
    if (caBundle !== '')
      errors.push(
        invalid(
          'spec.caBundle',
          `${decodedLength(caBundle)} bytes`,
          'local APIServices may not have a caBundle',
        ),
      );
    if (insecureSkipTLSVerify)
      errors.push(invalid(at, insecureSkipTLSVerify, 'local APIServices may not have insecureSkipTLSVerify'));
    return;
  }
  if (!service.namespace) errors.push(required('spec.service.namespace'));
  if (!service.name) errors.push(required('spec.service.name'));
  const port = service.port ?? 0;
  const reasons = isPortNumber(port);
  if (reasons.length > 0)
    errors.push(invalid('spec.service.port', port, `port is not valid: ${reasons.join(', ')}`));
  if (insecureSkipTLSVerify && caBundle !== '')
    errors.push(invalid(at, insecureSkipTLSVerify, 'may not be true if caBundle is present'));
}

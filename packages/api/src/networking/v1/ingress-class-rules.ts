import { forbidden, invalid, notSupported, required, tooLong } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain, isPathSegmentName, nameIsDNSLabel } from '@gantry/machinery/validation';
import type { IngressClass, IngressClassParametersReference } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { check, type Errors } from '../../validation/common.ts';
import { validateDomainPrefixedPath } from '../../validation/domain-prefixed-path.ts';

const MAX_CONTROLLER = 250;
const SCOPES = ['Cluster', 'Namespace'];

export const ingressClassRules: KindRules<IngressClass> = {
  validate({ spec }, _context, old) {
    const errors: Errors = [];
    const controller = spec.controller ?? '';
    if (old !== undefined && controller !== (old.spec.controller ?? ''))
      errors.push(invalid('spec.controller', controller, 'field is immutable'));
    if (Buffer.byteLength(controller) > MAX_CONTROLLER)
      errors.push(tooLong('spec.controller', MAX_CONTROLLER));
    validateDomainPrefixedPath(controller, 'spec.controller', errors);
    if (spec.parameters !== undefined) validateParameters(spec.parameters, 'spec.parameters', errors);
    return errors;
  },
};

function validateParameters(parameters: IngressClassParametersReference, path: string, errors: Errors): void {
  const { apiGroup, scope = '', namespace } = parameters;
  if (apiGroup !== undefined) check(isDNS1123Subdomain(apiGroup), `${path}.apiGroup`, apiGroup, errors);
  for (const field of ['kind', 'name'] as const) {
    const value = parameters[field];
    if (value === '') errors.push(required(`${path}.${field}`));
    else check(isPathSegmentName(value), `${path}.${field}`, value, errors);
  }
  if (!SCOPES.includes(scope)) errors.push(notSupported(`${path}.scope`, scope, SCOPES));
  else if (scope === 'Cluster') {
    if (namespace !== undefined)
      errors.push(forbidden(`${path}.namespace`, "`parameters.scope` is set to 'Cluster'"));
  } else if (namespace === undefined)
    errors.push(required(`${path}.namespace`, "`parameters.scope` is set to 'Namespace'"));
  else check(nameIsDNSLabel(namespace, false), `${path}.namespace`, namespace, errors);
}

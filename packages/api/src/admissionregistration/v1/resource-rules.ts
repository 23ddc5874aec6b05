import { invalid, notSupported, required } from '@gantry/machinery/field-error';
import type { RuleWithOperations } from '../../generated/types.ts';
import type { Errors } from '../../validation/common.ts';

const SCOPES = ['*', 'Cluster', 'Namespaced'];
const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

/** Which operations on which resources a webhook or a policy is asked about. */
export function validateRuleWithOperations(rule: RuleWithOperations, path: string, errors: Errors): void {
  const operations = rule.operations ?? [];
  if (operations.length === 0) errors.push(required(`${path}.operations`));
  aloneIfWildcard(operations, `${path}.operations`, 'operations', errors);
  for (const [index, operation] of operations.entries())
    if (!OPERATIONS.includes(operation))
      errors.push(notSupported(`${path}.operations[${index}]`, operation, OPERATIONS));
  const groups = rule.apiGroups ?? [];
  if (groups.length === 0) errors.push(required(`${path}.apiGroups`));
  aloneIfWildcard(groups, `${path}.apiGroups`, 'API groups', errors);
  const versions = rule.apiVersions ?? [];
  if (versions.length === 0) errors.push(required(`${path}.apiVersions`));
  aloneIfWildcard(versions, `${path}.apiVersions`, 'API versions', errors);
  for (const [index, version] of versions.entries())
    if (version === '') errors.push(required(`${path}.apiVersions[${index}]`));
  validateResources(rule.resources ?? [], `${path}.resources`, errors);
  if (rule.scope !== undefined && !SCOPES.includes(rule.scope))
    errors.push(notSupported(`${path}.scope`, rule.scope, SCOPES));
}

function aloneIfWildcard(list: readonly string[], path: string, what: string, errors: Errors): void {
  if (list.length > 1 && list.includes('*'))
    errors.push(invalid(path, list, `if '*' is present, must not specify other ${what}`));
}

/** `pods`, `pods/log`, with `*` for either part: a wildcard may not stand beside what it covers. */
function validateResources(resources: readonly string[], path: string, errors: Errors): void {
  if (resources.length === 0) errors.push(required(path));
  const wholeResources = new Set<string>();
  const wholeSubresources = new Set<string>();
  let lastIsPlain = false;
  for (const [index, resource] of resources.entries()) {
    if (resource === '') {
      errors.push(required(`${path}[${index}]`));
      continue;
    }
    const slash = resource.indexOf('/');
    if (slash < 0) {
      // Only the last one without a subresource counts, as in the original.
      lastIsPlain = resource !== '*';
      continue;
    }
    const [name, sub] = [resource.slice(0, slash), resource.slice(slash + 1)];
    const covered = (by: string): void => {
      errors.push(
        invalid(`${path}[${index}]`, resource, `if '${by}' is present, must not specify ${resource}`),
      );
    };
    if (wholeResources.has(name)) covered(`${name}/*`);
    if (wholeSubresources.has(sub)) covered(`*/${sub}`);
    if (sub === '*') wholeResources.add(name);
    if (name === '*') wholeSubresources.add(sub);
  }
  if (resources.length > 1 && resources.includes('*/*'))
    errors.push(invalid(path, resources, "if '*/*' is present, must not specify other resources"));
  if (resources.includes('*') && lastIsPlain)
    errors.push(
      invalid(path, resources, "if '*' is present, must not specify other resources without subresources"),
    );
}

import { invalid, required } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain, regexMessage } from '@gantry/machinery/validation';
import { check, type Errors } from './common.ts';

const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const HTTP_PATH_REGEXP = new RegExp(`^${HTTP_PATH}$`);

/** `acme.io/foo`. */
export function validateDomainPrefixedPath(value: string, path: string, errors: Errors): void {
  if (value === '') {
    errors.push(required(path));
    return;
  }
  const slash = value.indexOf('/');
  const [host, rest] = [value.slice(0, slash), value.slice(slash + 1)];
  if (slash < 1 || rest === '') {
    errors.push(invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")'));
    return;
  }
  check(isDNS1123Subdomain(host), path, host, errors);
  if (!HTTP_PATH_REGEXP.test(rest)) errors.push(invalid(path, rest, regexMessage('Invalid path', HTTP_PATH)));
}

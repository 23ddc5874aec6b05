import { type FieldError, invalid, required } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain, isPortNumber } from '@gantry/machinery/validation';

const FORM = '; desired format: https://host[/path]';

/** Where a webhook is called by URL: https, and nothing but host and path. */
export function webhookUrlErrors(url: string, path: string): FieldError[] {
  const errors: FieldError[] = [];
  // By hand, since the standard URL class repairs what must be refused.
  const [, scheme = '', , authority = ''] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(\/\/([^/?#]*))?/.exec(url) ?? [];
  if (/[^!-~\u0080-\uffff]/.test(authority) || url.startsWith(':'))
    return [required(path, `url must be a valid URL: parse ${JSON.stringify(url)}: invalid URL${FORM}`)];
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (scheme.toLowerCase() !== 'https')
    errors.push(invalid(path, scheme.toLowerCase(), `'https' is the only allowed URL scheme${FORM}`));
  if (host === '') errors.push(invalid(path, host, `host must be specified${FORM}`));
  if (at >= 0)
    errors.push(invalid(path, authority.slice(0, at), 'user information is not permitted in the URL'));
  const fragment = url.indexOf('#');
  const query = (fragment < 0 ? url : url.slice(0, fragment)).indexOf('?');
  if (fragment >= 0 && fragment < url.length - 1)
    errors.push(invalid(path, url.slice(fragment + 1), 'fragments are not permitted in the URL'));
  const queryText = query < 0 ? '' : url.slice(query + 1, fragment < 0 ? url.length : fragment);
  if (queryText !== '')
    errors.push(invalid(path, queryText, 'query parameters are not permitted in the URL'));
  return errors;
}

interface ServiceReference {
  readonly name?: string;
  readonly namespace?: string;
  readonly path?: string;
  readonly port?: number;
}

/** Where a webhook is called by Service. */
export function webhookServiceErrors(service: ServiceReference, path: string): FieldError[] {
  const errors: FieldError[] = [];
  // The original hands name and namespace over in the wrong order: the one is reported as the other.
  if (!service.namespace) errors.push(required(`${path}.name`));
  if (!service.name) errors.push(required(`${path}.namespace`));
  const port = service.port ?? 0;
  const portErrors = isPortNumber(port);
  if (portErrors.length > 0)
    errors.push(invalid(`${path}.port`, port, `port is not valid: ${portErrors.join(', ')}`));
  return service.path === undefined ? errors : errors.concat(pathErrors(service.path, `${path}.path`));
}

function pathErrors(urlPath: string, path: string): FieldError[] {
  if (urlPath === '' || urlPath === '/') return [];
  if (urlPath === '//') return [invalid(path, urlPath, 'segment[0] may not be empty')];
  const errors: FieldError[] = [];
  if (!urlPath.startsWith('/')) errors.push(invalid(path, urlPath, "must start with a '/'"));
  const steps = urlPath.slice(1).replace(/\/$/, '').split('/');
  for (const [index, step] of steps.entries()) {
    if (step === '') errors.push(invalid(path, urlPath, `segment[${index}] may not be empty`));
    else
      for (const reason of isDNS1123Subdomain(step))
        errors.push(invalid(path, urlPath, `segment[${index}]: ${reason}`));
  }
  return errors;
}

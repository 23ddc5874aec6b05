import { type FieldError, forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1035Label, isDNS1123Subdomain, isPortNumber } from '@gantry/machinery/validation';
import type { Definition, DefinitionConversion, WebhookClientConfig } from '../definition.ts';

const REVIEW_VERSIONS = ['v1', 'v1beta1'];
const FORM = '; desired format: https://host[/path]';

export interface ConversionOptions {
  /** At least one review version must be one that the server speaks. */
  readonly requireKnownReview: boolean;
  /** A bundle that is no certificate is let through, as before the definition is established. */
  readonly allowInvalidBundle: boolean;
}

/** What is wrong with a CA bundle (base64), or undefined. An empty one means the system's authorities. */
export function bundleError(bundle: string | undefined): string | undefined {
  if (bundle === undefined || bundle === '') return undefined;
  const text = Buffer.from(bundle, 'base64').toString('latin1');
  if (text.trim() === '') return undefined;
  return /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.test(text)
    ? undefined
    : 'unable to load root certificates: unable to parse bytes as PEM block';
}

export function validateConversion(
  conversion: DefinitionConversion | undefined,
  path: string,
  options: ConversionOptions,
): FieldError[] {
  if (conversion === undefined) return [];
  const { strategy, webhook } = conversion;
  const errors: FieldError[] = [];
  if (strategy === '' || strategy === undefined) errors.push(required(`${path}.strategy`));
  else if (strategy !== 'None' && strategy !== 'Webhook')
    errors.push(notSupported(`${path}.strategy`, strategy, ['None', 'Webhook']));
  const client = webhook?.clientConfig;
  const versions = webhook?.conversionReviewVersions ?? [];
  if (strategy !== 'Webhook') {
    const detail = 'should not be set when strategy is not set to Webhook';
    if (client !== undefined) errors.push(forbidden(`${path}.webhookClientConfig`, detail));
    if (versions.length > 0) errors.push(forbidden(`${path}.conversionReviewVersions`, detail));
    return errors;
  }
  const at = `${path}.webhookClientConfig`;
  if (client === undefined) errors.push(required(at, 'required when strategy is set to Webhook'));
  else errors.push(...validateClient(client, at, options.allowInvalidBundle));
  return errors.concat(
    validateReviewVersions(versions, `${path}.conversionReviewVersions`, options.requireKnownReview),
  );
}

function validateClient(
  client: WebhookClientConfig,
  path: string,
  allowInvalidBundle: boolean,
): FieldError[] {
  const { url, service, caBundle } = client;
  const errors: FieldError[] = [];
  if ((url === undefined) === (service === undefined))
    errors.push(required(path, 'exactly one of url or service is required'));
  else if (url !== undefined) errors.push(...validateWebhookUrl(url, `${path}.url`));
  else if (service !== undefined) errors.push(...validateService(service, `${path}.service`));
  const wrong = allowInvalidBundle ? undefined : bundleError(caBundle);
  if (wrong !== undefined) errors.push(invalid(`${path}.caBundle`, caBundle, wrong));
  return errors;
}

function validateWebhookUrl(text: string, path: string): FieldError[] {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return [
      required(
        path,
        `url must be a valid URL: parse ${JSON.stringify(text)}: invalid URI for request${FORM}`,
      ),
    ];
  }
  const errors: FieldError[] = [];
  if (url.protocol !== 'https:')
    errors.push(invalid(path, url.protocol.slice(0, -1), `'https' is the only allowed URL scheme${FORM}`));
  if (url.host === '') errors.push(invalid(path, '', `host must be specified${FORM}`));
  if (url.username !== '' || url.password !== '')
    errors.push(invalid(path, url.username, 'user information is not permitted in the URL'));
  if (url.hash !== '')
    errors.push(invalid(path, url.hash.slice(1), 'fragments are not permitted in the URL'));
  if (url.search !== '')
    errors.push(invalid(path, url.search.slice(1), 'query parameters are not permitted in the URL'));
  return errors;
}

function validateService(service: NonNullable<WebhookClientConfig['service']>, path: string): FieldError[] {
  const errors: FieldError[] = [];
  // The original mixes the two up, and clients see it.
  if (service.namespace === '') errors.push(required(`${path}.name`));
  if (service.name === '') errors.push(required(`${path}.namespace`));
  const port = service.port ?? 443;
  const wrong = isPortNumber(port);
  if (wrong.length > 0) errors.push(invalid(`${path}.port`, port, `port is not valid: ${wrong.join(', ')}`));
  const target = service.path ?? '';
  const at = `${path}.path`;
  if (target === '' || target === '/') return errors;
  if (target === '//') return [...errors, invalid(at, target, 'segment[0] may not be empty')];
  if (!target.startsWith('/')) errors.push(invalid(at, target, "must start with a '/'"));
  for (const [index, step] of target.slice(1).replace(/\/$/, '').split('/').entries()) {
    if (step === '') errors.push(invalid(at, target, `segment[${index}] may not be empty`));
    else
      for (const failure of isDNS1123Subdomain(step))
        errors.push(invalid(at, target, `segment[${index}]: ${failure}`));
  }
  return errors;
}

function validateReviewVersions(
  versions: readonly string[],
  path: string,
  requireKnown: boolean,
): FieldError[] {
  if (versions.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, version] of versions.entries()) {
    if (seen.has(version)) {
      errors.push(invalid(`${path}[${index}]`, version, 'duplicate version'));
      continue;
    }
    seen.add(version);
    for (const wrong of isDNS1035Label(version)) errors.push(invalid(`${path}[${index}]`, version, wrong));
  }
  if (requireKnown && !versions.some((version) => REVIEW_VERSIONS.includes(version)))
    errors.push(invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`));
  return errors;
}

/** Whether the old definition already had review versions that the server knows, or none at all. */
export function hadKnownReview({ spec }: Definition): boolean {
  const versions = spec.conversion?.webhook?.conversionReviewVersions ?? [];
  return versions.length === 0 || versions.some((version) => REVIEW_VERSIONS.includes(version));
}

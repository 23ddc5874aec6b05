import { X509Certificate } from 'node:crypto';
import {
  duplicate,
  type FieldError,
  formatFieldError,
  invalid,
  notSupported,
  required,
} from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import { parseYamlText } from '../../../http/yaml.ts';

export interface Mapping {
  readonly claim?: string;
  readonly prefix?: string;
  readonly expression?: string;
}

/** One issuer of JWTs that the API server trusts. */
export interface JwtConfiguration {
  readonly issuer: {
    readonly url: string;
    readonly discoveryURL?: string;
    readonly certificateAuthority?: string;
    readonly audiences: readonly string[];
    readonly audienceMatchPolicy?: string;
  };
  readonly claimValidationRules?: readonly {
    readonly claim?: string;
    readonly requiredValue?: string;
    readonly expression?: string;
    readonly message?: string;
  }[];
  readonly claimMappings: {
    readonly username: Mapping;
    readonly groups?: Mapping;
    readonly uid?: Mapping;
    readonly extra?: readonly { readonly key: string; readonly valueExpression: string }[];
  };
  readonly userValidationRules?: readonly { readonly expression: string; readonly message?: string }[];
}

/** `AuthenticationConfiguration` of apiserver.config.k8s.io. */
export interface AuthenticationConfiguration {
  readonly jwt: readonly JwtConfiguration[];
  readonly anonymous?: {
    readonly enabled: boolean;
    readonly conditions?: readonly { readonly path: string }[];
  };
}

const GROUP = 'apiserver.config.k8s.io/';
const VERSIONS = ['v1', 'v1beta1', 'v1alpha1'];
const MAX_ISSUERS = 64;
const OWN_DOMAIN = /(^|\.)(kubernetes\.io|k8s\.io)$/;

function urlErrors(text: string, path: string): FieldError[] {
  if (!URL.canParse(text)) return [invalid(path, text, 'must be a URL')];
  const url = new URL(text);
  const errors: FieldError[] = [];
  if (url.protocol !== 'https:') errors.push(invalid(path, text, 'URL scheme must be https'));
  if (url.username !== '' || url.password !== '')
    errors.push(invalid(path, text, 'URL must not contain a username or password'));
  if (url.search !== '') errors.push(invalid(path, text, 'URL must not contain a query'));
  if (url.hash !== '') errors.push(invalid(path, text, 'URL must not contain a fragment'));
  return errors;
}

function audienceErrors(issuer: JwtConfiguration['issuer'], path: string): FieldError[] {
  const { audiences = [], audienceMatchPolicy = '' } = issuer;
  if (audiences.length === 0)
    return [required(`${path}.audiences`, `at least one ${path}.audiences is required`)];
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, audience] of audiences.entries()) {
    if (audience === '') errors.push(required(`${path}.audiences[${index}]`));
    if (seen.has(audience)) errors.push(duplicate(`${path}.audiences[${index}]`, audience));
    seen.add(audience);
  }
  const policy = `${path}.audienceMatchPolicy`;
  if (audiences.length > 1 && audienceMatchPolicy !== 'MatchAny')
    errors.push(
      invalid(policy, audienceMatchPolicy, 'audienceMatchPolicy must be MatchAny for multiple audiences'),
    );
  if (audiences.length === 1 && audienceMatchPolicy !== '' && audienceMatchPolicy !== 'MatchAny')
    errors.push(
      invalid(
        policy,
        audienceMatchPolicy,
        'audienceMatchPolicy must be empty or MatchAny for single audience',
      ),
    );
  return errors;
}

function issuerErrors(
  issuer: JwtConfiguration['issuer'],
  path: string,
  disallowed: readonly string[],
): FieldError[] {
  const { url = '', discoveryURL = '', certificateAuthority = '' } = issuer;
  const errors: FieldError[] = [];
  if (url === '') errors.push(required(`${path}.url`));
  else {
    if (disallowed.includes(url))
      errors.push(
        invalid(
          `${path}.url`,
          url,
          `URL must not overlap with disallowed issuers: [${disallowed.join(' ')}]`,
        ),
      );
    errors.push(...urlErrors(url, `${path}.url`));
  }
  if (discoveryURL !== '') {
    if (discoveryURL.replace(/\/+$/, '') === url.replace(/\/+$/, ''))
      errors.push(invalid(`${path}.discoveryURL`, discoveryURL, 'discoveryURL must be different from URL'));
    errors.push(...urlErrors(discoveryURL, `${path}.discoveryURL`));
  }
  errors.push(...audienceErrors(issuer, path));
  if (certificateAuthority !== '')
    try {
      new X509Certificate(certificateAuthority);
    } catch {
      errors.push(
        invalid(
          `${path}.certificateAuthority`,
          '<omitted>',
          'data does not contain any valid RSA or ECDSA certificates',
        ),
      );
    }
  return errors;
}

function ruleErrors(rules: JwtConfiguration['claimValidationRules'], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { claim = '', requiredValue = '', expression = '', message = '' }] of (
    rules ?? []
  ).entries()) {
    const at = `${path}[${index}]`;
    if (claim !== '' && expression !== '')
      errors.push(invalid(at, claim, "claim and expression can't both be set"));
    else if (claim === '' && expression === '') errors.push(required(at, 'claim or expression is required'));
    else if (claim !== '' && message !== '')
      errors.push(invalid(`${at}.message`, message, 'may not be specified when claim is set'));
    else if (expression !== '' && requiredValue !== '')
      errors.push(
        invalid(`${at}.requiredValue`, requiredValue, 'may not be specified when expression is set'),
      );
    const [key, value] = claim === '' ? ['expression', expression] : ['claim', claim];
    if (value !== '' && seen.has(`${key} ${value}`)) errors.push(duplicate(`${at}.${key}`, value));
    seen.add(`${key} ${value}`);
  }
  return errors;
}

function mappingErrors(mapping: Mapping | undefined, path: string, needed: boolean): FieldError[] {
  const { claim = '', expression = '', prefix } = mapping ?? {};
  if (claim !== '' && expression !== '') return [invalid(path, '', "claim and expression can't both be set")];
  if (claim === '' && expression === '' && needed) return [required(path, 'claim or expression is required')];
  if (expression !== '' && prefix !== undefined)
    return [invalid(`${path}.prefix`, prefix, 'prefix can not be set when expression is set')];
  if (claim === '' && expression === '' && prefix !== undefined)
    return [invalid(`${path}.prefix`, prefix, 'non-empty claim name is required when prefix is set')];
  if (claim !== '' && prefix === undefined && path.endsWith('name'))
    return [
      required(
        `${path}.prefix`,
        'prefix is required when claim is set. It can be set to an empty string to disable prefixing',
      ),
    ];
  if (claim !== '' && prefix === undefined && path.endsWith('groups'))
    return [
      required(
        `${path}.prefix`,
        'prefix is required when claim is set. It can be set to an empty string to disable prefixing',
      ),
    ];
  return [];
}

function extraErrors(extra: JwtConfiguration['claimMappings']['extra'], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { key = '', valueExpression = '' }] of (extra ?? []).entries()) {
    const at = `${path}[${index}]`;
    const [domain = '', rest = ''] = key.split('/', 2);
    if (key === '') errors.push(required(`${at}.key`));
    else if (domain === '' || rest === '')
      errors.push(invalid(`${at}.key`, key, 'must be a domain-prefixed path (such as "acme.io/foo")'));
    if (key !== key.toLowerCase()) errors.push(invalid(`${at}.key`, key, 'must be lowercase'));
    if (rest !== '' && OWN_DOMAIN.test(domain))
      errors.push(
        invalid(
          `${at}.key`,
          key,
          'k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use',
        ),
      );
    if (seen.has(key)) errors.push(duplicate(`${at}.key`, key));
    seen.add(key);
    if (valueExpression === '') errors.push(required(`${at}.valueExpression`));
  }
  return errors;
}

function jwtErrors(jwt: JwtConfiguration, path: string, disallowed: readonly string[]): FieldError[] {
  const { issuer, claimMappings, claimValidationRules, userValidationRules = [] } = jwt;
  const mappings = `${path}.claimMappings`;
  const seen = new Set<string>();
  return [
    ...issuerErrors(issuer ?? { url: '', audiences: [] }, `${path}.issuer`, disallowed),
    ...ruleErrors(claimValidationRules, `${path}.claimValidationRules`),
    ...mappingErrors(claimMappings?.username, `${mappings}.username`, true),
    ...mappingErrors(claimMappings?.groups, `${mappings}.groups`, false),
    ...mappingErrors(claimMappings?.uid, `${mappings}.uid`, false),
    ...extraErrors(claimMappings?.extra, `${mappings}.extra`),
    ...userValidationRules.flatMap(({ expression = '' }, index) => {
      const at = `${path}.userValidationRules[${index}].expression`;
      if (expression === '') return [required(at)];
      const again = seen.has(expression);
      seen.add(expression);
      return again ? [duplicate(at, expression)] : [];
    }),
  ];
}

/** Every broken rule of a configuration; empty = it holds. `disallowed`: issuers that are the server's own. */
export function configurationErrors(
  { jwt, anonymous }: AuthenticationConfiguration,
  disallowed: readonly string[],
): FieldError[] {
  const errors = jwt.flatMap((one, index) => jwtErrors(one, `jwt[${index}]`, disallowed));
  const seen = new Set<string>();
  for (const [index, one] of jwt.entries()) {
    const url = one.issuer?.url ?? '';
    if (url !== '' && seen.has(url)) errors.push(duplicate(`jwt[${index}].issuer.url`, url));
    seen.add(url);
  }
  if (anonymous?.enabled === false && (anonymous.conditions?.length ?? 0) > 0)
    errors.push(
      invalid(
        'anonymous.conditions',
        anonymous.conditions,
        'enabled should be set to true when conditions are defined',
      ),
    );
  if (jwt.length > MAX_ISSUERS)
    errors.push(notSupported('jwt', jwt.length, [`at most ${MAX_ISSUERS} issuers`]));
  return errors;
}

/** Reads an AuthenticationConfiguration file's text. Throws an Error that lists what is wrong. */
export function parseAuthenticationConfiguration(
  text: string,
  disallowed: readonly string[],
): AuthenticationConfiguration {
  const value = parseYamlText(text);
  if (!isObject(value)) throw new Error('the authentication configuration must be a YAML object');
  const { apiVersion, kind } = value;
  if (
    kind !== 'AuthenticationConfiguration' ||
    !VERSIONS.some((version) => apiVersion === `${GROUP}${version}`)
  )
    throw new Error(
      `expected AuthenticationConfiguration of ${GROUP}v1, got ${String(kind)} of ${String(apiVersion)}`,
    );
  const jwt = value.jwt ?? [];
  if (!Array.isArray(jwt) || !jwt.every(isObject)) throw new Error('jwt must be a list of objects');
  const configuration = { ...value, jwt } as unknown as AuthenticationConfiguration;
  const errors = configurationErrors(configuration, disallowed);
  if (errors.length > 0) throw new Error(errors.map(formatFieldError).join('; '));
  return configuration;
}

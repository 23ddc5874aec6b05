/**
 * Formats of names and values. Each function gives the reasons why a value is wrong, worded as clients know them;
 * an empty list means it is right. Lengths are those of the UTF-8 bytes.
 */

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const WILDCARD = `\\*\\.${SUBDOMAIN}`;
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?';
const ENV_NAME = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const PERCENT = '[0-9]+%';
const HTTP_HEADER = '[-A-Za-z0-9]+';

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const labelRegexp = whole(LABEL);
const subdomainRegexp = whole(SUBDOMAIN);
const label1035Regexp = whole(LABEL_1035);
const wildcardRegexp = whole(WILDCARD);
const qualifiedRegexp = whole(QUALIFIED);
const labelValueRegexp = whole(LABEL_VALUE);
const envNameRegexp = whole(ENV_NAME);
const configKeyRegexp = whole(CONFIG_KEY);
const percentRegexp = whole(PERCENT);
const httpHeaderRegexp = whole(HTTP_HEADER);

const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

export const maxLengthMessage = (length: number): string => `must be no more than ${length} characters`;
export const rangeMessage = (low: number, high: number): string =>
  `must be between ${low} and ${high}, inclusive`;
export const EMPTY_MESSAGE = 'must be non-empty';

/** The reason text for a value that doesn't match a pattern. */
export function regexMessage(message: string, pattern: string, ...examples: string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

const maxBytesMessage = (length: number): string => `must be no more than ${length} bytes`;
const subdomainMessage = (): string => regexMessage(SUBDOMAIN_MESSAGE, SUBDOMAIN, 'example.com');
const bytes = (value: string): number => Buffer.byteLength(value);

function checked(
  value: string,
  max: number,
  regexp: RegExp,
  message: () => string,
  lengthMessage: (max: number) => string = maxLengthMessage,
): string[] {
  const errors: string[] = [];
  if (bytes(value) > max) errors.push(lengthMessage(max));
  if (!regexp.test(value)) errors.push(message());
  return errors;
}

export function isDNS1123Label(value: string): string[] {
  return checked(value, 63, labelRegexp, () =>
    subdomainRegexp.test(value)
      ? 'must not contain dots'
      : regexMessage(
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
          LABEL,
          'my-name',
          '123-abc',
        ),
  );
}

export function isDNS1123Subdomain(value: string): string[] {
  return checked(value, 253, subdomainRegexp, subdomainMessage);
}

export function isDNS1035Label(value: string): string[] {
  return checked(value, 63, label1035Regexp, () =>
    regexMessage(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
      LABEL_1035,
      'my-name',
      'abc-123',
    ),
  );
}

export function isWildcardDNS1123Subdomain(value: string): string[] {
  return checked(value, 253, wildcardRegexp, () =>
    regexMessage(
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
      WILDCARD,
      '*.example.com',
    ),
  );
}

const KEY_MESSAGE = regexMessage(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  QUALIFIED,
  'MyName',
  'my.name',
  '123-abc',
);

function qualifiedName(name: string): string[] {
  const errors: string[] = [];
  if (name === '') errors.push(`name part ${EMPTY_MESSAGE}`);
  else if (bytes(name) > 63) errors.push(`name part ${maxBytesMessage(63)}`);
  if (!qualifiedRegexp.test(name)) errors.push(`name part ${KEY_MESSAGE}`);
  return errors;
}

/** Label keys, annotation keys (lower-cased), finalizers, resource names: `[prefix/]name`. */
export function isQualifiedName(value: string): string[] {
  const parts = value.split('/');
  const [first = '', second = ''] = parts;
  if (parts.length === 1) return qualifiedName(first);
  if (parts.length === 2) {
    const prefix =
      first === ''
        ? [`prefix part ${EMPTY_MESSAGE}`]
        : checked(first, 253, subdomainRegexp, subdomainMessage, maxBytesMessage).map(
            (message) => `prefix part ${message}`,
          );
    return [...prefix, ...qualifiedName(second)];
  }
  return [
    `a valid label key ${KEY_MESSAGE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
  ];
}

export function isLabelValue(value: string): string[] {
  const message = (): string =>
    regexMessage(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      LABEL_VALUE,
      'MyValue',
      'my_value',
      '12345',
    );
  return checked(value, 63, labelValueRegexp, message, maxBytesMessage);
}

function dotErrors(value: string): string[] {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

export function isEnvVarName(value: string): string[] {
  const errors = envNameRegexp.test(value)
    ? []
    : [
        regexMessage(
          "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
          ENV_NAME,
          'my.env-name',
          'MY_ENV.NAME',
          'MyEnvName1',
        ),
      ];
  return [...errors, ...dotErrors(value)];
}

/** Names of environment variables since 1.34: any printable ASCII but `=`. */
export function isRelaxedEnvVarName(value: string): string[] {
  if (value === '') return [`environment variable name ${EMPTY_MESSAGE}`];
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(value)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** Keys of ConfigMaps and Secrets. */
export function isConfigMapKey(value: string): string[] {
  const errors = checked(value, 253, configKeyRegexp, () =>
    regexMessage(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
      CONFIG_KEY,
      'key.name',
      'KEY_NAME',
      'key-name',
    ),
  );
  return [...errors, ...dotErrors(value)];
}

export function isPortName(value: string): string[] {
  const errors: string[] = [];
  if (bytes(value) > 15) errors.push(maxLengthMessage(15));
  if (!/^[-a-z0-9]+$/.test(value)) {
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)');
  if (value.includes('--')) errors.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
}

export function isPortNumber(value: number): string[] {
  return isInRange(value, 1, 65_535);
}

export function isInRange(value: number, low: number, high: number): string[] {
  return Number.isInteger(value) && value >= low && value <= high ? [] : [rangeMessage(low, high)];
}

export function isPercent(value: string): string[] {
  return percentRegexp.test(value)
    ? []
    : [
        regexMessage(
          "a valid percent string must be a numeric string followed by an ending '%'",
          PERCENT,
          '1%',
          '93%',
        ),
      ];
}

export function isHttpHeaderName(value: string): string[] {
  return httpHeaderRegexp.test(value)
    ? []
    : [
        regexMessage(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          HTTP_HEADER,
          'X-Header-Name',
        ),
      ];
}

/** Names that may hold almost anything but must fit into a URL path: RBAC objects, among others. */
export function isPathSegmentName(value: string): string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%'].filter((char) => value.includes(char)).map((char) => `may not contain '${char}'`);
}

/** Rule for names of a kind; `prefix` is true for a generateName, which may end in a hyphen. */
export type NameRule = (name: string, prefix: boolean) => string[];

const masked = (name: string): string =>
  name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;

const nameRule =
  (check: (name: string) => string[]): NameRule =>
  (name, prefix) =>
    check(prefix ? masked(name) : name);

export const nameIsDNSSubdomain: NameRule = nameRule(isDNS1123Subdomain);
export const nameIsDNSLabel: NameRule = nameRule(isDNS1123Label);
export const nameIsDNS1035Label: NameRule = nameRule(isDNS1035Label);
export const nameIsPathSegment: NameRule = (name, prefix) =>
  prefix
    ? ['/', '%'].filter((char) => name.includes(char)).map((char) => `may not contain '${char}'`)
    : isPathSegmentName(name);

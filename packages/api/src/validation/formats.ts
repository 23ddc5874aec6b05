/**
 * Formats of texts in the API. Each function returns the original's messages, none when the text is well formed.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const LABEL_KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${LABEL_KEY})?`;
const WILDCARD = `\\*\\.${SUBDOMAIN}`;
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const HEADER = '[-A-Za-z0-9]+';

const whole = (format: string): RegExp => new RegExp(`^${format}$`);
const labelPattern = whole(LABEL);
const subdomainPattern = whole(SUBDOMAIN);
const label1035Pattern = whole(LABEL_1035);
const labelKeyPattern = whole(LABEL_KEY);
const labelValuePattern = whole(LABEL_VALUE);
const wildcardPattern = whole(WILDCARD);
const configKeyPattern = whole(CONFIG_KEY);
const headerPattern = whole(HEADER);

const maxCharacters = (length: number): string => `must be no more than ${length} characters`;
const maxBytes = (length: number): string => `must be no more than ${length} bytes`;

function mismatch(text: string, format: string, ...examples: string[]): string {
  if (examples.length === 0) return `${text} (regex used for validation is '${format}')`;
  const list = examples.map((example) => `'${example}', `).join(' or ');
  return `${text} (e.g. ${list}regex used for validation is '${format}')`;
}

export const inclusiveRange = (low: number, high: number): string =>
  `must be between ${low} and ${high}, inclusive`;

export function isDNS1123Label(value: string): string[] {
  const messages = value.length > 63 ? [maxCharacters(63)] : [];
  if (labelPattern.test(value)) return messages;
  messages.push(
    subdomainPattern.test(value)
      ? 'must not contain dots'
      : mismatch(
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
          LABEL,
          'my-name',
          '123-abc',
        ),
  );
  return messages;
}

export function isDNS1123Subdomain(value: string): string[] {
  const messages = value.length > 253 ? [maxCharacters(253)] : [];
  if (!subdomainPattern.test(value))
    messages.push(
      mismatch(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        SUBDOMAIN,
        'example.com',
      ),
    );
  return messages;
}

export function isWildcardDNS1123Subdomain(value: string): string[] {
  const messages = value.length > 253 ? [maxCharacters(253)] : [];
  if (!wildcardPattern.test(value))
    messages.push(
      mismatch(
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
        WILDCARD,
        '*.example.com',
      ),
    );
  return messages;
}

export function isDNS1035Label(value: string): string[] {
  const messages = value.length > 63 ? [maxCharacters(63)] : [];
  if (!label1035Pattern.test(value))
    messages.push(
      mismatch(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        LABEL_1035,
        'my-name',
        'abc-123',
      ),
    );
  return messages;
}

/** A label or annotation key: an optional DNS subdomain and `/`, then a name. */
export function isQualifiedName(value: string): string[] {
  const wrong = mismatch(
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    LABEL_KEY,
    'MyName',
    'my.name',
    '123-abc',
  );
  const parts = value.split('/');
  if (parts.length > 2)
    return [
      `a valid label key ${wrong} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const messages: string[] = [];
  const name = parts.at(-1) ?? '';
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') messages.push('prefix part must be non-empty');
    else messages.push(...isDNS1123Subdomain(prefix).map((text) => `prefix part ${text}`));
  }
  if (name === '') messages.push('name part must be non-empty');
  else if (name.length > 63) messages.push(`name part ${maxBytes(63)}`);
  if (!labelKeyPattern.test(name)) messages.push(`name part ${wrong}`);
  return messages;
}

export function isLabelValue(value: string): string[] {
  const messages = value.length > 63 ? [maxBytes(63)] : [];
  if (!labelValuePattern.test(value))
    messages.push(
      mismatch(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        LABEL_VALUE,
        'MyValue',
        'my_value',
        '12345',
      ),
    );
  return messages;
}

/** What may be one segment of a URL path: names of RBAC objects, keys of volumes. */
export function isPathSegment(value: string, prefix = false): string[] {
  if (!prefix && (value === '.' || value === '..')) return [`may not be '${value}'`];
  return ['/', '%'].filter((bad) => value.includes(bad)).map((bad) => `may not contain '${bad}'`);
}

export function isConfigMapKey(value: string): string[] {
  const messages = value.length > 253 ? [maxCharacters(253)] : [];
  if (!configKeyPattern.test(value))
    messages.push(
      mismatch(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        CONFIG_KEY,
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  if (value === '.' || value === '..') messages.push(`must not be '${value}'`);
  else if (value.startsWith('..')) messages.push("must not start with '..'");
  return messages;
}

export function isEnvVarName(value: string): string[] {
  const messages = value === '' ? ['environment variable name must be non-empty'] : [];
  if (/[^ -~]|=/.test(value))
    messages.push(
      "a valid environment variable name must consist only of printable ASCII characters other than '='",
    );
  return messages;
}

export function isHTTPHeaderName(value: string): string[] {
  if (headerPattern.test(value)) return [];
  return [
    mismatch(
      "a valid HTTP header must consist of alphanumeric characters or '-'",
      HEADER,
      'X-Header-Name',
    ),
  ];
}

export const isPortNumber = (value: number): string[] =>
  value >= 1 && value <= 65_535 ? [] : [inclusiveRange(1, 65_535)];

export function isPortName(value: string): string[] {
  const messages = value.length > 15 ? [maxCharacters(15)] : [];
  if (!/^[-a-z0-9]+$/.test(value))
    messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) messages.push('must contain at least one letter (a-z)');
  if (value.includes('--')) messages.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) messages.push('must not begin or end with a hyphen');
  return messages;
}

export const isPercent = (value: string): string[] =>
  /^[0-9]+%$/.test(value)
    ? []
    : [
        mismatch(
          "a valid percent string must be a numeric string followed by an ending '%'",
          '[0-9]+%',
          '1%',
          '93%',
        ),
      ];

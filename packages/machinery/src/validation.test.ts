import { describe, expect, test } from 'vitest';
import {
  cidrContains,
  formatIp,
  type IpAddress,
  parseCidr,
  parseIp,
  validateCidr,
  validateIp,
} from './ip.ts';
import {
  isConfigMapKey,
  isDNS1035Label,
  isDNS1123Label,
  isDNS1123Subdomain,
  isEnvVarName,
  isLabelValue,
  isPathSegmentName,
  isPercent,
  isPortName,
  isPortNumber,
  isQualifiedName,
  nameIsDNSLabel,
} from './validation.ts';

test('names', () => {
  expect(isDNS1123Label('web-1')).toEqual([]);
  expect(isDNS1123Label('a.b')).toEqual(['must not contain dots']);
  expect(isDNS1123Label('A')).toEqual([
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
  ]);
  expect(isDNS1123Label('a'.repeat(64))).toEqual(['must be no more than 63 characters']);
  expect(isDNS1123Subdomain('a..b')).toEqual([
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
  ]);
  expect(isDNS1123Subdomain('a\n')).toHaveLength(1);
  expect(isDNS1035Label('1a')).toHaveLength(1);
  expect(nameIsDNSLabel('web-', true)).toEqual([]);
  expect(nameIsDNSLabel('web-', false)).toHaveLength(1);
  expect(isPathSegmentName('a/b%c')).toEqual(["may not contain '/'", "may not contain '%'"]);
});

test('keys and values', () => {
  expect(isQualifiedName('example.com/My_name')).toEqual([]);
  expect(isQualifiedName('')).toEqual([
    'name part must be non-empty',
    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
  ]);
  expect(isQualifiedName('/a')).toEqual(['prefix part must be non-empty']);
  expect(isQualifiedName('a/b/c')[0]).toMatch(/^a valid label key must .*'example.com\/MyName'\)$/);
  expect(isLabelValue('a'.repeat(64))).toEqual(['must be no more than 63 bytes']);
  expect(isLabelValue('')).toEqual([]);
  expect(isEnvVarName('1A')).toHaveLength(1);
  expect(isEnvVarName('..a')).toEqual(["must not start with '..'"]);
  expect(isConfigMapKey('..')).toEqual(["must not be '..'"]);
  expect(isConfigMapKey('app.properties')).toEqual([]);
  expect(isPortName('http-2')).toEqual([]);
  expect(isPortName('-1-')).toEqual([
    'must contain at least one letter (a-z)',
    'must not begin or end with a hyphen',
  ]);
  expect(isPortNumber(0)).toEqual(['must be between 1 and 65535, inclusive']);
  expect(isPercent('50%')).toEqual([]);
  expect(isPercent('50')).toHaveLength(1);
});

describe('addresses', () => {
  const messages = (errors: readonly { message: string }[]) => errors.map((error) => error.message);
  test.each([
    ['10.0.0.1', []],
    ['2001:db8::1', []],
    ['010.0.0.1', ['Invalid value: "010.0.0.1": must not have leading 0s']],
    ['::ffff:1.2.3.4', ['Invalid value: "::ffff:1.2.3.4": must not be an IPv4-mapped IPv6 address']],
    ['2001:DB8::1', ['Invalid value: "2001:DB8::1": must be in canonical form ("2001:db8::1")']],
    ['1.2.3', ['Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
  ])('%s', (text, expected) => {
    expect(messages(validateIp(text, 'ip'))).toEqual(expected);
  });
  test.each([
    ['10.0.0.0/8', []],
    ['10.0.0.1/8', ['Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length']],
    [
      '10.0.0.0/33',
      ['Invalid value: "10.0.0.0/33": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
    ],
    ['10.0.0.0/08', ['Invalid value: "10.0.0.0/08": must not have leading 0s in IP or prefix length']],
  ])('%s', (text, expected) => {
    expect(messages(validateCidr(text, 'cidr'))).toEqual(expected);
  });
  test('networks contain addresses', () => {
    const network = parseCidr('10.1.0.0/16');
    const inside = (text: string) =>
      network !== undefined && cidrContains(network, parseIp(text) as IpAddress);
    expect(inside('10.1.2.3')).toBe(true);
    expect(inside('10.2.2.3')).toBe(false);
    expect(inside('::1')).toBe(false);
    for (const text of ['::', '::1', '1::', 'fe80::1:0:0:1', '1:2:3:4:5:6:7:8', '1:0:0:4::8']) {
      const ip = parseIp(text);
      expect(ip && parseIp(formatIp(ip))).toEqual(ip);
    }
    expect(formatIp(parseIp('1:0:0:4:0:0:0:8') as IpAddress)).toBe('1:0:0:4::8');
  });
});

import { describe, expect, test } from 'vitest';

import type { AuthorizationCheck, AuthorizerBinding } from '../port.ts';
import { evaluate, issuesOf } from '../testing.ts';

function expectTrue(expressions: readonly string[]): void {
  test.each(expressions)('%s', (expression) => {
    expect(evaluate(expression)).toBe(true);
  });
}

function expectFailures(failures: readonly (readonly [expression: string, message: string])[]): void {
  test.each(failures)('%s fails with: %s', (expression, message) => {
    expect(() => evaluate(expression)).toThrow(message);
  });
}

describe('addresses', () => {
  expectTrue([
    'isIP("192.168.0.1") && !isIP("192.168.0.1.0") && !isIP("192.168.0.01") && !isIP("2001:db8:::68")',
    'ip.isCanonical("2001:db8::68") && !ip.isCanonical("2001:DB8::68")',
    'ip("192.168.0.1").family() == 4 && ip("::1").family() == 6',
    'ip("0.0.0.0").isUnspecified() && ip("::").isUnspecified() && !ip("::1").isUnspecified()',
    'ip("127.0.0.1").isLoopback() && ip("::1").isLoopback() && !ip("1.2.3.4").isLoopback()',
    'ip("224.0.0.1").isLinkLocalMulticast() && !ip("224.0.1.1").isLinkLocalMulticast()',
    'ip("ff02::1").isLinkLocalMulticast() && !ip("fd00::1").isLinkLocalMulticast()',
    'ip("169.254.169.254").isLinkLocalUnicast() && ip("fe80::1").isLinkLocalUnicast()',
    'ip("192.168.0.1").isGlobalUnicast() && !ip("255.255.255.255").isGlobalUnicast()',
    'ip("2001:db8::abcd").isGlobalUnicast() && !ip("ff00::1").isGlobalUnicast()',
    'string(ip("192.168.0.1")) == "192.168.0.1" && type(ip("::1")) == net.IP',
    'ip("::1") == ip("0:0:0:0:0:0:0:1") && ip("::1") != ip("127.0.0.1")',
    'isCIDR("192.168.0.0/24") && !isCIDR("192.168.0.0/") && !isCIDR("192.168.0.0/33") && !isCIDR("x/1")',
    'cidr("192.168.0.0/24").containsIP(ip("192.168.0.1")) && !cidr("192.168.0.0/24").containsIP("192.168.1.1")',
    'cidr("192.168.0.0/24").containsCIDR("192.168.0.0/25") && !cidr("192.168.0.0/24").containsCIDR("192.168.0.0/23")',
    'cidr("2001:db8::/32").containsIP("2001:db8::1") && !cidr("2001:db8::/32").containsIP("2001:dc8::1")',
    'cidr("192.168.0.1/24").masked() == cidr("192.168.0.0/24") && cidr("192.168.0.1/24").ip() == ip("192.168.0.1")',
    'cidr("2001:db8::/32").prefixLength() == 32 && string(cidr("192.168.0.1/24")) == "192.168.0.1/24"',
  ]);
  expectFailures([
    [
      'ip("192.168.0.1.0")',
      'IP Address "192.168.0.1.0" parse error during conversion from string: ParseAddr("192.168.0.1.0"): IPv4 address too long',
    ],
    [
      'ip("2001:db8:::68")',
      'IP Address "2001:db8:::68" parse error during conversion from string: ParseAddr("2001:db8:::68"): ' +
        'each colon-separated field must have at least one digit (at ":68")',
    ],
    ['ip("fe80::1%eth0")', 'IP address "fe80::1%eth0" with zone value is not allowed'],
    ['ip("::ffff:1.2.3.4")', 'IPv4-mapped IPv6 address "::ffff:1.2.3.4" is not allowed'],
    [
      'cidr("192.168.0.0/")',
      'network address parse error during conversion from string: network address parse error during conversion from ' +
        'string: netip.ParsePrefix("192.168.0.0/"): bad bits after slash: ""',
    ],
  ]);
});

describe('URLs', () => {
  expectTrue([
    'isURL("https://a:80/") && isURL("/absolute-path") && !isURL("a b") && !isURL("") && !isURL("../relative")',
    'url("https://user@example.com:80/path?k=a&k=b&l=c%20d").getHost() == "example.com:80"',
    'url("https://example.com:80/").getHostname() == "example.com" && url("https://[::1]:80/").getHostname() == "::1"',
    'url("https://example.com:80/").getPort() == "80" && url("https://example.com/").getPort() == ""',
    'url("HTTPS://example.com/").getScheme() == "https" && url("/path").getScheme() == ""',
    'url("https://example.com/a b").getEscapedPath() == "/a%20b" && url("https://example.com").getEscapedPath() == ""',
    'url("https://example.com/?k=a&k=b&l=c%20d").getQuery() == {"k": ["a", "b"], "l": ["c d"]}',
    'url("https://example.com/a") == url("https://example.com/a")',
  ]);
  expectFailures([
    [
      'url("relative")',
      'URL parse error during conversion from string: parse "relative": invalid URI for request',
    ],
    ['url("https://a:x/")', 'invalid port ":x" after host'],
  ]);
});

describe('quantities', () => {
  expectTrue([
    'isQuantity("20Mi") && !isQuantity("20Mo") && !isQuantity("10Mm")',
    'quantity("200M") == quantity("0.2G") && quantity("200M") != quantity("0.3G")',
    'quantity("50M").isGreaterThan(quantity("50k")) && quantity("50k").isLessThan(quantity("50M"))',
    'quantity("200M").compareTo(quantity("0.2G")) == 0 && quantity("1").compareTo(quantity("2")) == -1',
    'quantity("50k").add(20).asInteger() == 50020 && quantity("50k").sub(quantity("20")).asInteger() == 49980',
    'quantity("50k").isInteger() && !quantity("50m").isInteger()',
    'sign(quantity("-1")) == -1 && sign(quantity("0")) == 0',
    'quantity("50.703k").asApproximateFloat() == 50703.0',
  ]);
  expectFailures([
    ['quantity("10Mo")', 'quantities must match the regular expression'],
    ['quantity("9999999999999999999999999999999999999G").asInteger()', 'cannot convert value to integer'],
  ]);
});

describe('versions', () => {
  expectTrue([
    'isSemver("1.2.3-beta.1+build.1") && !isSemver("v1.0.0") && !isSemver("01.01.01") && !isSemver("1.1")',
    'isSemver("v1.0.0", true) && isSemver("01.01.01", true) && isSemver("1", true) && !isSemver(" 1.0.0", true)',
    'semver("v01.01", true) == semver("1.1.0")',
    'semver("1.0.0").isLessThan(semver("1.2.3")) && semver("1.2.3").isGreaterThan(semver("1.2.3-rc.1"))',
    'semver("1.0.0-alpha.2").compareTo(semver("1.0.0-alpha.10")) == -1 && semver("1.0.0+a") == semver("1.0.0+b")',
    'semver("1.2.3").major() == 1 && semver("1.2.3").minor() == 2 && semver("1.2.3").patch() == 3',
  ]);
  expectFailures([
    ['semver("v1.0")', 'No Major.Minor.Patch elements found'],
    ['semver("v1.0.0")', 'Invalid character(s) found in major number "v1"'],
  ]);
});

describe('formats', () => {
  expectTrue([
    '!format.dns1123Label().validate("my-label").hasValue()',
    'format.dns1123Label().validate("Bad").value().size() == 1',
    '!format.dns1123LabelPrefix().validate("my-prefix-").hasValue()',
    '!format.named("dns1123Subdomain").value().validate("a.b").hasValue() && !format.named("x").hasValue()',
    '!format.qualifiedName().validate("example.com/name").hasValue() && !format.labelValue().validate("a_b").hasValue()',
    '!format.uuid().validate("123e4567-e89b-12d3-a456-426614174000").hasValue()',
    'format.uuid().validate("x").value() == ["does not match the UUID format"]',
    '!format.byte().validate("aGVsbG8=").hasValue() && format.byte().validate("?").hasValue()',
    '!format.date().validate("2021-01-01").hasValue() && format.date().validate("2021-13-01").hasValue()',
    '!format.datetime().validate("2021-01-01T00:00:00Z").hasValue() && format.datetime().validate("x").hasValue()',
    '!format.uri().validate("http://example.com").hasValue() && format.uri().validate("x").hasValue()',
    '!format.dns1035Label().validate("a1").hasValue() && format.dns1035Label().validate("1a").hasValue()',
  ]);
});

describe('regular expressions', () => {
  expectTrue([
    '"abc 123".find("[0-9]+") == "123" && "abc".find("[0-9]+") == ""',
    '"123 abc 456".findAll("[0-9]+") == ["123", "456"] && "123 abc 456".findAll("[0-9]+", 1) == ["123"]',
    '"x".matches("^x$") && matches("aXb", "(?i)x")',
    '("a" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!").matches("^(a+)+$") == false',
  ]);
  expectFailures([['"x".find("(" + "")', 'Illegal regex: error parsing regexp: missing closing )']]);
});

describe('lists and sets', () => {
  expectTrue([
    '[1, 2, 3].isSorted() && ![2, 1].isSorted() && ["a", "b"].isSorted()',
    '[1, 2].sum() == 3 && [1.5, 2.0].sum() == 3.5 && [duration("1s"), duration("2s")].sum() == duration("3s")',
    '[1, 3, 2].max() == 3 && ["b", "a"].min() == "a" && [1, 2, 2].indexOf(2) == 1 && [1, 2, 2].lastIndexOf(2) == 2',
    '[3, 1, 2].sort() == [1, 2, 3] && ["b", "aa"].sortBy(s, size(s)) == ["b", "aa"] && [1, 2].reverse() == [2, 1]',
    '[1, 1, 2].distinct() == [1, 2] && [[1], [2, 3]].flatten() == [1, 2, 3] && lists.range(3) == [0, 1, 2]',
    '[1, 2, 3].slice(1, 3) == [2, 3] && [1].first().value() == 1 && ![].last().hasValue()',
    'sets.contains([1, 2], [2]) && sets.equivalent([1, 1], [1]) && !sets.intersects([1], [2])',
    '[1, 2].transformList(i, v, v > 1, i + v) == [3] && {"a": 1}.transformMap(k, v, v + 1) == {"a": 2}',
    '{"a": 1}.transformMapEntry(k, v, {v: k}) == {1: "a"} && {"a": 1}.exists(k, v, k == "a" && v == 1)',
    'optional.unwrap([optional.of(1), optional.none()]) == [1] && optional.of(1).or(optional.of(2)).value() == 1',
  ]);
  expectFailures([
    ['{"a": 1, "b": 1}.transformMapEntry(k, v, {v: k})', 'insert failed: key 1 already exists'],
  ]);
});

describe('texts', () => {
  expectTrue([
    '"tacocat".charAt(3) == "o" && "tacocat".indexOf("ta") == 0 && "tacocat".lastIndexOf("ta", 3) == 0',
    '"hello".replace("l", "L", 1) == "heLlo" && "ab".replace("", "-") == "-a-b-"',
    '"a,b,c".split(",", 2) == ["a", "b,c"] && "héé".split("") == ["h", "é", "é"] && "a".split(",", 0) == []',
    '"TacoCÆt".lowerAscii() == "tacocÆt" && " x\\u0085".trim() == "x" && ["a", "b"].join("-") == "a-b"',
    '"%s %d %.2f %x %b %o %%".format([dyn("a"), dyn(1), dyn(1234.5), dyn(255), dyn(5), dyn(8)]) == "a 1 1,234.50 ff 101 10 %"',
    'strings.quote("a\\n\\"b\\"") == "\\"a\\\\n\\\\\\"b\\\\\\"\\"" && size("😀") == 1 && "😀x".substring(1) == "x"',
  ]);
});

describe('times', () => {
  expectTrue([
    'timestamp("2023-07-14T10:30:45.123Z").getHours("America/Los_Angeles") == 3',
    'timestamp("2023-07-14T10:30:45.123Z").getMilliseconds() == 123 && duration("3723s").getMinutes() == 62',
    'timestamp("2023-01-01T05:30:00Z").getFullYear("-08:00") == 2022',
    'string(timestamp("2023-01-01T00:00:00.5Z")) == "2023-01-01T00:00:00.5Z" && string(duration("90m")) == "5400s"',
    'string(timestamp("2023-01-01T00:00:00-02:30") + duration("1h")) == "2023-01-01T01:00:00-02:30"',
    'timestamp("2023-01-01T00:00:00+02:00") == timestamp("2022-12-31T22:00:00Z")',
    'timestamp("2023-01-02T00:00:00Z") - timestamp("2023-01-01T00:00:00Z") == duration("24h")',
  ]);
  expectFailures([
    ['timestamp("2023-01-01T00:00:00Z").getHours("Nowhere/Else")', 'unknown time zone Nowhere/Else'],
  ]);
});

test('the authorizer is asked what the expression puts together', () => {
  const asked: AuthorizationCheck[] = [];
  const authorizer: AuthorizerBinding = {
    check(check) {
      asked.push(check);
      return check.verb === 'fail'
        ? { allowed: false, reason: '', error: 'no' }
        : { allowed: true, reason: 'yes' };
    },
  };
  const variables = [
    { name: 'authorizer', type: { kind: 'opaque', name: 'kubernetes.authorization.Authorizer' } },
    {
      name: 'authorizer.requestResource',
      type: { kind: 'opaque', name: 'kubernetes.authorization.ResourceCheck' },
    },
  ] as const;
  const bindings = {
    authorizer,
    'authorizer.requestResource': {
      authorizer,
      check: { group: 'apps', resource: 'deployments', name: 'x' },
    },
  };
  const run = (expression: string) => evaluate(expression, bindings, variables);
  expect(run("authorizer.path('/healthz').check('get').allowed()")).toBe(true);
  expect(
    run(
      "authorizer.serviceAccount('ns', 'sa').group('').resource('pods').subresource('log').namespace('a').name('b')" +
        ".fieldSelector('spec.x=1').labelSelector('y=2').check('get').reason()",
    ),
  ).toBe('yes');
  expect(
    run(
      "authorizer.requestResource.check('fail').errored() && authorizer.requestResource.check('fail').error() == 'no'",
    ),
  ).toBe(true);
  expect(asked[0]).toEqual({ path: '/healthz', verb: 'get' });
  expect(asked[1]).toEqual({
    serviceAccount: { namespace: 'ns', name: 'sa' },
    group: '',
    resource: 'pods',
    subresource: 'log',
    namespace: 'a',
    name: 'b',
    fieldSelector: 'spec.x=1',
    labelSelector: 'y=2',
    verb: 'get',
  });
  expect(asked[2]).toEqual({ group: 'apps', resource: 'deployments', name: 'x', verb: 'fail' });
  expect(() => run("authorizer.path(' ').check('get').allowed()")).toThrow('path must not be empty');
  expect(() => run("authorizer.serviceAccount('a', 'B').group('')")).toThrow('Invalid service account name');
});

test('calls on the wrong types are refused when they are compiled', () => {
  expect(issuesOf('isIP(cidr("192.168.0.0/24"))')).toContain(
    "found no matching overload for 'isIP' applied to '(net.CIDR)'",
  );
  expect(issuesOf('isSemver([1, 2, 3])')).toContain(
    "found no matching overload for 'isSemver' applied to '(list(int))'",
  );
});

import { BOOL, INT, SEMVER, STRING } from '../check/types.ts';
import { CelOpaque, fail, type Value } from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';

interface Version {
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint];
  readonly preRelease: readonly string[];
  readonly build: readonly string[];
}

class SemverValue extends CelOpaque {
  readonly typeName = 'kubernetes.Semver';
  readonly version: Version;

  constructor(version: Version) {
    super();
    this.version = version;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof SemverValue && compareVersions(this.version, other.version) === 0;
  }

  override toJson(): string {
    const { numbers, preRelease, build } = this.version;
    const suffix = (mark: string, parts: readonly string[]) =>
      parts.length > 0 ? mark + parts.join('.') : '';
    return numbers.join('.') + suffix('-', preRelease) + suffix('+', build);
  }
}

const PARTS = ['Major', 'Minor', 'Patch'] as const;
const MAX_NUMBER = 2n ** 64n;

/** What is wrong is answered as a text. */
function parseVersion(text: string): Version | string {
  if (text === '') {
    return 'Version string empty';
  }
  const parts = text.split('.');
  if (parts.length < 3) {
    return 'No Major.Minor.Patch elements found';
  }
  const [major = '', minor = ''] = parts;
  const rest = parts.slice(2).join('.');
  const buildAt = rest.indexOf('+');
  const beforeBuild = buildAt < 0 ? rest : rest.slice(0, buildAt);
  const preReleaseAt = beforeBuild.indexOf('-');
  const patch = preReleaseAt < 0 ? beforeBuild : beforeBuild.slice(0, preReleaseAt);
  const numbers: bigint[] = [];
  for (const [index, part] of [major, minor, patch].entries()) {
    const problem = numberProblem(part, PARTS[index] as string);
    if (problem) {
      return problem;
    }
    numbers.push(BigInt(part));
  }
  const preRelease = preReleaseAt < 0 ? [] : beforeBuild.slice(preReleaseAt + 1).split('.');
  const build = buildAt < 0 ? [] : rest.slice(buildAt + 1).split('.');
  const problem = preRelease.map(preReleaseProblem).find(Boolean) ?? build.map(buildProblem).find(Boolean);
  return problem ?? { numbers: numbers as unknown as Version['numbers'], preRelease, build };
}

function numberProblem(part: string, name: string): string | undefined {
  if (!/^[0-9]*$/.test(part)) {
    return `Invalid character(s) found in ${name.toLowerCase()} number ${JSON.stringify(part)}`;
  }
  if (/^0./.test(part)) {
    return `${name} number must not contain leading zeroes ${JSON.stringify(part)}`;
  }
  if (part === '') {
    return `strconv.ParseUint: parsing "": invalid syntax`;
  }
  return BigInt(part) >= MAX_NUMBER
    ? `strconv.ParseUint: parsing ${JSON.stringify(part)}: value out of range`
    : undefined;
}

function preReleaseProblem(part: string): string | undefined {
  if (part === '') {
    return 'Prerelease is empty';
  }
  if (/^[0-9]+$/.test(part)) {
    return /^0./.test(part)
      ? `Numeric PreRelease version must not contain leading zeroes ${JSON.stringify(part)}`
      : undefined;
  }
  return /^[0-9A-Za-z-]+$/.test(part)
    ? undefined
    : `Invalid character(s) found in prerelease ${JSON.stringify(part)}`;
}

function buildProblem(part: string): string | undefined {
  if (part === '') {
    return 'Build meta data is empty';
  }
  return /^[0-9A-Za-z-]+$/.test(part)
    ? undefined
    : `Invalid character(s) found in build meta data ${JSON.stringify(part)}`;
}

/** Takes a leading v, leading zeros and missing parts. */
function normalizedVersion(text: string): Version | string {
  const [major = '', minor, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [
    major,
    ...(minor === undefined ? [] : [minor]),
    ...(rest.length > 0 ? [rest.join('.')] : []),
  ].map((part) => (part.length > 1 ? part.replace(/^0+/, '').replace(/^(?![0-9])/, '0') : part));
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) {
    return 'short version cannot contain PreRelease/Build meta data';
  }
  return parseVersion([...parts, '0', '0'].slice(0, 3).join('.'));
}

function compareVersions(a: Version, b: Version): -1 | 0 | 1 {
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] as bigint;
    if (number !== other) {
      return number < other ? -1 : 1;
    }
  }
  return comparePreReleases(a.preRelease, b.preRelease);
}

/** A release comes after its pre-releases. */
function comparePreReleases(a: readonly string[], b: readonly string[]): -1 | 0 | 1 {
  if (a.length === 0 || b.length === 0) {
    return a.length === b.length ? 0 : a.length === 0 ? 1 : -1;
  }
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = compareIdentifiers(a[index] as string, b[index] as string);
    if (order !== 0) {
      return order;
    }
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

function compareIdentifiers(a: string, b: string): -1 | 0 | 1 {
  const [aIsNumber, bIsNumber] = [/^[0-9]+$/.test(a), /^[0-9]+$/.test(b)];
  if (aIsNumber !== bIsNumber) {
    return aIsNumber ? -1 : 1;
  }
  const [left, right] = aIsNumber ? [BigInt(a), BigInt(b)] : [a, b];
  return left < right ? -1 : left > right ? 1 : 0;
}

function read(text: Value, normalize: Value): Version | string {
  return normalize === true ? normalizedVersion(text as string) : parseVersion(text as string);
}

function semverOf(text: Value, normalize: Value = false): Value {
  const version = read(text, normalize);
  return typeof version === 'string' ? fail(version) : new SemverValue(version);
}

function isSemver(text: Value, normalize: Value = false): Value {
  return typeof read(text, normalize) !== 'string';
}

function compare(a: Value, b: Value): -1 | 0 | 1 {
  return compareVersions((a as SemverValue).version, (b as SemverValue).version);
}

function part(index: 0 | 1 | 2) {
  return (value: Value): Value => Number((value as SemverValue).version.numbers[index]);
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library */
export const semver: Library = [
  declare(
    'semver',
    global('string_to_semver', [STRING], SEMVER, semverOf),
    global('string_bool_to_semver', [STRING, BOOL], SEMVER, semverOf),
  ),
  declare(
    'isSemver',
    global('is_semver_string', [STRING], BOOL, isSemver),
    global('is_semver_string_bool', [STRING, BOOL], BOOL, isSemver),
  ),
  declare(
    'isGreaterThan',
    member('semver_is_greater_than', [SEMVER, SEMVER], BOOL, (a, b) => compare(a, b) > 0),
  ),
  declare(
    'isLessThan',
    member('semver_is_less_than', [SEMVER, SEMVER], BOOL, (a, b) => compare(a, b) < 0),
  ),
  declare('compareTo', member('semver_compare_to', [SEMVER, SEMVER], INT, compare)),
  declare('major', member('semver_major', [SEMVER], INT, part(0))),
  declare('minor', member('semver_minor', [SEMVER], INT, part(1))),
  declare('patch', member('semver_patch', [SEMVER], INT, part(2))),
];

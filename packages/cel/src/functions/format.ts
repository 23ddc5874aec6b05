import {
  isLabelValue,
  isQualifiedName,
  nameIsDNS1035Label,
  nameIsDNSLabel,
  nameIsDNSSubdomain,
} from '@gantry/machinery/validation';

import { FORMAT, listType, optionalType, STRING } from '../check/types.ts';
import { parseTimestamp } from '../values/time.ts';
import { CelOpaque, CelOptional, listOf, type Value } from '../values/values.ts';
import { declare, global, type Library, member } from './declaration.ts';
import { parseUrl } from './url-parser.ts';

class FormatValue extends CelOpaque {
  readonly typeName = 'kubernetes.NamedFormat';
  readonly name: string;
  /** Length of the pattern that the cost model takes it for. */
  readonly patternSize: number;
  readonly problems: (text: string) => readonly string[];

  constructor(name: string, patternSize: number, problems: (text: string) => readonly string[]) {
    super();
    this.name = name;
    this.patternSize = patternSize;
    this.problems = problems;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof FormatValue && this.name === other.name;
  }
}

function problemUnless(test: (text: string) => boolean, message: string) {
  return (text: string): readonly string[] => (test(text) ? [] : [message]);
}

function uriProblems(text: string): readonly string[] {
  const url = parseUrl(text);
  return typeof url === 'string' ? [`parse ${JSON.stringify(text)}: ${url}`] : [];
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const FORMATS: ReadonlyMap<string, FormatValue> = new Map(
  [
    new FormatValue('DNS1123Label', 30, (text) => nameIsDNSLabel(text, false)),
    new FormatValue('DNS1123Subdomain', 60, (text) => nameIsDNSSubdomain(text, false)),
    new FormatValue('DNS1035Label', 30, (text) => nameIsDNS1035Label(text, false)),
    new FormatValue('QualifiedName', 60, isQualifiedName),
    new FormatValue('DNS1123LabelPrefix', 30, (text) => nameIsDNSLabel(text, true)),
    new FormatValue('DNS1123SubdomainPrefix', 60, (text) => nameIsDNSSubdomain(text, true)),
    new FormatValue('DNS1035LabelPrefix', 30, (text) => nameIsDNS1035Label(text, true)),
    new FormatValue('LabelValue', 40, isLabelValue),
    new FormatValue('URI', 1103, uriProblems),
    new FormatValue(
      'uuid',
      81,
      problemUnless((text) => UUID.test(text), 'does not match the UUID format'),
    ),
    new FormatValue(
      'byte',
      84,
      problemUnless((text) => text !== '' && BASE64.test(text), 'invalid base64'),
    ),
    new FormatValue('date', 84, problemUnless(isDate, 'invalid date')),
    new FormatValue('datetime', 84, problemUnless(isDateTime, 'invalid datetime')),
  ].map((format) => [functionName(format.name), format]),
);

/** DNS1123Label → dns1123Label, as expressions call it. */
function functionName(name: string): string {
  return name.replace(/^(?:DNS|URI|[A-Z])/, (start) => start.toLowerCase());
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseTimestamp(`${text}T00:00:00Z`) !== undefined;
}

function isDateTime(text: string): boolean {
  return parseTimestamp(text.toUpperCase().replace(' ', 'T')) !== undefined;
}

function validate(format: Value, text: Value): Value {
  const problems = (format as FormatValue).problems(text as string);
  return problems.length === 0 ? CelOptional.none : CelOptional.of(listOf(problems));
}

function named(name: Value): Value {
  const format = FORMATS.get(name as string);
  return format ? CelOptional.of(format) : CelOptional.none;
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library */
export const format: Library = [
  declare('format.named', global('format-named', [STRING], optionalType(FORMAT), named)),
  declare('validate', member('format-validate', [FORMAT, STRING], optionalType(listType(STRING)), validate)),
  ...[...FORMATS].map(([name, value]) =>
    declare(
      `format.${name}`,
      global(`format.${name}`, [], FORMAT, () => value),
    ),
  ),
];

import { isObject, type JsonObject } from '@gantry/machinery/json';
import { KustomizeError, type Place } from './problem.ts';

type Path = readonly (string | number)[];
type Report = (path: Path, reason: string) => never;

/** Checks one value; null is as if nothing was written. */
export type Rule = (value: unknown, path: Path, report: Report) => void;

const typeRule =
  (expected: string, isRight: (value: unknown) => boolean): Rule =>
  (value, path, report) => {
    if (value !== null && !isRight(value))
      report(path, `Invalid value: ${JSON.stringify(value)}: must be ${expected}`);
  };

export const string = typeRule('a string', (value) => typeof value === 'string');
export const boolean = typeRule('true or false', (value) => typeof value === 'boolean');
export const integer = typeRule('a whole number', (value) => Number.isInteger(value));
export const map = typeRule('a mapping', isObject);

export const list =
  (rule: Rule): Rule =>
  (value, path, report) => {
    if (value === null) return;
    if (!Array.isArray(value)) return report(path, 'Invalid value: must be a list');
    for (const [index, item] of value.entries()) {
      if (item === null)
        report([...path, index], 'Invalid value: null: an entry of a list must be something');
      rule(item, [...path, index], report);
    }
  };

/** A map of strings. */
export const texts: Rule = (value, path, report) => {
  if (value === null) return;
  if (!isObject(value)) return report(path, 'Invalid value: must be a mapping');
  for (const [key, text] of Object.entries(value))
    if (typeof text !== 'string')
      report([...path, key], `Invalid value: ${JSON.stringify(text)}: must be a string: put it in quotes`);
};

/** A mapping of these fields, whose case doesn't matter: each is called as the rules call it afterwards. */
export const record = (rules: Readonly<Record<string, Rule>>): Rule => {
  const names = new Map(Object.keys(rules).map((name) => [name.toLowerCase(), name]));
  return (value, path, report) => {
    if (value === null) return;
    if (!isObject(value)) return report(path, 'Invalid value: must be a mapping');
    for (const [key, field] of Object.entries(value)) {
      const name = Object.hasOwn(rules, key) ? key : names.get(key.toLowerCase());
      if (name === undefined) return report([...path, key], `unknown field ${JSON.stringify(key)}`);
      rules[name]?.(field, [...path, key], report);
      if (name !== key) {
        delete value[key];
        value[name] = field;
      }
      // What is null is as good as not there.
      if (field === null) delete value[name];
    }
  };
};

/** Throws KustomizeError for the first field that is unknown or of another type. */
export function checkFields(
  value: JsonObject,
  rules: Readonly<Record<string, Rule>>,
  placeOf: (path: Path) => Place,
): void {
  record(rules)(value, [], (path, reason) => {
    throw new KustomizeError(reason, placeOf(path), { field: formatPath(path) });
  });
}

/** `patches[0].target` */
export const formatPath = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );

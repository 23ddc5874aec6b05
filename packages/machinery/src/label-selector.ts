import { type FieldError, forbidden, invalid, required } from './field-error.ts';
import {
  isInteger,
  type Requirement,
  requirementErrors,
  type SelectorOperator,
} from './label-requirement.ts';
import { parseSelectorText } from './label-selector-parser.ts';
import { validateLabels } from './object-meta.ts';
import { isLabelValue, isQualifiedName } from './validation.ts';

export type Labels = Readonly<Record<string, string>>;
/** Requirements that must all hold; the empty list matches everything. Sorted by key when it was parsed. */
export type LabelSelector = readonly Requirement[];

/** The selector object in specs. */
export interface LabelSelectorObject {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

const byKey = (a: Requirement, b: Requirement): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Longest selector text that is parsed. */
const MAX_SELECTOR_LENGTH = 64 * 1024;

/**
 * Parses the text of `?labelSelector=`: `a=b,c!=d,e in (x,y),f notin (z),g,!h`. Throws Error with the text that
 * clients know.
 */
export function parseLabelSelector(text: string): LabelSelector {
  if (text.length > MAX_SELECTOR_LENGTH) {
    throw new Error(`label selector is too long: ${text.length} characters, limit ${MAX_SELECTOR_LENGTH}`);
  }
  return parseSelectorText(text).sort(byKey);
}

function meets(requirement: Requirement, labels: Labels): boolean {
  const { key, operator, values } = requirement;
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    default: {
      const limit = values[0];
      if (value === undefined || limit === undefined || !isInteger(value) || !isInteger(limit)) return false;
      return operator === 'gt' ? BigInt(value) > BigInt(limit) : BigInt(value) < BigInt(limit);
    }
  }
}

const NO_LABELS: Labels = {};

export function matchesLabels(selector: LabelSelector, labels: Labels | undefined): boolean {
  const own = labels ?? NO_LABELS;
  for (const requirement of selector) if (!meets(requirement, own)) return false;
  return true;
}

function formatRequirement({ key, operator, values }: Requirement): string {
  const list = values.length > 1 ? [...values].sort().join(',') : (values[0] ?? '');
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${list})`;
    case 'gt':
      return `${key}>${list}`;
    case 'lt':
      return `${key}<${list}`;
    default:
      return `${key}${operator}${list}`;
  }
}

/** Text that parses to the same selector. */
export function formatLabelSelector(selector: LabelSelector): string {
  return selector.map(formatRequirement).join(',');
}

/** Selector of exactly these labels; none select everything. */
export function selectorFromLabels(labels: Labels): LabelSelector {
  return Object.entries(labels)
    .map(([key, value]): Requirement => ({ key, operator: '=', values: [value] }))
    .sort(byKey);
}

const OPERATORS: Readonly<Record<string, SelectorOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/**
 * Requirements of a selector object. Undefined for an absent object, which matches nothing; an empty object matches
 * everything. Throws Error for operators and values that are not allowed.
 */
export function selectorFromObject(
  object: LabelSelectorObject | undefined | null,
): LabelSelector | undefined {
  if (object === undefined || object === null) return undefined;
  const requirements = [...selectorFromLabels(object.matchLabels ?? {})];
  for (const { key, operator: name, values = [] } of object.matchExpressions ?? []) {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (operator === undefined)
      throw new Error(`${JSON.stringify(name)} is not a valid label selector operator`);
    requirements.push({ key, operator, values });
  }
  for (const requirement of requirements) {
    const errors = requirementErrors(requirement);
    if (errors.length > 0) throw new Error(errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`);
  }
  return requirements.sort(byKey);
}

/** An absent selector matches nothing; so does one that isn't valid. */
export function matchesSelectorObject(
  object: LabelSelectorObject | undefined | null,
  labels: Labels | undefined,
): boolean {
  try {
    const selector = selectorFromObject(object);
    return selector !== undefined && matchesLabels(selector, labels);
  } catch {
    return false;
  }
}

/** Text of a selector object for columns and Scale: `<none>` when it selects everything, `<error>` when invalid. */
export function formatSelectorObject(object: LabelSelectorObject | undefined | null): string {
  try {
    return formatLabelSelector(selectorFromObject(object) ?? []) || '<none>';
  } catch {
    return '<error>';
  }
}

export function validateLabelSelector(object: LabelSelectorObject, path: string): FieldError[] {
  const errors = validateLabels(object.matchLabels ?? {}, `${path}.matchLabels`);
  for (const [i, { key, operator, values = [] }] of (object.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${i}]`;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) {
        errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
      }
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        errors.push(
          forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
      }
    } else {
      errors.push(invalid(`${at}.operator`, operator, 'not a valid selector operator'));
    }
    for (const message of isQualifiedName(key)) errors.push(invalid(`${at}.key`, key, message));
    values.forEach((value, v) => {
      for (const message of isLabelValue(value)) errors.push(invalid(`${at}.values[${v}]`, value, message));
    });
  }
  return errors;
}

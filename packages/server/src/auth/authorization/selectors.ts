import { type FieldTerm, formatFieldSelector, parseFieldSelector } from '@gantry/machinery/field-selector';
import type { SelectorOperator } from '@gantry/machinery/label-requirement';
import { formatLabelSelector, parseLabelSelector } from '@gantry/machinery/label-selector';

/** A requirement on a field or a label, as access reviews carry it. */
export interface SelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** What a review asks about: a text, or requirements. */
export interface SelectorAttributes {
  readonly rawSelector?: string;
  readonly requirements?: readonly SelectorRequirement[];
}

/** What could be read of a selector; `fault` when not all of it could. */
export interface ReadSelector {
  /** As in a URL; '' = everything. */
  readonly text: string;
  readonly fault?: 'partially ignored' | 'ignored';
}

const LABEL_OPERATORS: Readonly<Partial<Record<SelectorOperator, string>>> = {
  '=': 'In',
  '==': 'In',
  in: 'In',
  '!=': 'NotIn',
  notin: 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
};
const OPERATORS_OF_LABELS: Readonly<Record<string, SelectorOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/** Terms of a field selector; none when it can't be read: authorization is then asked for everything. */
export function fieldRequirements(text: string | undefined): readonly SelectorRequirement[] {
  if (text === undefined || text === '') return [];
  try {
    return parseFieldSelector(text).map(({ field, operator, value }) => ({
      key: field,
      operator: operator === '=' ? 'In' : 'NotIn',
      values: [value],
    }));
  } catch {
    return [];
  }
}

/** The same of a label selector. */
export function labelRequirements(text: string | undefined): readonly SelectorRequirement[] {
  if (text === undefined || text === '') return [];
  try {
    return parseLabelSelector(text).flatMap(({ key, operator, values }) => {
      const known = LABEL_OPERATORS[operator];
      return known === undefined
        ? []
        : [{ key, operator: known, ...(values.length === 0 ? {} : { values }) }];
    });
  } catch {
    return [];
  }
}

function partly<T>(asked: number, read: readonly T[], format: (list: readonly T[]) => string): ReadSelector {
  const text = read.length === 0 ? '' : format(read);
  if (read.length === asked) return { text };
  return { text, fault: read.length === 0 ? 'ignored' : 'partially ignored' };
}

function checked(text: string, parse: (text: string) => unknown): ReadSelector {
  try {
    parse(text);
    return { text };
  } catch {
    return { text: '', fault: 'ignored' };
  }
}

/** Reads the field selector of a review. What can't be read is left out, which asks for more. */
export function readFieldSelector(selector: SelectorAttributes | undefined): ReadSelector | undefined {
  if (selector === undefined) return undefined;
  const { rawSelector = '', requirements = [] } = selector;
  if (requirements.length === 0) return checked(rawSelector, parseFieldSelector);
  const terms: FieldTerm[] = [];
  for (const { key, operator, values = [] } of requirements) {
    const [value] = values;
    if (values.length !== 1 || value === undefined || (operator !== 'In' && operator !== 'NotIn')) continue;
    terms.push({ field: key, operator: operator === 'In' ? '=' : '!=', value });
  }
  return partly(requirements.length, terms, formatFieldSelector);
}

/** The same of its label selector. */
export function readLabelSelector(selector: SelectorAttributes | undefined): ReadSelector | undefined {
  if (selector === undefined) return undefined;
  const { rawSelector = '', requirements = [] } = selector;
  if (requirements.length === 0) return checked(rawSelector, parseLabelSelector);
  const read = requirements.flatMap(({ key, operator, values = [] }) => {
    const known = OPERATORS_OF_LABELS[operator];
    return known === undefined ? [] : [{ key, operator: known, values }];
  });
  return partly(requirements.length, read, formatLabelSelector);
}

import { type FieldError, formatFieldError, invalid } from './field-error.ts';
import { isLabelValue, isQualifiedName } from './validation.ts';

export type SelectorOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
}

const joinErrors = (messages: readonly string[]): string => messages.join('; ');

/** Checks one requirement as the original does and gives its error texts. */
export function requirementErrors({ key, operator, values }: Requirement): string[] {
  const errors: FieldError[] = [];
  const keyErrors = isQualifiedName(key);
  if (keyErrors.length > 0) errors.push(invalid('key', key, joinErrors(keyErrors)));
  if (operator === 'in' || operator === 'notin') {
    if (values.length === 0) {
      errors.push(invalid('values', values, "for 'in', 'notin' operators, values set can't be empty"));
    }
  } else if (operator === 'gt' || operator === 'lt') {
    if (values.length !== 1) {
      errors.push(invalid('values', values, "for 'Gt', 'Lt' operators, exactly one value is required"));
    }
    values.forEach((value, i) => {
      if (!isInteger(value)) {
        errors.push(invalid(`values[${i}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"));
      }
    });
  }
  values.forEach((value, i) => {
    const messages = isLabelValue(value);
    if (messages.length > 0) errors.push(invalid(`values[${i}][${key}]`, value, joinErrors(messages)));
  });
  return errors.map(formatFieldError);
}

/** A decimal integer of 64 bits, roughly: the number of digits is checked, not the value. */
export const isInteger = (text: string): boolean => /^[-+]?\d{1,19}$/.test(text);

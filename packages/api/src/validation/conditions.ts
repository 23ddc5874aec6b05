import { duplicate, invalid, notSupported, required, tooLong } from '@gantry/machinery/field-error';
import { isQualifiedName, regexMessage } from '@gantry/machinery/validation';
import type { Condition } from '../generated/types.ts';
import { check, type Errors } from './common.ts';

const STATUSES = ['False', 'True', 'Unknown'];
const REASON = '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?';
const REASON_REGEXP = new RegExp(`^${REASON}$`);
const MAX_REASON_BYTES = 1024;
const MAX_MESSAGE_BYTES = 32 * 1024;

/** Conditions of the common type. */
export function validateConditions(
  conditions: readonly Condition[] | undefined,
  path: string,
  errors: Errors,
): void {
  const types = new Set<string>();
  for (const [index, condition] of (conditions ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (types.has(condition.type)) errors.push(duplicate(`${at}.type`, condition.type));
    types.add(condition.type);
    validateCondition(condition, at, errors);
  }
}

function validateCondition(condition: Condition, path: string, errors: Errors): void {
  const { type, status, observedGeneration = 0, lastTransitionTime, reason, message } = condition;
  check(isQualifiedName(type), `${path}.type`, type, errors);
  if (!STATUSES.includes(status)) errors.push(notSupported(`${path}.status`, status, STATUSES));
  if (observedGeneration < 0)
    errors.push(
      invalid(`${path}.observedGeneration`, observedGeneration, 'must be greater than or equal to zero'),
    );
  if (!lastTransitionTime) errors.push(required(`${path}.lastTransitionTime`));
  if (reason === '') errors.push(required(`${path}.reason`));
  else {
    if (!REASON_REGEXP.test(reason))
      errors.push(
        invalid(
          `${path}.reason`,
          reason,
          regexMessage(
            "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'",
            REASON,
            'my_name',
            'MY_NAME',
            'MyName',
            'ReasonA,ReasonB',
            'ReasonA:ReasonB',
          ),
        ),
      );
    if (Buffer.byteLength(reason) > MAX_REASON_BYTES)
      errors.push(tooLong(`${path}.reason`, MAX_REASON_BYTES));
  }
  if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES)
    errors.push(tooLong(`${path}.message`, MAX_MESSAGE_BYTES));
}

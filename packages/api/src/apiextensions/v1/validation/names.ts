import { type FieldError, invalid, required } from '@gantry/machinery/field-error';
import { isDNS1035Label } from '@gantry/machinery/validation';
import type { DefinitionNames } from '../definition.ts';

/** Names that defaults have not filled in either. */
export const requiredNames = (names: DefinitionNames): FieldError[] =>
  (['plural', 'singular', 'kind', 'listKind'] as const).flatMap((name) =>
    names[name] ? [] : [required(`spec.names.${name}`)],
  );

/** Names of the spec, or those of the status that were accepted. */
export function validateNames(names: DefinitionNames, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ['plural', 'singular', 'kind', 'listKind'] as const) {
    const value = names[name] ?? '';
    const isKind = name === 'kind' || name === 'listKind';
    const wrong = value === '' ? [] : isDNS1035Label(isKind ? value.toLowerCase() : value);
    const prefix = isKind ? 'may have mixed case, but should otherwise match: ' : '';
    if (wrong.length > 0) errors.push(invalid(`${path}.${name}`, value, prefix + wrong.join(',')));
  }
  for (const list of ['shortNames', 'categories'] as const) {
    if (list === 'categories' && names.kind && names.kind === names.listKind)
      errors.push(invalid(`${path}.listKind`, names.listKind, 'kind and listKind may not be the same'));
    for (const [index, value] of (names[list] ?? []).entries()) {
      const wrong = isDNS1035Label(value);
      if (wrong.length > 0) errors.push(invalid(`${path}.${list}[${index}]`, value, wrong.join(',')));
    }
  }
  return errors;
}

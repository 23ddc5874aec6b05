import { decodeType, type FieldValidation } from '@gantry/api/compile';
import type { StructType } from '@gantry/api/schema/dsl';
import type { AnyObject } from '@gantry/machinery/object';
import type { HandlerContext, VirtualForm } from '../handler.ts';

/** The body of a subresource as its type reads it, with warnings of unknown fields where the request wants them. Throws BadRequest. */
export function decodeForm<T>(
  type: StructType,
  form: VirtualForm,
  body: AnyObject,
  context: Pick<HandlerContext, 'query' | 'warn'>,
): T {
  // Whether it is one of the three was checked with the other options of the request.
  const mode = (context.query.get('fieldValidation') || 'Warn') as FieldValidation;
  const { object, warnings } = decodeType<T>(type, form, body, mode);
  for (const warning of warnings) context.warn(warning);
  return object;
}

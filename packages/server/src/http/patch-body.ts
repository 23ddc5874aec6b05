import { compileKind } from '@gantry/api/compile';
import { DecodeError } from '@gantry/api/schema/decode-scalar';
import { findDuplicateFields } from '@gantry/api/schema/duplicate-fields';
import { invalid as invalidField } from '@gantry/machinery/field-error';
import { goText } from '@gantry/machinery/go-text';
import { isObject } from '@gantry/machinery/json';
import { UNTYPED } from '@gantry/machinery/schema-view';
import { invalid, isStatusError, type StatusError } from '@gantry/machinery/status';
import { applyPatch, type PatchType } from '../registry/patch-types.ts';
import { decodeObject } from '../registry/plan.ts';
import { decodeScale, scaleOf, withScale } from '../registry/scale.ts';
import type { WriteContext } from '../registry/write.ts';
import type { ParsedBody } from './body.ts';

/** Members of an operation of a JSON patch; any other is an unknown field. */
const OPERATION_FIELDS = new Set(['op', 'path', 'from', 'value']);
/** Reports that one patch may cause. */
const MAX_REPORTED = 100;

/** What a strict reader says of a patch itself, before it is applied: `duplicate field "data.a"`. */
export function faultsOfPatch(type: Exclude<PatchType, 'apply'>, { text, value }: ParsedBody): string[] {
  const duplicates = findDuplicateFields(text ?? '').map((path) => `duplicate field ${JSON.stringify(path)}`);
  if (type !== 'json') return duplicates;
  return [...duplicates, ...unknownMembers(value)]
    .slice(0, MAX_REPORTED)
    .map((fault) => `json patch ${fault}`);
}

function* unknownMembers(patch: unknown): Iterable<string> {
  if (!Array.isArray(patch)) return;
  for (const [index, operation] of patch.entries())
    for (const key of isObject(operation) ? Object.keys(operation) : [])
      if (!OPERATION_FIELDS.has(key)) yield `unknown field ${JSON.stringify(`[${index}].${key}`)}`;
}

/** The live object as the patch makes it; `faults` are the patch's own. Throws BadRequest, Invalid. */
export function patched(
  context: WriteContext,
  type: Exclude<PatchType, 'apply'>,
  live: Record<string, unknown>,
  patch: unknown,
  faults: readonly string[],
) {
  const { resource, attributes } = context;
  if (attributes.subresource === 'scale') {
    const scale = scaleOf(resource, live as never);
    const next = applyPatch(type, scale, patch, UNTYPED);
    const shown = type === 'strategic' ? goText(patch) : JSON.stringify(next);
    return strictly(context, shown, faults, () => withScale(resource, live as never, decodeScale(next)));
  }
  const { view } = compileKind(resource.kind);
  const next = applyPatch(type, live, patch, view);
  const shown = type === 'strategic' ? goText(patch) : JSON.stringify(next);
  if (type === 'strategic') keepType(next, live);
  return strictly(context, shown, faults, (known) => {
    try {
      return decodeObject(known, next, undefined, live as never);
    } catch (error) {
      if (!isStatusError(error, 'BadRequest')) throw error;
      const { cause } = error;
      const text = type === 'strategic' && cause instanceof DecodeError ? cause.restored() : error.message;
      throw unfitPatch(shown, withFaults(text, faults));
    }
  });
}

/** What a strategic merge patch is read into has its type already: another one in the patch says nothing. */
function keepType(next: unknown, live: Record<string, unknown>): void {
  if (!isObject(next)) return;
  for (const field of ['apiVersion', 'kind']) if (typeof next[field] === 'string') next[field] = live[field];
}

/** Decodes what a patch made, and tells of the patch's own faults: first, and only if the result is an object at all. */
function strictly<T>(
  context: WriteContext,
  shown: string,
  faults: readonly string[],
  decode: (context: WriteContext) => T,
): T {
  if (faults.length === 0) return decode(context);
  const later: string[] = [];
  const object = decode({ ...context, warn: (text) => later.push(text) });
  if (context.fieldValidation === 'Strict') throw unfitPatch(shown, `${STRICT}${faults.join(', ')}`);
  for (const text of [...faults, ...later]) context.warn(text);
  return object;
}

const STRICT = 'strict decoding error: ';

const withFaults = (message: string, faults: readonly string[]): string =>
  faults.length === 0 ? message : message.replace(STRICT, `${STRICT}${faults.join(', ')}, `);

const MAX_SHOWN = 4096;

/** 422 for a patch whose result is no object of the kind; the original names no object in it. */
const unfitPatch = (patch: string, message: string): StatusError =>
  invalid('', '', '', [
    invalidField(
      'patch',
      patch.slice(0, MAX_SHOWN),
      message.replace(/^.* cannot be handled as an? [^:]*: /, ''),
    ),
  ]);

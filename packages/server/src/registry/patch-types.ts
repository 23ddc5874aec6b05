import type { KindDefinition } from '@gantry/api/kind';
import { isObject } from '@gantry/machinery/json';
import { applyJsonPatch } from '@gantry/machinery/json-patch';
import { mergePatch } from '@gantry/machinery/merge-patch';
import type { SchemaView } from '@gantry/machinery/schema-view';
import { badRequest, failure, type StatusError } from '@gantry/machinery/status';
import { strategicMergePatch } from '@gantry/machinery/strategic-merge-patch';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
  'application/apply-patch+json': 'apply',
};

const unsupportedPatch = (isCustom: boolean): StatusError => {
  // Of built-in kinds the original's router says it, which has few words.
  if (!isCustom) return failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  return failure(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${Object.keys(
      PATCH_TYPES,
    )
      .filter((type) => type !== 'application/apply-patch+json' && !type.includes('strategic'))
      .join(', ')}`,
  );
};

/** Custom resources take no strategic merge patches. Throws UnsupportedMediaType. */
export function patchTypeOf(mediaType: string, { custom }: Pick<KindDefinition, 'custom'> = {}): PatchType {
  const type = PATCH_TYPES[mediaType];
  if (type === undefined || (type === 'strategic' && custom !== undefined))
    throw unsupportedPatch(custom !== undefined);
  return type;
}

function notAnObject(patch: unknown, type: 'merge' | 'strategic'): StatusError {
  if (patch === null) return badRequest('Invalid JSON Patch');
  const found = Array.isArray(patch) ? 'array' : typeof patch === 'boolean' ? 'bool' : typeof patch;
  const head = type === 'merge' ? 'error decoding patch: ' : '';
  return badRequest(`${head}json: cannot unmarshal ${found} into Go value of type map[string]interface {}`);
}

/** The patched document; `document` is left alone. Throws BadRequest, Invalid. */
export function applyPatch(
  type: Exclude<PatchType, 'apply'>,
  document: Record<string, unknown>,
  patch: unknown,
  view: SchemaView,
): unknown {
  if (type === 'json') return applyJsonPatch(document, patch);
  // Two of the three take null for a patch that asks for nothing.
  if (type === 'strategic' && patch === null) return strategicMergePatch(document, {}, view);
  if (!isObject(patch)) throw notAnObject(patch, type);
  return type === 'merge' ? mergePatch(document, patch) : strategicMergePatch(document, patch, view);
}

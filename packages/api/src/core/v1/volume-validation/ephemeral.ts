import { forbidden, required } from '@gantry/machinery/field-error';
import type { ObjectMeta } from '@gantry/machinery/object';
import { validateAnnotations, validateLabels } from '@gantry/machinery/object-meta';
import type { EphemeralVolumeSource } from '../../../generated/types.ts';
import { emptiedField } from '../../../schema/emptied.ts';
import type { Errors } from '../../../validation/common.ts';
import { validateClaimSpec } from '../persistent-volume-claim-rules.ts';

/** Fields of metadata that a template may not set, in the order of the original's type. */
const NOT_IN_TEMPLATES = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
] as const satisfies readonly (keyof ObjectMeta)[];

/** Held by pointer in the original: its zero is a value. */
const POINTER = 'deletionGracePeriodSeconds';

/** Metadata of a claim's template: labels and annotations only. */
export function validateTemplateMetadata(meta: ObjectMeta | undefined, path: string, errors: Errors): void {
  if (meta === undefined) return;
  errors.push(...validateAnnotations(meta.annotations ?? {}, `${path}.annotations`));
  errors.push(...validateLabels(meta.labels ?? {}, `${path}.labels`));
  for (const field of NOT_IN_TEMPLATES) {
    const value = meta[field];
    const isZero =
      value === undefined || value === null || value === '' || (value === 0 && field !== POINTER);
    if (!isZero || emptiedField(meta, field) !== undefined)
      errors.push(forbidden(`${path}.${field === 'uid' ? 'uID' : field}`, 'cannot be set'));
  }
}

export function validateEphemeral(source: EphemeralVolumeSource, path: string, errors: Errors): void {
  const at = `${path}.volumeClaimTemplate`;
  const template = source.volumeClaimTemplate;
  if (template === undefined) {
    errors.push(required(at));
    return;
  }
  validateTemplateMetadata(template.metadata as ObjectMeta | undefined, `${at}.metadata`, errors);
  validateClaimSpec(template.spec ?? {}, `${at}.spec`, errors);
}

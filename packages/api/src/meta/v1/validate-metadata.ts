import { type FieldError, forbidden, invalid, required, tooLong } from '@gantry/machinery/field-error';
import type { ManagedFieldsEntry, ObjectMeta, OwnerReference } from '@gantry/machinery/object';
import {
  isDNS1123Label,
  isLabelValue,
  isQualifiedName,
  nameIsDNS1035Label,
  nameIsDNSLabel,
  nameIsDNSSubdomain,
  nameIsPathSegment,
} from '@gantry/machinery/validation';
import type { KindDefinition, NameRule } from '../../kind.ts';
import { deepEqual } from '../../schema/deep-equal.ts';

const MAX_ANNOTATION_BYTES = 256 * 1024;
const MAX_MANAGER_LENGTH = 128;

const NAME_RULES: Readonly<Record<NameRule, (name: string, prefix: boolean) => string[]>> = {
  dnsSubdomain: nameIsDNSSubdomain,
  dnsLabel: nameIsDNSLabel,
  dns1035Label: nameIsDNS1035Label,
  pathSegment: nameIsPathSegment,
};

/** Rules of metadata on create. The name must have been generated already. */
export function validateMetadata(
  kind: Pick<KindDefinition, 'namespaced' | 'nameRule'>,
  meta: ObjectMeta,
  path = 'metadata',
): FieldError[] {
  const errors: FieldError[] = [];
  const rule = NAME_RULES[kind.nameRule ?? 'dnsSubdomain'];
  const { name, generateName, namespace } = meta;
  if (generateName)
    for (const text of rule(generateName, true))
      errors.push(invalid(`${path}.generateName`, generateName, text));
  if (!name) errors.push(required(`${path}.name`, 'name or generateName is required'));
  else for (const text of rule(name, false)) errors.push(invalid(`${path}.name`, name, text));
  if (kind.namespaced) {
    if (!namespace) errors.push(required(`${path}.namespace`));
    else
      for (const text of isDNS1123Label(namespace))
        errors.push(invalid(`${path}.namespace`, namespace, text));
  } else if (namespace) errors.push(forbidden(`${path}.namespace`, 'not allowed on this type'));
  errors.push(
    ...validateCommon(meta, path),
    ...validateFinalizers(meta.finalizers ?? [], `${path}.finalizers`),
  );
  return errors;
}

/** Rules of metadata on update, against what is stored. */
export function validateMetadataUpdate(
  _kind: Pick<KindDefinition, 'namespaced'>,
  meta: ObjectMeta,
  old: ObjectMeta,
  path = 'metadata',
): FieldError[] {
  const errors: FieldError[] = [];
  if (old.deletionTimestamp !== undefined) {
    const added = (meta.finalizers ?? []).filter((finalizer) => !old.finalizers?.includes(finalizer));
    if (added.length > 0)
      errors.push(
        forbidden(
          `${path}.finalizers`,
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
            .sort()
            .map((text) => JSON.stringify(text))
            .join(', ')}}`,
        ),
      );
  }
  for (const field of IMMUTABLE)
    if (!deepEqual(meta[field], old[field]))
      errors.push(invalid(`${path}.${field}`, meta[field] ?? null, 'field is immutable'));
  return errors.concat(validateCommon(meta, path));
}

const IMMUTABLE = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const;

function validateCommon(meta: ObjectMeta, path: string): FieldError[] {
  const errors = validateLabels(meta.labels, `${path}.labels`);
  errors.push(...validateAnnotations(meta.annotations, `${path}.annotations`));
  errors.push(...validateOwners(meta.ownerReferences ?? [], `${path}.ownerReferences`));
  for (const [index, entry] of (meta.managedFields ?? []).entries())
    errors.push(...validateManagedFields(entry, `${path}.managedFields[${index}]`));
  return errors;
}

/** Keys and values of labels, of an object or of `matchLabels`. */
export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const key in labels) {
    for (const text of isQualifiedName(key)) errors.push(invalid(path, key, text));
    const value = labels[key] ?? '';
    for (const text of isLabelValue(value)) errors.push(invalid(path, value, text));
  }
  return errors;
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const key in annotations) {
    for (const text of isQualifiedName(key.toLowerCase())) errors.push(invalid(path, key, text));
    bytes += Buffer.byteLength(key) + Buffer.byteLength(annotations[key] ?? '');
  }
  if (bytes > MAX_ANNOTATION_BYTES) errors.push(tooLong(path, MAX_ANNOTATION_BYTES));
  return errors;
}

function validateOwners(owners: readonly OwnerReference[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  let controller: string | undefined;
  for (const owner of owners) {
    if (!owner.apiVersion)
      errors.push(invalid(`${path}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'));
    for (const field of ['kind', 'name', 'uid'] as const)
      if (!owner[field]) errors.push(invalid(`${path}.${field}`, owner[field] ?? '', 'must not be empty'));
    if (owner.apiVersion === 'v1' && owner.kind === 'Event')
      errors.push(invalid(path, owner, '/v1, Kind=Event is disallowed from being an owner'));
    if (owner.controller !== true) continue;
    const name = `${owner.kind}/${owner.name}`;
    if (controller !== undefined)
      errors.push(
        invalid(
          path,
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`,
        ),
      );
    controller ??= name;
  }
  return errors;
}

function validateFinalizers(finalizers: readonly string[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const finalizer of finalizers)
    for (const text of isQualifiedName(finalizer)) errors.push(invalid(path, finalizer, text));
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
    errors.push(invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  return errors;
}

function validateManagedFields(entry: ManagedFieldsEntry, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (entry.operation !== 'Apply' && entry.operation !== 'Update')
    errors.push(invalid(`${path}.operation`, entry.operation ?? '', 'must be `Apply` or `Update`'));
  if (entry.fieldsType !== undefined && entry.fieldsType !== 'FieldsV1')
    errors.push(invalid(`${path}.fieldsType`, entry.fieldsType, 'must be `FieldsV1`'));
  if ((entry.manager?.length ?? 0) > MAX_MANAGER_LENGTH)
    errors.push(tooLong(`${path}.manager`, MAX_MANAGER_LENGTH));
  return errors;
}

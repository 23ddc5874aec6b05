import { type FieldError, forbidden, invalid, required, tooLong } from './field-error.ts';
import { deepEqual } from './json.ts';
import {
  type ManagedFieldsEntry,
  type ObjectMeta,
  type OwnerReference,
  parseGroupVersion,
} from './object.ts';
import { isDNS1123Label, isLabelValue, isQualifiedName, type NameRule } from './validation.ts';

/** Bytes of all keys and values together. */
export const MAX_ANNOTATIONS_SIZE = 256 * 1024;
export const IMMUTABLE_MESSAGE = 'field is immutable';
const MAX_MANAGER_LENGTH = 128;
const MAX_SUBRESOURCE_LENGTH = 256;
const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

export function annotationsSize(annotations: Readonly<Record<string, string>>): number {
  let size = 0;
  for (const key in annotations) size += Buffer.byteLength(key) + Buffer.byteLength(annotations[key] ?? '');
  return size;
}

export function validateLabels(labels: Readonly<Record<string, string>>, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const key in labels) {
    const value = labels[key] ?? '';
    for (const message of isQualifiedName(key)) errors.push(invalid(path, key, message));
    for (const message of isLabelValue(value)) errors.push(invalid(path, value, message));
  }
  return errors;
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>>,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const key in annotations) {
    for (const message of isQualifiedName(key.toLowerCase())) errors.push(invalid(path, key, message));
  }
  if (annotationsSize(annotations) > MAX_ANNOTATIONS_SIZE) errors.push(tooLong(path, MAX_ANNOTATIONS_SIZE));
  return errors;
}

function validateOwnerReference(ref: OwnerReference, path: string): FieldError[] {
  const errors: FieldError[] = [];
  // Of custom resources, and of what a webhook made, nobody has filled in what is absent.
  const { apiVersion = '' } = ref as Partial<OwnerReference>;
  const { group, version } = parseGroupVersion(apiVersion);
  if (version === '') errors.push(invalid(`${path}.apiVersion`, apiVersion, 'version must not be empty'));
  for (const field of ['kind', 'name', 'uid'] as const) {
    if ((ref[field] ?? '') === '') errors.push(invalid(`${path}.${field}`, '', 'must not be empty'));
  }
  if (group === '' && version === 'v1' && ref.kind === 'Event') {
    errors.push(invalid(path, ref, '/v1, Kind=Event is disallowed from being an owner'));
  }
  return errors;
}

export function validateOwnerReferences(refs: readonly OwnerReference[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  let first = '';
  for (const ref of refs) {
    errors.push(...validateOwnerReference(ref, path));
    if (ref.controller !== true) continue;
    const current = `${ref.kind}/${ref.name}`;
    if (first === '') {
      first = current;
      continue;
    }
    errors.push(
      invalid(
        path,
        refs,
        `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${current}`,
      ),
    );
  }
  return errors;
}

export function validateFinalizers(finalizers: readonly string[], path: string): FieldError[] {
  const errors = finalizers.flatMap((name) =>
    isQualifiedName(name).map((message) => invalid(path, name, message)),
  );
  if (finalizers.includes(ORPHAN) && finalizers.includes(FOREGROUND)) {
    errors.push(invalid(path, finalizers, `finalizer ${ORPHAN} and ${FOREGROUND} cannot be both set`));
  }
  return errors;
}

const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(['kubernetes', ORPHAN, FOREGROUND]);

/** A stricter rule, which built-in kinds have and custom ones don't: a finalizer has a domain, or is a well-known one. */
export function validateFinalizerDomains(finalizers: readonly string[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, name] of finalizers.entries())
    if (!name.includes('/') && !STANDARD_FINALIZERS.has(name))
      errors.push(
        invalid(
          `${path}[${index}]`,
          name,
          'name is neither a standard finalizer name nor is it fully qualified',
        ),
      );
  return errors;
}

/** Name of a field manager: the parameter of a request or in an entry. */
export function validateFieldManager(manager: string, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (Buffer.byteLength(manager) > MAX_MANAGER_LENGTH) errors.push(tooLong(path, MAX_MANAGER_LENGTH));
  let position = 0;
  for (const char of manager) {
    if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char)) {
      const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      errors.push(invalid(path, manager, `invalid character U+${code} (at position ${position})`));
    }
    position += Buffer.byteLength(char);
  }
  return errors;
}

export function validateManagedFields(entries: readonly ManagedFieldsEntry[], path: string): FieldError[] {
  return entries.flatMap((entry, i) => {
    const at = `${path}[${i}]`;
    const errors: FieldError[] = [];
    if (entry.operation !== 'Apply' && entry.operation !== 'Update') {
      errors.push(invalid(`${at}.operation`, entry.operation ?? '', 'must be `Apply` or `Update`'));
    }
    if (entry.fieldsType !== undefined && entry.fieldsType !== 'FieldsV1') {
      errors.push(invalid(`${at}.fieldsType`, entry.fieldsType, 'must be `FieldsV1`'));
    }
    errors.push(...validateFieldManager(entry.manager ?? '', `${at}.manager`));
    if (Buffer.byteLength(entry.subresource ?? '') > MAX_SUBRESOURCE_LENGTH) {
      errors.push(tooLong(`${at}.subresource`, MAX_SUBRESOURCE_LENGTH));
    }
    return errors;
  });
}

function common(meta: ObjectMeta, path: string): FieldError[] {
  return [
    ...(meta.labels === undefined ? [] : validateLabels(meta.labels, `${path}.labels`)),
    ...(meta.annotations === undefined ? [] : validateAnnotations(meta.annotations, `${path}.annotations`)),
    ...(meta.ownerReferences === undefined
      ? []
      : validateOwnerReferences(meta.ownerReferences, `${path}.ownerReferences`)),
  ];
}

function validateNames(
  meta: ObjectMeta,
  namespaced: boolean,
  nameRule: NameRule,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const { name, generateName = '', namespace = '' } = meta;
  if (generateName !== '') {
    for (const message of nameRule(generateName, true)) {
      errors.push(invalid(`${path}.generateName`, generateName, message));
    }
  }
  if (name === undefined || name === '') {
    errors.push(required(`${path}.name`, 'name or generateName is required'));
  } else {
    for (const message of nameRule(name, false)) errors.push(invalid(`${path}.name`, name, message));
  }
  if (!namespaced) {
    if (namespace !== '') errors.push(forbidden(`${path}.namespace`, 'not allowed on this type'));
  } else if (namespace === '') {
    errors.push(required(`${path}.namespace`));
  } else {
    for (const message of isDNS1123Label(namespace)) {
      errors.push(invalid(`${path}.namespace`, namespace, message));
    }
  }
  return errors;
}

/** Metadata of an object that is created; generated names must be filled in already. */
export function validateObjectMeta(
  meta: ObjectMeta,
  namespaced: boolean,
  nameRule: NameRule,
  path = 'metadata',
): FieldError[] {
  const errors = validateNames(meta, namespaced, nameRule, path);
  if ((meta.generation ?? 0) < 0) {
    errors.push(invalid(`${path}.generation`, meta.generation, 'must be greater than or equal to 0'));
  }
  return [
    ...errors,
    ...common(meta, path),
    ...(meta.finalizers === undefined ? [] : validateFinalizers(meta.finalizers, `${path}.finalizers`)),
    ...(meta.managedFields === undefined
      ? []
      : validateManagedFields(meta.managedFields, `${path}.managedFields`)),
  ];
}

const IMMUTABLE = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const;

/** Metadata of an update: what may not change, and the formats of what may. */
export function validateObjectMetaUpdate(meta: ObjectMeta, old: ObjectMeta, path = 'metadata'): FieldError[] {
  const errors: FieldError[] = [];
  if (old.deletionTimestamp !== undefined) {
    const before = new Set(old.finalizers);
    const added = [...new Set(meta.finalizers)].filter((name) => !before.has(name)).sort();
    if (added.length > 0) {
      const list = added.map((name) => JSON.stringify(name)).join(', ');
      errors.push(
        forbidden(
          `${path}.finalizers`,
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
        ),
      );
    }
  }
  if (meta.resourceVersion === undefined || meta.resourceVersion === '') {
    errors.push(invalid(`${path}.resourceVersion`, '', 'must be specified for an update'));
  }
  if ((meta.generation ?? 0) < (old.generation ?? 0)) {
    errors.push(invalid(`${path}.generation`, meta.generation ?? 0, 'must not be decremented'));
  }
  for (const field of IMMUTABLE) {
    if (!deepEqual(meta[field] ?? null, old[field] ?? null)) {
      errors.push(invalid(`${path}.${field}`, meta[field] ?? null, IMMUTABLE_MESSAGE));
    }
  }
  errors.push(...common(meta, path));
  if (meta.managedFields !== undefined) {
    errors.push(...validateManagedFields(meta.managedFields, `${path}.managedFields`));
  }
  return errors;
}

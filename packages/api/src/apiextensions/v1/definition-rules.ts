import { type FieldError, invalid, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import type { KindRules } from '../../kind.ts';
import {
  APPROVAL_ANNOTATION,
  approvalOf,
  type Definition,
  isProtectedGroup,
  type JsonSchema,
} from './definition.ts';
import { isKnownFormat } from './schema/formats.ts';
import { validateDefinitionSpec } from './validation/definition-spec.ts';
import { validateNames } from './validation/names.ts';
import { allChildren } from './validation/structural.ts';

/** The version in which rows are written from now on counts as stored from the moment it is named. */
function noteStorageVersion(definition: Definition): void {
  const version = definition.spec.versions?.find(({ storage }) => storage)?.name;
  const status = definition.status ?? {};
  const stored = status.storedVersions ?? [];
  // A status that an update leaves alone is that of the stored object, which is not to be changed.
  definition.status =
    version === undefined || stored.includes(version)
      ? status
      : { ...status, storedVersions: [...stored, version] };
}

function storedVersionErrors({ spec, status }: Definition): FieldError[] {
  const stored = status?.storedVersions ?? [];
  const path = 'status.storedVersions';
  if (stored.length === 0)
    return [invalid(path, status?.storedVersions ?? null, 'must have at least one stored version')];
  const versions = spec.versions ?? [];
  const names = new Set(versions.map(({ name }) => name));
  const errors = versions
    .filter(({ storage, name }) => storage && !stored.includes(name))
    .map(({ name }) => invalid(path, stored, `must have the storage version ${name}`));
  for (const [index, version] of stored.entries())
    if (!names.has(version))
      errors.push(
        invalid(
          `${path}[${index}]`,
          version,
          `missing from spec.versions; ${version} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${version} and removes ${version} from status.storedVersions`,
        ),
      );
  return errors;
}

function approvalErrors(definition: Definition, old: Definition | undefined): FieldError[] {
  if (!isProtectedGroup(definition.spec.group)) return [];
  const { state, reason } = approvalOf(definition.metadata.annotations);
  if (old !== undefined && approvalOf(old.metadata.annotations).state === state) return [];
  const path = `metadata.annotations[${APPROVAL_ANNOTATION}]`;
  if (state === 'Missing') return [required(path, reason)];
  return state === 'Invalid'
    ? [invalid(path, definition.metadata.annotations?.[APPROVAL_ANNOTATION], reason)]
    : [];
}

function preserveErrors({ spec }: Definition, old: Definition | undefined): FieldError[] {
  if (spec.preserveUnknownFields !== true || old?.spec.preserveUnknownFields === true) return [];
  return [
    invalid(
      'spec.preserveUnknownFields',
      true,
      'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
    ),
  ];
}

const statusErrors = ({ status }: Definition): FieldError[] =>
  status?.acceptedNames === undefined ? [] : validateNames(status.acceptedNames, 'status.acceptedNames');

function createErrors(definition: Definition): FieldError[] {
  const { metadata, spec } = definition;
  const name = `${spec.names?.plural ?? ''}.${spec.group ?? ''}`;
  return [
    ...(metadata.name === name || !metadata.name
      ? []
      : [invalid('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group')]),
    ...validateDefinitionSpec(definition, undefined),
    ...statusErrors(definition),
    ...storedVersionErrors(definition),
    ...approvalErrors(definition, undefined),
    ...preserveErrors(definition, undefined),
  ];
}

function unknownFormats(definition: Definition | undefined): string[] {
  const found: string[] = [];
  const visit = (schema: JsonSchema): void => {
    const { format, type } = schema;
    if (format !== undefined && format !== '' && !isKnownFormat(type, format)) found.push(format);
    for (const child of allChildren(schema)) visit(child);
  };
  for (const { schema } of definition?.spec.versions ?? [])
    if (schema?.openAPIV3Schema !== undefined) visit(schema.openAPIV3Schema);
  return found;
}

/** Defaults, status and validation of CustomResourceDefinitions. */
export const definitionRules: KindRules<Definition> = {
  defaults(definition) {
    const { spec } = definition;
    const { names } = spec;
    if (names?.kind) {
      names.singular ||= names.kind.toLowerCase();
      names.listKind ||= `${names.kind}List`;
    }
    spec.conversion ??= { strategy: 'None' };
    // Nothing is said of a webhook of which nothing is said.
    const { strategy, webhook } = spec.conversion;
    if (webhook !== undefined && Object.keys(webhook).length === 0) spec.conversion = { strategy };
  },
  prepareForCreate(definition) {
    definition.status = { acceptedNames: { plural: '', kind: '' } };
    noteStorageVersion(definition);
  },
  prepareForUpdate(definition, _old, { subresource }) {
    if (subresource === '' || (definition.status?.storedVersions ?? []).length === 0)
      noteStorageVersion(definition);
  },
  // Only objects that were stored once have a version: an update is checked against what it replaces.
  validate: (definition) =>
    definition.metadata.resourceVersion === undefined ? createErrors(definition) : [],
  validateUpdate: (definition, old) => [
    ...(deepEqual(definition.spec, old.spec) ? [] : validateDefinitionSpec(definition, old)),
    ...statusErrors(definition),
    ...storedVersionErrors(definition),
    ...approvalErrors(definition, old),
    ...preserveErrors(definition, old),
  ],
  validateStatusUpdate: statusErrors,
  warnings(definition, old) {
    if (old !== undefined && deepEqual(definition.spec, old.spec)) return [];
    const before = new Set(unknownFormats(old));
    return unknownFormats(definition)
      .filter((format) => !before.has(format))
      .map((format) => `unrecognized format ${JSON.stringify(format)}`);
  },
};

import { type FieldError, forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { isDNS1035Label, isDNS1123Subdomain } from '@gantry/machinery/validation';
import { type Definition, type DefinitionVersion, isConditionTrue, type JsonSchema } from '../definition.ts';
import { bundleError, hadKnownReview, validateConversion } from './conversion.ts';
import { validateDefaultValues } from './default-values.ts';
import { requiredNames, validateNames } from './names.ts';
import { RuleScope, TotalCost } from './rule-cost.ts';
import { validateSchema } from './schema-rules.ts';
import { columnErrors, selectableErrors } from './shown-fields.ts';
import { conversionError, validateStructural } from './structural.ts';
import { validateSubresources } from './subresources.ts';

/** Fields of a version that the original keeps once for all versions when they are equal: errors name that place. */
type Shared = 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields';
const SHARED_AT: Readonly<Record<Shared, string>> = {
  schema: 'spec.validation',
  subresources: 'spec.subresources',
  additionalPrinterColumns: 'spec.additionalPrinterColumns',
  selectableFields: 'spec.selectableFields',
};

/** `spec` on create, and on an update that changes it. */
export function validateDefinitionSpec(definition: Definition, old: Definition | undefined): FieldError[] {
  const { spec } = definition;
  const versions = spec.versions ?? [];
  return [
    ...groupErrors(spec.group ?? ''),
    ...scopeErrors(spec.scope ?? ''),
    ...versions.flatMap((version, index) =>
      version.schema?.openAPIV3Schema === undefined
        ? [required(`spec.versions[${index}].schema.openAPIV3Schema`)]
        : [],
    ),
    ...versionErrors(definition, old),
    ...versionListErrors(spec.versions),
    ...firstNameErrors(versions),
    ...requiredNames(spec.names),
    ...validateNames(spec.names, 'spec.names'),
    ...sharedErrors(definition, old),
    ...validateConversion(spec.conversion, 'spec.conversion', {
      requireKnownReview: old === undefined || hadKnownReview(old),
      allowInvalidBundle: allowsInvalidBundle(old),
    }),
    ...(old === undefined ? [] : immutableErrors(definition, old)),
  ];
}

function groupErrors(group: string): FieldError[] {
  if (group === '') return [required('spec.group')];
  const wrong = isDNS1123Subdomain(group);
  if (wrong.length > 0) return [invalid('spec.group', group, wrong.join(','))];
  return group.includes('.')
    ? []
    : [invalid('spec.group', group, 'should be a domain with at least one dot')];
}

function scopeErrors(scope: string): FieldError[] {
  if (scope === '') return [required('spec.scope')];
  const scopes = ['Cluster', 'Namespaced'];
  return scopes.includes(scope) ? [] : [notSupported('spec.scope', scope, scopes)];
}

/** Whether all versions say the same of a field. */
function isShared(versions: readonly DefinitionVersion[], field: Shared): boolean {
  const [first] = versions;
  return (
    first !== undefined &&
    versions.every((version) => deepEqual(version[field] ?? null, first[field] ?? null))
  );
}

function versionErrors(definition: Definition, old: Definition | undefined): FieldError[] {
  const versions = definition.spec.versions ?? [];
  const own = (field: Shared): boolean => !isShared(versions, field);
  return versions.flatMap((version, index) => {
    const at = `spec.versions[${index}]`;
    const errors: FieldError[] = [];
    const name = isDNS1035Label(version.name);
    if (name.length > 0) errors.push(invalid(`${at}.name`, version.name, name.join(',')));
    errors.push(...deprecationErrors(version, `${at}.deprecationWarning`));
    for (const field of ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields'] as const)
      if (own(field)) errors.push(...fieldErrors(field, version, `${at}.${field}`, old));
    return errors;
  });
}

/** What all versions share is checked once, at its shared place. */
function sharedErrors({ spec }: Definition, old: Definition | undefined): FieldError[] {
  const versions = spec.versions ?? [];
  const [first] = versions;
  if (first === undefined) return [];
  const fields = ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields'] as const;
  return fields.flatMap((field) =>
    isShared(versions, field)
      ? fieldErrors(field, first, SHARED_AT[field], old, !isShared(versions, 'schema'))
      : [],
  );
}

const WITHOUT_SCHEMA = 'may only be set when `version.schema.openAPIV3Schema` is not included';
const WITHOUT_SHARED = 'may only be set when validations.schema is included';

/** `lacksShared`: the versions share this field, but have schemas of their own. */
function fieldErrors(
  field: Shared,
  version: DefinitionVersion,
  path: string,
  old: Definition | undefined,
  lacksShared = false,
): FieldError[] {
  const before = old?.spec.versions?.find(({ name }) => name === version.name);
  const schema = version.schema?.openAPIV3Schema;
  switch (field) {
    case 'schema':
      // What was accepted once stays accepted.
      if (schema === undefined || deepEqual(before?.schema, version.schema)) return [];
      return validateVersionSchema(schema, version.subresources?.status !== undefined, path);
    case 'subresources':
      return validateSubresources(version.subresources, path);
    case 'additionalPrinterColumns':
      return (version.additionalPrinterColumns ?? []).flatMap((column, index) =>
        columnErrors(column, `${path}[${index}]`),
      );
    case 'selectableFields': {
      const isKept = deepEqual(before?.selectableFields, version.selectableFields);
      if (schema !== undefined && !(path === SHARED_AT.selectableFields && lacksShared))
        return selectableErrors(version, schema, path, isKept);
      if ((version.selectableFields ?? []).length === 0) return [];
      return [invalid(path, '', path === SHARED_AT.selectableFields ? WITHOUT_SHARED : WITHOUT_SCHEMA)];
    }
  }
}

/** The schema of one version; `path` is that of `schema`. */
function validateVersionSchema(schema: JsonSchema, hasStatus: boolean, path: string): FieldError[] {
  const at = `${path}.openAPIV3Schema`;
  const errors: FieldError[] = [];
  if (hasStatus) errors.push(...statusRootErrors(schema, at));
  if (schema.nullable === true)
    errors.push(forbidden(`${at}.nullable`, 'nullable cannot be true at the root'));
  const unreadable = conversionError(schema);
  const structural = unreadable === undefined ? validateStructural(schema, at) : [];
  const total = new TotalCost();
  let scope: RuleScope | undefined;
  if (unreadable === undefined) {
    const broken = structural.length > 0 ? structural : validateDefaultValues(schema, at);
    errors.push(...broken);
    if (broken.length === 0) scope = new RuleScope(total);
  }
  const found = validateSchema(schema, at, scope);
  errors.push(...found.schema, ...found.rules);
  if (errors.length === 0 && unreadable !== undefined) errors.push(invalid(at, '', unreadable));
  return errors.concat(total.errors(at));
}

const ROOT_FIELDS =
  'Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations';
const ALLOWED_AT_ROOT: ReadonlySet<string> = new Set(
  ROOT_FIELDS.split(' ')
    .map((name) => name.charAt(0).toLowerCase() + name.slice(1))
    .concat('x-kubernetes-preserve-unknown-fields', 'x-kubernetes-validations'),
);

/** With a status subresource the schema of `status` is used alone, so nothing above it may restrict it. */
function statusRootErrors(schema: JsonSchema, path: string): FieldError[] {
  for (const name of Object.keys(schema)) {
    if (name === 'type') {
      if (schema.type === 'object') continue;
      const detail =
        'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
      return [invalid(`${path}.type`, schema.type, detail)];
    }
    const value = schema[name as keyof JsonSchema];
    if (ALLOWED_AT_ROOT.has(name) || value === false || value === '') continue;
    return [
      invalid(
        path,
        schema,
        `only [${ROOT_FIELDS}] fields are allowed at the root of the schema if the status subresource is enabled`,
      ),
    ];
  }
  return [];
}

function deprecationErrors(
  { deprecated, deprecationWarning }: DefinitionVersion,
  path: string,
): FieldError[] {
  if (deprecationWarning === undefined) return [];
  const wrong = (detail: string): FieldError => invalid(path, deprecationWarning, detail);
  if (deprecated !== true) return [wrong('can only be set for deprecated versions')];
  const errors: FieldError[] = [];
  if (Buffer.byteLength(deprecationWarning) > 256) errors.push(wrong('must be <= 256 characters long'));
  if (deprecationWarning === '') errors.push(wrong('must not be an empty string'));
  let index = 0;
  for (const character of deprecationWarning) {
    if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) {
      errors.push(
        wrong(
          `must only contain printable UTF-8 characters; non-printable character found at index ${index}`,
        ),
      );
      break;
    }
    index += Buffer.byteLength(character);
  }
  return errors;
}

function versionListErrors(given: readonly DefinitionVersion[] | undefined): FieldError[] {
  const versions = given ?? [];
  const shown = given === undefined ? null : versions.map((version) => versionInGo(version, versions));
  const errors: FieldError[] = [];
  if (new Set(versions.map(({ name }) => name)).size !== versions.length)
    errors.push(invalid('spec.versions', shown, 'must contain unique version names'));
  if (versions.filter(({ storage }) => storage).length !== 1)
    errors.push(invalid('spec.versions', shown, 'must have exactly one version marked as storage version'));
  return errors;
}

/** The original prints versions by its internal type, without what they share. */
function versionInGo(version: DefinitionVersion, versions: readonly DefinitionVersion[]): object {
  const own = (field: Shared): unknown => (isShared(versions, field) ? null : (version[field] ?? null));
  return {
    Name: version.name,
    Served: version.served,
    Storage: version.storage,
    Deprecated: version.deprecated ?? false,
    DeprecationWarning: version.deprecationWarning ?? null,
    Schema: own('schema'),
    Subresources: own('subresources'),
    AdditionalPrinterColumns: own('additionalPrinterColumns'),
    SelectableFields: own('selectableFields'),
  };
}

/** The original keeps the name of the first version once more, and looks at it there, too. */
function firstNameErrors([first]: readonly DefinitionVersion[]): FieldError[] {
  const name = first?.name ?? '';
  const wrong = name === '' ? [] : isDNS1035Label(name);
  return wrong.length === 0 ? [] : [invalid('spec.version', name, wrong.join(','))];
}

function allowsInvalidBundle(old: Definition | undefined): boolean {
  if (old === undefined || !isConditionTrue(old, 'Established')) return true;
  return bundleError(old.spec.conversion?.webhook?.clientConfig?.caBundle) !== undefined;
}

function immutableErrors({ spec }: Definition, old: Definition): FieldError[] {
  const same = (field: string, value: unknown, before: unknown): FieldError[] =>
    value === before ? [] : [invalid(field, value, 'field is immutable')];
  return [
    ...(isConditionTrue(old, 'Established')
      ? [
          ...same('spec.scope', spec.scope, old.spec.scope),
          ...same('spec.names.kind', spec.names.kind, old.spec.names.kind),
        ]
      : []),
    ...same('spec.group', spec.group, old.spec.group),
    ...same('spec.names.plural', spec.names.plural, old.spec.names.plural),
  ];
}

import { type FieldError, invalid } from '@gantry/machinery/field-error';
import { deepClone, deepEqual, isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { validateObjectMetaUpdate } from '@gantry/machinery/object-meta';
import { badRequest } from '@gantry/machinery/status';
import { isQualifiedName } from '@gantry/machinery/validation';
import type { CompiledKind, Decoded, FieldValidation } from '../../../compile.ts';
import type { KindDefinition, StrategyContext } from '../../../kind.ts';
import { validateMetadata } from '../../../meta/v1/validate-metadata.ts';
import { DecodeError } from '../../../schema/decode-scalar.ts';
import { type BodySource, describeFaults, strictError } from '../../../schema/duplicate-fields.ts';
import type { JsonSchema, ScaleSubresource } from '../definition.ts';
import { Correlated } from '../schema/correlation.ts';
import { applyDefaults, dropRefusedNulls } from '../schema/defaults.ts';
import { canonicalMetadata, coerceEmbedded, validateEmbedded } from '../schema/embedded-resources.ts';
import { validateListTypes } from '../schema/list-types.ts';
import { contentsOf, propertyOf } from '../schema/nodes.ts';
import { prune } from '../schema/prune.ts';
import { RuleBudget } from '../schema/rule-budget.ts';
import { validateRules } from '../schema/rules.ts';
import { customView } from '../schema/schema-view.ts';
import { toFieldErrors } from '../schema/value-errors.ts';
import { validateValue } from '../schema/value-validation.ts';
import { scaleErrors } from './scale-rules.ts';

/** What of a version matters to its objects. */
export interface CustomSchema {
  readonly schema: JsonSchema;
  readonly hasStatus: boolean;
  readonly scale: ScaleSubresource | undefined;
}

/** A custom resource's kind as the server runs it; the schema is read on first use. */
export function compileCustom(kind: KindDefinition, custom: CustomSchema): CompiledKind {
  return new CompiledCustom(kind, custom);
}

/**
 * Removes what the schema does not declare and brings metadata into canonical form, in place. `keepNulls`: nulls that the
 * schema refuses stay, for validation to tell of. Throws DecodeError.
 */
export function coerceCustom(
  object: AnyObject,
  schema: JsonSchema,
  unknown: string[] | undefined,
  keepNulls = false,
): void {
  const found = unknown ?? [];
  const metadata =
    object.metadata === undefined ? undefined : canonicalMetadata(object.metadata, 'metadata', found);
  const paths: string[] = [];
  prune(object, schema, true, unknown === undefined ? undefined : { paths, path: [] });
  found.push(...paths.sort());
  if (!keepNulls) dropRefusedNulls(object, schema);
  const wrong = coerceEmbedded(object, schema, found);
  if (wrong !== undefined) throw new DecodeError(`${wrong.field}: ${wrong.message}`);
  if (metadata !== undefined) object.metadata = metadata;
}

/** Types of errors after which rules can't be trusted to say anything of use. */
const BLOCKING: ReadonlySet<string> = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

class CompiledCustom implements CompiledKind {
  readonly kind: KindDefinition;
  readonly apiVersion: string;
  readonly hasGeneration = true;
  readonly #custom: CustomSchema;
  /** Rules that were broken by values which an update did not change. */
  readonly #warnings = new WeakMap<object, string[]>();

  constructor(kind: KindDefinition, custom: CustomSchema) {
    this.kind = kind;
    this.apiVersion = `${kind.group}/${kind.version}`;
    this.#custom = custom;
  }

  get view() {
    return customView(this.#custom.schema);
  }

  decode(value: unknown, mode: FieldValidation, source?: BodySource, keepNulls = false): Decoded {
    // As the original has it, the kind is what the object says of itself; that it is another one is told later.
    const named = isObject(value) && typeof value.kind === 'string' ? value.kind : this.kind.kind;
    const reject = (cause: string): Error =>
      badRequest(
        `${named} in version ${JSON.stringify(this.kind.version)} cannot be handled as a ${named}: ${cause}`,
      );
    if (!isObject(value)) throw reject('the body must be a JSON object');
    const object = value as AnyObject;
    const unknown: string[] = [];
    try {
      coerceCustom(object, this.#custom.schema, unknown, keepNulls);
    } catch (error) {
      if (error instanceof DecodeError) throw reject(error.message);
      throw error;
    }
    object.metadata ??= { name: '' };
    if (mode === 'Ignore') return { object, warnings: [] };
    // Unlike with built-in kinds, unknown fields are found after the duplicate ones.
    const warnings = [...describeFaults(source, []), ...describeFaults(undefined, unknown)];
    if (warnings.length > 0 && mode === 'Strict') throw reject(strictError(source, warnings));
    return { object, warnings };
  }

  applyDefaults(object: AnyObject): void {
    applyDefaults(object, this.#custom.schema);
  }

  prepareForCreate(object: AnyObject): void {
    if (this.#custom.hasStatus) delete object.status;
    object.metadata.generation = 1;
  }

  prepareForUpdate(object: AnyObject, old: AnyObject, { subresource }: StrategyContext): void {
    if (subresource === 'status') keepAllButStatus(object, old);
    else if (this.#custom.hasStatus) {
      if (old.status === undefined) delete object.status;
      else object.status = deepClone(old.status);
    }
    const { metadata: _metadata, ...wanted } = object;
    const { metadata: _old, ...before } = old;
    const generation = old.metadata.generation ?? 1;
    const changed = subresource !== 'status' && !deepEqual(wanted, before);
    object.metadata.generation = changed ? generation + 1 : generation;
  }

  validateCreate(object: AnyObject): FieldError[] {
    const errors = this.#typeErrors(object);
    if (errors.length > 0) return errors;
    const { schema, scale } = this.#custom;
    errors.push(
      ...validateMetadata(this.kind, object.metadata),
      ...toFieldErrors(validateValue(object, schema).errors, ''),
      ...scaleErrors(object, scale, true),
      ...validateEmbedded(object, schema),
      ...validateListTypes(object, schema),
    );
    return errors.concat(this.#ruleErrors(object, undefined, errors));
  }

  validateUpdate(object: AnyObject, old: AnyObject, { subresource }: StrategyContext): FieldError[] {
    const errors = this.#typeErrors(object);
    if (errors.length > 0) return errors;
    const { schema, scale } = this.#custom;
    const isStatus = subresource === 'status';
    errors.push(...validateObjectMetaUpdate(object.metadata, old.metadata));
    const correlated = new Correlated(object, old, schema);
    if (isStatus) errors.push(...this.#statusErrors(object, correlated));
    else errors.push(...toFieldErrors(validateValue(object, schema, '', correlated).errors, ''));
    errors.push(...scaleErrors(object, scale, !isStatus));
    if (!isStatus) errors.push(...validateEmbedded(object, schema));
    const repeated = validateListTypes(object, schema);
    if (repeated.length > 0 && validateListTypes(old, schema).length === 0) errors.push(...repeated);
    return errors.concat(this.#ruleErrors(object, correlated, errors));
  }

  /** The schema of `status` alone, with paths from there. */
  #statusErrors(object: AnyObject, correlated: Correlated): FieldError[] {
    const schema = propertyOf(this.#custom.schema, 'status');
    if (schema === undefined || object.status === undefined) return [];
    return toFieldErrors(
      validateValue(object.status, schema, '', correlated.field('status')).errors,
      'status',
    );
  }

  #ruleErrors(
    object: AnyObject,
    correlated: Correlated | undefined,
    errors: readonly FieldError[],
  ): FieldError[] {
    if (errors.some(({ type }) => BLOCKING.has(type)))
      return contentsOf(this.#custom.schema).rules
        ? [
            {
              type: 'FieldValueInvalid',
              field: '<nil>',
              message:
                'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
            },
          ]
        : [];
    const warnings: string[] = [];
    const found = validateRules(object, correlated?.old, this.#custom.schema, {
      path: '',
      isRoot: true,
      budget: new RuleBudget(),
      warn: (text) => warnings.push(text),
      correlated,
    });
    if (warnings.length > 0) this.#warnings.set(object, warnings);
    return found;
  }

  #typeErrors({ kind, apiVersion }: AnyObject): FieldError[] {
    const errors: FieldError[] = [];
    if (kind !== this.kind.kind) errors.push(invalid('kind', kind, `must be ${this.kind.kind}`));
    if (apiVersion !== this.apiVersion)
      errors.push(invalid('apiVersion', apiVersion, `must be ${this.apiVersion}`));
    return errors;
  }

  warnings(object: AnyObject, old?: AnyObject, subresource = ''): string[] {
    if (subresource === 'status') return [];
    const before = new Set(old?.metadata.finalizers);
    const added = (object.metadata.finalizers ?? []).filter((name) => !before.has(name)).sort();
    return [...added.flatMap(finalizerWarnings), ...(this.#warnings.get(object) ?? [])];
  }
}

const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(['orphan', 'foregroundDeletion', 'kubernetes']);

function finalizerWarnings(name: string): string[] {
  const at = `metadata.finalizers: ${JSON.stringify(name)}`;
  const warnings = isQualifiedName(name).map((wrong) => `${at}: ${wrong}`);
  if (name.includes('/') || STANDARD_FINALIZERS.has(name)) return warnings;
  const path = name.includes('.') ? ' including a path (/)' : '';
  const advice = `prefer a domain-qualified finalizer name${path} to avoid accidental conflicts with other finalizer writers`;
  return [...warnings, `${at}: ${advice}`];
}

/** An update of the status changes nothing else, whatever the client sent. */
function keepAllButStatus(object: AnyObject, old: AnyObject): void {
  const { status } = object;
  const { managedFields } = object.metadata;
  for (const field of Object.keys(object)) if (!(field in old)) delete object[field];
  for (const field of Object.keys(old)) if (field !== 'status') object[field] = deepClone(old[field]);
  if (managedFields === undefined) delete object.metadata.managedFields;
  else object.metadata.managedFields = managedFields;
  if (status === undefined) delete object.status;
  else object.status = status;
}

import {
  type FieldSelector,
  formatFieldSelector,
  parseFieldSelector,
} from '@gantry/machinery/field-selector';
import {
  formatLabelSelector,
  type LabelSelector,
  matchesLabels,
  parseLabelSelector,
} from '@gantry/machinery/label-selector';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest } from '@gantry/machinery/status';
import type { Entry } from '../cache/entry.ts';
import type { ApiResource } from './resource.ts';

type FieldReader = (object: AnyObject) => string;

interface FieldCheck {
  readonly cacheKey: string;
  readonly read: FieldReader;
  /** The entry in the served version, where that is not the stored one. */
  readonly view: ((entry: Entry) => AnyObject) | undefined;
  readonly equal: boolean;
  readonly value: string;
  /** Not where a webhook has to be asked before the field can be read. */
  readonly indexable: boolean;
}

/** A field that must have one value, by which objects can be found. */
export interface IndexedField {
  /** Names the field, and the version in which it is read. */
  readonly cacheKey: string;
  readonly value: string;
  of(entry: Entry): string;
}

const valueOfField = (entry: Entry, { cacheKey, read, view }: FieldCheck): string =>
  entry.field(cacheKey, view === undefined ? read : () => read(view(entry)));

/** Which objects of a resource a request means: a namespace, a name, labels and fields. */
export class Selection {
  /** Equal keys select the same. */
  readonly key: string;
  readonly namespace: string;
  /** Set when exactly one name can match. */
  readonly name: string;
  /** No label or field selector: counting is exact. */
  readonly plain: boolean;
  /** Everything in scope matches: nothing of an object needs to be read. */
  readonly everything: boolean;
  /** Set when a field must have exactly one value. */
  readonly indexed: IndexedField | undefined;
  readonly #labels: LabelSelector;
  readonly #fields: readonly FieldCheck[];

  constructor(
    namespace: string,
    name: string,
    labels: LabelSelector,
    fields: readonly FieldCheck[],
    key: string,
  ) {
    this.namespace = namespace;
    this.name = name;
    this.#labels = labels;
    this.#fields = fields;
    this.key = key;
    const exact = fields.find(({ equal, indexable }) => equal && indexable);
    this.indexed =
      exact === undefined
        ? undefined
        : { cacheKey: exact.cacheKey, value: exact.value, of: (entry) => valueOfField(entry, exact) };
    this.everything = labels.length === 0 && fields.length === 0;
    this.plain = labels.length === 0 && fields.length === 0 && name === '';
  }

  /** Whether the object's namespace and name fit; these never change. */
  inScope({ key }: Entry): boolean {
    if (this.namespace !== '' && key.namespace !== this.namespace) return false;
    return this.name === '' || key.name === this.name;
  }

  matches(entry: Entry): boolean {
    if (!this.inScope(entry)) return false;
    if (this.#labels.length > 0 && !matchesLabels(this.#labels, entry.labels)) return false;
    for (const field of this.#fields)
      if ((valueOfField(entry, field) === field.value) !== field.equal) return false;
    return true;
  }
}

/** Kinds without fields of their own take this one even where it matches nothing. */
const hasNamespaceField = ({ kind }: ApiResource): boolean =>
  kind.namespaced || kind.selectableFields === undefined;

function fieldReader(resource: ApiResource, field: string): FieldReader | undefined {
  if (field === 'metadata.name') return (object) => object.metadata.name;
  if (field === 'metadata.namespace' && hasNamespaceField(resource))
    return (object) => object.metadata.namespace ?? '';
  const read = resource.kind.selectableFields?.[field] as FieldReader | undefined;
  if (read === undefined) return undefined;
  return read;
}

/** Words of the original, which is not of one mind about them. */
const UNKNOWN_FIELD: Readonly<Record<string, (field: string) => string>> = {
  'batch/Job': (field) => `field label ${JSON.stringify(field)} not supported for Job`,
  'resource.k8s.io/ResourceSlice': (field) =>
    `field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: ${field}`,
};

function unknownField({ kind }: ApiResource, field: string): string {
  const own = UNKNOWN_FIELD[`${kind.group}/${kind.kind}`];
  if (own !== undefined) return own(field);
  return kind.selectableFields === undefined
    ? `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`
    : `field label not supported: ${field}`;
}

function fieldChecks(resource: ApiResource, selector: FieldSelector): FieldCheck[] {
  return selector.map(({ field, operator, value }) => {
    const read = fieldReader(resource, field);
    if (read === undefined) throw badRequest(unknownField(resource, field));
    const cacheKey = resource.converted ? `${resource.apiVersion}${resource.tag} ${field}` : field;
    const view = resource.converted ? (entry: Entry) => resource.view(entry) : undefined;
    const indexable = resource.prepare === undefined;
    return { cacheKey, read, view, equal: operator === '=', value, indexable };
  });
}

/** The one namespace that a field selector leaves, so that only that one is looked through. */
const namespaceOf = (fields: FieldSelector): string =>
  fields.find(({ field, operator }) => field === 'metadata.namespace' && operator === '=')?.value ?? '';

/** Reads the selectors of a request. Throws BadRequest. */
export function selectionFor(
  resource: ApiResource,
  namespace: string,
  query: URLSearchParams,
  name = '',
): Selection {
  const labelText = query.get('labelSelector') ?? '';
  const fieldText = query.get('fieldSelector') ?? '';
  let labels: LabelSelector = [];
  let fields: FieldSelector = [];
  try {
    if (labelText !== '') labels = parseLabelSelector(labelText);
    if (fieldText !== '') fields = parseFieldSelector(fieldText);
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
  const checks = fieldChecks(resource, fields);
  const named = fields.find(({ field, operator }) => field === 'metadata.name' && operator === '=');
  if (name !== '' && fields.length > 0 && named?.value !== name)
    throw badRequest("fieldSelector metadata.name doesn't match requested name");
  const only = named?.value ?? name;
  // An empty name is nobody's, and has to be looked for like any other field.
  const rest = checks.filter((_, index) => fields[index] !== named || named?.value === '');
  const scope = namespace === '' && resource.kind.namespaced ? namespaceOf(fields) : namespace;
  const key = `${scope}\0${only}\0${formatLabelSelector(labels)}\0${formatFieldSelector(fields)}`;
  return new Selection(scope, only, labels, rest, key);
}

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
  readonly equal: boolean;
  readonly value: string;
}

/** Which objects of a resource a request means: a namespace, a name, labels and fields. */
export class Selection {
  /** Equal keys select the same. */
  readonly key: string;
  readonly namespace: string;
  /** Set when exactly one name can match. */
  readonly name: string;
  /** No label or field selector: counting is exact. */
  readonly plain: boolean;
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
    for (const { cacheKey, read, equal, value } of this.#fields)
      if ((entry.field(cacheKey, read) === value) !== equal) return false;
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
  return resource.converted ? (object) => read(resource.fromStorage(object)) : read;
}

/** Words of the original, where kinds with selectable fields of their own differ from the others. */
const unknownField = ({ kind }: ApiResource, field: string): string =>
  kind.selectableFields === undefined
    ? `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`
    : `field label not supported: ${field}`;

function fieldChecks(resource: ApiResource, selector: FieldSelector): FieldCheck[] {
  return selector.map(({ field, operator, value }) => {
    const read = fieldReader(resource, field);
    if (read === undefined) throw badRequest(unknownField(resource, field));
    const cacheKey = resource.converted ? `${resource.apiVersion} ${field}` : field;
    return { cacheKey, read, equal: operator === '=', value };
  });
}

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
  const only = named?.value ?? name;
  const rest = checks.filter((_, index) => fields[index] !== named);
  const key = `${namespace}\0${only}\0${formatLabelSelector(labels)}\0${formatFieldSelector(fields)}`;
  return new Selection(namespace, only, labels, rest, key);
}

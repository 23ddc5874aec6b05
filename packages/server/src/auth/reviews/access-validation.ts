import type {
  NonResourceAttributes,
  ResourceAttributes,
  SubjectAccessReviewSpec,
} from '@gantry/api/generated/types';
import { type FieldError, forbidden, invalid, required } from '@gantry/machinery/field-error';
import type { AnyObject } from '@gantry/machinery/object';
import { isLabelValue, isQualifiedName } from '@gantry/machinery/validation';
import type { SelectorAttributes, SelectorRequirement } from '../authorization/selectors.ts';

/** The part of a spec that all reviews share. */
export interface ReviewSpec {
  readonly resourceAttributes?: ResourceAttributes | undefined;
  readonly nonResourceAttributes?: NonResourceAttributes | undefined;
}

/** The attributes as the original shows them. */
const shown = ({ path = '', verb = '' }: NonResourceAttributes): object => ({ Path: path, Verb: verb });

function oneOfAttributes({ resourceAttributes, nonResourceAttributes }: ReviewSpec): FieldError[] {
  if (resourceAttributes !== undefined && nonResourceAttributes !== undefined)
    return [
      invalid(
        'spec.nonResourceAttributes',
        shown(nonResourceAttributes),
        'cannot be specified in combination with resourceAttributes',
      ),
    ];
  if (resourceAttributes === undefined && nonResourceAttributes === undefined)
    return [
      invalid(
        'spec.resourceAttributes',
        null,
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    ];
  return [];
}

function requirementErrors({ key, operator, values = [] }: SelectorRequirement, path: string): FieldError[] {
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0)
    return [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0)
    return [
      forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
    ];
  return key === '' && !path.includes('labelSelector') ? [required(`${path}.key`, 'must be specified')] : [];
}

function labelErrors({ key, values = [] }: SelectorRequirement, path: string): FieldError[] {
  return [
    ...isQualifiedName(key).map((fault) => invalid(`${path}.key`, key, fault)),
    ...values.flatMap((value, index) =>
      isLabelValue(value).map((fault) => invalid(`${path}.values[${index}]`, value, fault)),
    ),
  ];
}

function selectorErrors(selector: SelectorAttributes | undefined, path: string): FieldError[] {
  if (selector === undefined) return [];
  const { rawSelector = '', requirements = [] } = selector;
  const errors: FieldError[] = [];
  if (rawSelector !== '' && requirements.length > 0)
    errors.push(
      invalid(`${path}.rawSelector`, rawSelector, 'may not specified at the same time as requirements'),
    );
  if (rawSelector === '' && requirements.length === 0)
    errors.push(
      required(`${path}.requirements`, `when ${path} is specified, requirements or rawSelector is required`),
    );
  for (const [index, one] of requirements.entries()) {
    const at = `${path}.requirements[${index}]`;
    errors.push(...requirementErrors(one, at));
    if (path.endsWith('labelSelector')) errors.push(...labelErrors(one, at));
  }
  return errors;
}

/** A review is asked, not stored: it has no metadata but what says where it was sent. */
function metadataErrors({ metadata }: AnyObject, mayName: readonly string[]): FieldError[] {
  const extra = Object.entries(metadata).filter(
    ([key, value]) =>
      !mayName.includes(key) && value !== '' && value !== null && Object.keys(Object(value)).length !== 0,
  );
  if (extra.length === 0) return [];
  const rule = mayName.includes('namespace') ? 'must be empty except for namespace' : 'must be empty';
  return [invalid('metadata', metadata, rule)];
}

/** Every broken rule of a review of one's own rights. */
export function selfReviewErrors(body: AnyObject, spec: ReviewSpec): FieldError[] {
  const path = 'spec.resourceAttributes';
  return [
    ...oneOfAttributes(spec),
    ...selectorErrors(
      spec.resourceAttributes?.fieldSelector as SelectorAttributes | undefined,
      `${path}.fieldSelector`,
    ),
    ...selectorErrors(
      spec.resourceAttributes?.labelSelector as SelectorAttributes | undefined,
      `${path}.labelSelector`,
    ),
    ...metadataErrors(body, ['managedFields']),
  ];
}

/** The same of another's rights; `namespace` is that of the request when the review is local. */
export function reviewErrors(
  body: AnyObject,
  spec: SubjectAccessReviewSpec,
  namespace: string | undefined,
): FieldError[] {
  const local = namespace !== undefined;
  const { user = '', groups = [], resourceAttributes, nonResourceAttributes } = spec;
  const path = 'spec.resourceAttributes';
  const errors = oneOfAttributes(spec);
  if (user === '' && groups.length === 0)
    errors.push(invalid('spec.user', user, 'at least one of user or group must be specified'));
  errors.push(
    ...selectorErrors(
      resourceAttributes?.fieldSelector as SelectorAttributes | undefined,
      `${path}.fieldSelector`,
    ),
    ...selectorErrors(
      resourceAttributes?.labelSelector as SelectorAttributes | undefined,
      `${path}.labelSelector`,
    ),
    ...metadataErrors(body, local ? ['namespace', 'managedFields'] : ['managedFields']),
  );
  if (!local) return errors;
  if (resourceAttributes !== undefined && (resourceAttributes.namespace ?? '') !== namespace)
    errors.push(
      invalid(`${path}.namespace`, resourceAttributes.namespace ?? '', 'must match metadata.namespace'),
    );
  if (nonResourceAttributes !== undefined)
    errors.push(
      invalid(
        'spec.nonResourceAttributes',
        shown(nonResourceAttributes),
        'disallowed on this kind of request',
      ),
    );
  return errors;
}

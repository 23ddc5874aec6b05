import type {
  NonResourceAttributes,
  ResourceAttributes,
  SelfSubjectAccessReviewSpec,
  SubjectAccessReviewSpec,
} from '@gantry/api/generated/types';
import { type FieldError, invalid as invalidField, required } from '@gantry/machinery/field-error';
import type { AnyObject } from '@gantry/machinery/object';
import { invalid } from '@gantry/machinery/status';
import type { VirtualHandler } from '../../handler.ts';
import type { Authorizer, RequestAttributes, UserInfo } from '../../request.ts';

const GROUP = 'authorization.k8s.io';

const fieldSelectorText = (attributes: ResourceAttributes): string | undefined =>
  attributes.fieldSelector?.rawSelector ??
  attributes.fieldSelector?.requirements
    ?.map(({ key, operator, values = [] }) =>
      operator === 'In' && values.length === 1 ? `${key}=${values[0]}` : '',
    )
    .filter((text) => text !== '')
    .join(',');

function toRequest(
  resource: ResourceAttributes | undefined,
  path: NonResourceAttributes | undefined,
): RequestAttributes {
  const fieldSelector = resource === undefined ? undefined : fieldSelectorText(resource);
  return {
    isResourceRequest: resource !== undefined,
    verb: resource?.verb ?? path?.verb ?? '',
    group: resource?.group ?? '',
    version: resource?.version ?? '',
    resource: resource?.resource ?? '',
    subresource: resource?.subresource ?? '',
    namespace: resource?.namespace ?? '',
    name: resource?.name ?? '',
    path: path?.path ?? '',
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  };
}

function oneOfAttributes(spec: SelfSubjectAccessReviewSpec): FieldError[] {
  if (spec.resourceAttributes !== undefined && spec.nonResourceAttributes !== undefined) {
    return [
      invalidField(
        'spec.nonResourceAttributes',
        spec.nonResourceAttributes,
        'cannot be specified in combination with resourceAttributes',
      ),
    ];
  }
  if (spec.resourceAttributes === undefined && spec.nonResourceAttributes === undefined) {
    return [
      invalidField(
        'spec.resourceAttributes',
        null,
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    ];
  }
  return [];
}

function subjectOf(spec: SubjectAccessReviewSpec): {
  readonly user: UserInfo;
  readonly errors: FieldError[];
} {
  const groups = spec.groups ?? [];
  const errors =
    (spec.user ?? '') === '' && groups.length === 0
      ? [invalidField('spec.user', spec.user ?? '', 'at least one of user or group must be specified')]
      : [];
  const user: UserInfo = {
    name: spec.user ?? '',
    groups,
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.extra === undefined ? {} : { extra: spec.extra }),
  };
  return { user, errors };
}

function answer(body: AnyObject, authorizer: Authorizer, user: UserInfo): AnyObject {
  const spec = body.spec as SelfSubjectAccessReviewSpec;
  const decision = authorizer.authorize(user, toRequest(spec.resourceAttributes, spec.nonResourceAttributes));
  return {
    ...body,
    status: { allowed: decision.allowed, ...(decision.reason === '' ? {} : { reason: decision.reason }) },
  };
}

const refuse = (kind: string, errors: readonly FieldError[]): void => {
  if (errors.length > 0) throw invalid(GROUP, kind, '', errors);
};

/** The three ways to ask the authorizer. https://kubernetes.io/docs/reference/access-authn-authz/authorization/ */
export function accessReviewHandlers(authorizer: Authorizer): VirtualHandler[] {
  return [
    {
      group: GROUP,
      resource: 'selfsubjectaccessreviews',
      async create(body, { user }) {
        refuse('SelfSubjectAccessReview', oneOfAttributes((body.spec ?? {}) as SelfSubjectAccessReviewSpec));
        return answer(body, authorizer, user);
      },
    },
    {
      group: GROUP,
      resource: 'subjectaccessreviews',
      async create(body) {
        const spec = (body.spec ?? {}) as SubjectAccessReviewSpec;
        const { user, errors } = subjectOf(spec);
        refuse('SubjectAccessReview', [...oneOfAttributes(spec), ...errors]);
        return answer(body, authorizer, user);
      },
    },
    {
      group: GROUP,
      resource: 'localsubjectaccessreviews',
      async create(body, { attributes }) {
        const spec = (body.spec ?? {}) as SubjectAccessReviewSpec;
        const { user, errors } = subjectOf(spec);
        const faults = [...oneOfAttributes(spec), ...errors];
        if (spec.resourceAttributes === undefined) {
          faults.push(
            required('spec.resourceAttributes', 'must be specified for a LocalSubjectAccessReview'),
          );
        } else if (spec.resourceAttributes.namespace !== attributes.namespace) {
          faults.push(
            invalidField(
              'spec.resourceAttributes.namespace',
              spec.resourceAttributes.namespace ?? '',
              'must match metadata.namespace',
            ),
          );
        }
        refuse('LocalSubjectAccessReview', faults);
        return answer(body, authorizer, user);
      },
    },
  ];
}

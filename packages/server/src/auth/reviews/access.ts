import type { SubjectAccessReviewSpec } from '@gantry/api/generated/types';
import type { FieldError } from '@gantry/machinery/field-error';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest, invalid } from '@gantry/machinery/status';
import type { VirtualHandler } from '../../handler.ts';
import type { Authorizer, Decision, RequestAttributes, UserInfo } from '../../request.ts';
import {
  type ReadSelector,
  readFieldSelector,
  readLabelSelector,
  type SelectorAttributes,
} from '../authorization/selectors.ts';
import { type ReviewSpec, reviewErrors, selfReviewErrors } from './access-validation.ts';

const GROUP = 'authorization.k8s.io';

interface Question {
  readonly attributes: RequestAttributes;
  /** What of the selectors could not be read. */
  readonly evaluationError: string;
}

function faultOf(name: string, selector: ReadSelector | undefined): string[] {
  return selector?.fault === undefined
    ? []
    : [`spec.resourceAttributes.${name} ${selector.fault} due to parse error`];
}

function questionOf({ resourceAttributes: resource, nonResourceAttributes: path }: ReviewSpec): Question {
  const fields = readFieldSelector(resource?.fieldSelector as SelectorAttributes | undefined);
  const labels = readLabelSelector(resource?.labelSelector as SelectorAttributes | undefined);
  return {
    attributes: {
      isResourceRequest: resource !== undefined,
      verb: resource?.verb ?? path?.verb ?? '',
      group: resource?.group ?? '',
      version: resource?.version || (resource === undefined ? '' : '*'),
      resource: resource?.resource ?? '',
      subresource: resource?.subresource ?? '',
      namespace: resource?.namespace ?? '',
      name: resource?.name ?? '',
      path: path?.path ?? '',
      ...(fields === undefined ? {} : { fieldSelector: fields.text }),
      ...(labels === undefined ? {} : { labelSelector: labels.text }),
    },
    evaluationError: [...faultOf('fieldSelector', fields), ...faultOf('labelSelector', labels)].join('; '),
  };
}

const subjectOf = ({ user = '', groups = [], uid, extra }: SubjectAccessReviewSpec): UserInfo => ({
  name: user,
  groups,
  ...(uid === undefined ? {} : { uid }),
  ...(extra === undefined ? {} : { extra }),
});

async function answer(
  body: AnyObject,
  spec: ReviewSpec,
  authorizer: Authorizer,
  user: UserInfo,
): Promise<AnyObject> {
  const { attributes, evaluationError } = questionOf(spec);
  await authorizer.prepare?.(user, attributes);
  const decision: Decision & { readonly denied?: boolean } = authorizer.authorize(user, attributes);
  const faults = [evaluationError, decision.error ?? ''].filter((fault) => fault !== '');
  return {
    ...body,
    status: {
      allowed: decision.allowed,
      ...(decision.denied === true ? { denied: true } : {}),
      ...(decision.reason === '' ? {} : { reason: decision.reason }),
      ...(faults.length === 0 ? {} : { evaluationError: faults.join('; ') }),
    },
  };
}

/** The original names no kind here. */
const refuse = (errors: readonly FieldError[]): void => {
  if (errors.length > 0) throw invalid(GROUP, '', '', errors);
};

/** The three ways to ask the authorizer. https://kubernetes.io/docs/reference/access-authn-authz/authorization/ */
export function accessReviewHandlers(authorizer: Authorizer): VirtualHandler[] {
  return [
    {
      group: GROUP,
      resource: 'selfsubjectaccessreviews',
      async create(body, { user }) {
        const spec = (body.spec ?? {}) as ReviewSpec;
        refuse(selfReviewErrors(body, spec));
        return answer(body, spec, authorizer, user);
      },
    },
    {
      group: GROUP,
      resource: 'subjectaccessreviews',
      async create(body) {
        const spec = (body.spec ?? {}) as SubjectAccessReviewSpec;
        refuse(reviewErrors(body, spec, undefined));
        return answer(body, spec, authorizer, subjectOf(spec));
      },
    },
    {
      group: GROUP,
      resource: 'localsubjectaccessreviews',
      async create(body, { attributes: { namespace } }) {
        const own = body.metadata.namespace ?? '';
        if (own !== '' && own !== namespace)
          throw badRequest(
            `the namespace of the provided object does not match the namespace sent on the request`,
          );
        const spec = (body.spec ?? {}) as SubjectAccessReviewSpec;
        refuse(reviewErrors(body, spec, namespace));
        const metadata = { ...body.metadata, namespace };
        return answer({ ...body, metadata }, spec, authorizer, subjectOf(spec));
      },
    },
  ];
}

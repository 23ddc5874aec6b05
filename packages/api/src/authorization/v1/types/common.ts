import { FieldSelectorRequirement, LabelSelectorRequirement } from '../../../meta/v1/meta.ts';
import { array, boolean, map, ref, string, struct } from '../../../schema/dsl.ts';

export const LabelSelectorAttributes = struct(
  'io.k8s.api.authorization.v1.LabelSelectorAttributes',
  {
    rawSelector: string({
      description: 'The selector as text. Not together with requirements.',
    }),
    requirements: array(
      ref(() => LabelSelectorRequirement),
      { listType: 'atomic', description: 'The conditions, all of which hold.' },
    ),
  },
  { description: 'The label selector of a request, as text or as conditions.' },
);

export const NonResourceAttributes = struct(
  'io.k8s.api.authorization.v1.NonResourceAttributes',
  {
    path: string({ description: 'Path of the request.' }),
    verb: string({ description: 'HTTP method in lower case.' }),
  },
  { description: 'Verb and path of a request that is about no resource.' },
);

export const FieldSelectorAttributes = struct(
  'io.k8s.api.authorization.v1.FieldSelectorAttributes',
  {
    rawSelector: string({
      description: 'The selector as text. Not together with requirements.',
    }),
    requirements: array(
      ref(() => FieldSelectorRequirement),
      { listType: 'atomic', description: 'The conditions, all of which hold.' },
    ),
  },
  { description: 'The field selector of a request, as text or as conditions.' },
);

export const ResourceAttributes = struct(
  'io.k8s.api.authorization.v1.ResourceAttributes',
  {
    fieldSelector: ref(() => FieldSelectorAttributes, {
      description: 'Field selector of the request; narrows what is asked for.',
    }),
    group: string({ description: 'Group of the resource; * for all.' }),
    labelSelector: ref(() => LabelSelectorAttributes, {
      description: 'Label selector of the request; narrows what is asked for.',
    }),
    name: string({ description: 'Name of the object; empty for all.' }),
    namespace: string({
      description: 'Namespace of the object; empty for cluster-wide kinds, or for all namespaces.',
    }),
    resource: string({ description: 'Resource, such as pods; * for all.' }),
    subresource: string({ description: 'Subresource, such as log; empty for none.' }),
    verb: string({ description: 'Verb, such as get, list, create or delete; * for all.' }),
    version: string({ description: 'Version of the resource; * for all.' }),
  },
  { description: 'Verb, resource and object of a request.' },
);

export const SubjectAccessReviewSpec = struct(
  'io.k8s.api.authorization.v1.SubjectAccessReviewSpec',
  {
    extra: map(array(string()), { description: 'Further facts from the authenticator.' }),
    groups: array(string(), { listType: 'atomic', description: 'Groups of the user.' }),
    nonResourceAttributes: ref(() => NonResourceAttributes, { description: 'A request for a path.' }),
    resourceAttributes: ref(() => ResourceAttributes, { description: 'A request for a resource.' }),
    uid: string({ description: 'Id of the user.' }),
    user: string({ description: 'Name of the user. Needed unless there are groups.' }),
  },
  { description: 'A request of some user; one of the two attributes is set.' },
);

export const SubjectAccessReviewStatus = struct(
  'io.k8s.api.authorization.v1.SubjectAccessReviewStatus',
  {
    allowed: boolean({ required: true, description: 'Whether it is allowed.' }),
    denied: boolean({ description: 'Whether it was denied outright, so that no other authorizer is asked.' }),
    evaluationError: string({ description: 'What went wrong. The answer may hold all the same.' }),
    reason: string({ description: 'Why, for people.' }),
  },
  { description: 'Whether a request is allowed.' },
);

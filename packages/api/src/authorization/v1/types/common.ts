import { FieldSelectorRequirement, LabelSelectorRequirement } from '../../../meta/v1/meta.ts';
import { array, boolean, map, ref, string, struct } from '../../../schema/dsl.ts';

export const LabelSelectorAttributes = struct('io.k8s.api.authorization.v1.LabelSelectorAttributes', {
  rawSelector: string(),
  requirements: array(
    ref(() => LabelSelectorRequirement),
    { listType: 'atomic' },
  ),
});

export const NonResourceAttributes = struct('io.k8s.api.authorization.v1.NonResourceAttributes', {
  path: string(),
  verb: string(),
});

export const FieldSelectorAttributes = struct('io.k8s.api.authorization.v1.FieldSelectorAttributes', {
  rawSelector: string(),
  requirements: array(
    ref(() => FieldSelectorRequirement),
    { listType: 'atomic' },
  ),
});

export const ResourceAttributes = struct('io.k8s.api.authorization.v1.ResourceAttributes', {
  fieldSelector: ref(() => FieldSelectorAttributes),
  group: string(),
  labelSelector: ref(() => LabelSelectorAttributes),
  name: string(),
  namespace: string(),
  resource: string(),
  subresource: string(),
  verb: string(),
  version: string(),
});

export const SubjectAccessReviewSpec = struct('io.k8s.api.authorization.v1.SubjectAccessReviewSpec', {
  extra: map(array(string())),
  groups: array(string(), { listType: 'atomic' }),
  nonResourceAttributes: ref(() => NonResourceAttributes),
  resourceAttributes: ref(() => ResourceAttributes),
  uid: string(),
  user: string(),
});

export const SubjectAccessReviewStatus = struct('io.k8s.api.authorization.v1.SubjectAccessReviewStatus', {
  allowed: boolean({ required: true }),
  denied: boolean(),
  evaluationError: string(),
  reason: string(),
});

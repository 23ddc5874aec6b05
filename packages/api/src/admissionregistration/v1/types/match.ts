import { LabelSelector } from '../../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../../schema/dsl.ts';

export const MatchCondition = struct('io.k8s.api.admissionregistration.v1.MatchCondition', {
  expression: string({ required: true }),
  name: string({ required: true }),
});

export const NamedRuleWithOperations = struct(
  'io.k8s.api.admissionregistration.v1.NamedRuleWithOperations',
  {
    apiGroups: array(string(), { listType: 'atomic' }),
    apiVersions: array(string(), { listType: 'atomic' }),
    operations: array(string(), { listType: 'atomic' }),
    resourceNames: array(string(), { listType: 'atomic' }),
    resources: array(string(), { listType: 'atomic' }),
    scope: string({ default: '*' }),
  },
  { mapType: 'atomic' },
);

export const MatchResources = struct(
  'io.k8s.api.admissionregistration.v1.MatchResources',
  {
    excludeResourceRules: array(
      ref(() => NamedRuleWithOperations),
      { listType: 'atomic' },
    ),
    matchPolicy: string({ default: 'Equivalent' }),
    namespaceSelector: ref(() => LabelSelector, { default: {} }),
    objectSelector: ref(() => LabelSelector, { default: {} }),
    resourceRules: array(
      ref(() => NamedRuleWithOperations),
      { listType: 'atomic' },
    ),
  },
  { mapType: 'atomic' },
);

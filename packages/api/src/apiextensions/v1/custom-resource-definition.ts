import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int64, ref, string, struct, time } from '../../schema/dsl.ts';
import type { Definition } from './definition.ts';
import { definitionRules } from './definition-rules.ts';
import { CustomResourceConversion } from './types/conversion.ts';
import { CustomResourceDefinitionVersion } from './types/version.ts';

export const CustomResourceDefinitionNames = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames',
  {
    categories: array(string(), {
      listType: 'atomic',
      description: 'Groups of resources it belongs to, such as all.',
    }),
    kind: string({ required: true, description: 'Name of the kind, such as CronTab.' }),
    listKind: string({ description: 'Name of the kind of its list. Default: KINDList.' }),
    plural: string({ required: true, description: 'Plural name in URLs, in lower case, such as crontabs.' }),
    shortNames: array(string(), {
      listType: 'atomic',
      description: 'Short names for typing, in lower case.',
    }),
    singular: string({ description: 'Singular name, in lower case. Default: kind in lower case.' }),
  },
  { description: 'Names of a kind.' },
);

export const CustomResourceDefinitionCondition = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition',
  {
    lastTransitionTime: time({ description: 'When the status last changed.' }),
    message: string({ description: 'Why, for people.' }),
    observedGeneration: int64({ description: 'metadata.generation that the condition is about.' }),
    reason: string({ description: 'Why, in one word.' }),
    status: string({ required: true, description: 'True, False or Unknown.' }),
    type: string({
      required: true,
      description:
        'Established, NamesAccepted, NonStructuralSchema, KubernetesAPIApprovalPolicyConformant or Terminating.',
    }),
  },
  { description: 'One aspect of the state of a definition.' },
);

export const CustomResourceDefinitionSpec = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec',
  {
    conversion: ref(() => CustomResourceConversion, {
      description: 'How objects are converted between versions. Default: strategy None.',
    }),
    group: string({ required: true, description: 'Group of the kind. Can not change.' }),
    names: ref(() => CustomResourceDefinitionNames, { required: true, description: 'Names of the kind.' }),
    preserveUnknownFields: boolean({
      description:
        'Whether unknown fields are kept. Must be false; use x-kubernetes-preserve-unknown-fields.',
    }),
    scope: string({ required: true, description: 'Cluster or Namespaced. Can not change.' }),
    versions: array(
      ref(() => CustomResourceDefinitionVersion),
      {
        required: true,
        listType: 'atomic',
        description: 'Versions of the kind. Discovery sorts them by age: v2, v1, v1beta1.',
      },
    ),
  },
  { description: 'What a kind is like.' },
);

export const CustomResourceDefinitionStatus = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus',
  {
    acceptedNames: ref(() => CustomResourceDefinitionNames, {
      byValue: true,
      description: 'Names in use. They differ from spec.names when those were taken.',
    }),
    conditions: array(
      ref(() => CustomResourceDefinitionCondition),
      { listType: 'map', listMapKeys: ['type'], description: 'What is going on.' },
    ),
    observedGeneration: int64({ description: 'metadata.generation that this status is about.' }),
    storedVersions: array(string(), {
      listType: 'atomic',
      description: 'Versions in which objects were ever stored. None of them may go from the spec.',
    }),
  },
  { description: 'What was last seen of a definition.' },
);

export const CustomResourceDefinition = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CustomResourceDefinitionSpec, {
      required: true,
      description: 'Wanted state: names, scope and versions of the kind.',
    }),
    status: ref(() => CustomResourceDefinitionStatus, {
      description: 'Seen state: accepted names and whether the kind is served.',
    }),
  },
  { description: 'A kind of your own.' },
);

export const customResourceDefinition = defineKind<Definition>({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  singular: 'customresourcedefinition',
  namespaced: false,
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  subresources: { status: true },
  type: CustomResourceDefinition,
  rules: definitionRules,
});

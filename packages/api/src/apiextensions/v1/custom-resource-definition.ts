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
    categories: array(string(), { listType: 'atomic' }),
    kind: string({ required: true }),
    listKind: string(),
    plural: string({ required: true }),
    shortNames: array(string(), { listType: 'atomic' }),
    singular: string(),
  },
);

export const CustomResourceDefinitionCondition = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition',
  {
    lastTransitionTime: time(),
    message: string(),
    observedGeneration: int64(),
    reason: string(),
    status: string({ required: true }),
    type: string({ required: true }),
  },
);

export const CustomResourceDefinitionSpec = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec',
  {
    conversion: ref(() => CustomResourceConversion),
    group: string({ required: true }),
    names: ref(() => CustomResourceDefinitionNames, { required: true }),
    preserveUnknownFields: boolean(),
    scope: string({ required: true }),
    versions: array(
      ref(() => CustomResourceDefinitionVersion),
      { required: true, listType: 'atomic' },
    ),
  },
);

export const CustomResourceDefinitionStatus = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus',
  {
    acceptedNames: ref(() => CustomResourceDefinitionNames, { byValue: true }),
    conditions: array(
      ref(() => CustomResourceDefinitionCondition),
      { listType: 'map', listMapKeys: ['type'] },
    ),
    observedGeneration: int64(),
    storedVersions: array(string(), { listType: 'atomic' }),
  },
);

export const CustomResourceDefinition = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CustomResourceDefinitionSpec, { required: true }),
    status: ref(() => CustomResourceDefinitionStatus),
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

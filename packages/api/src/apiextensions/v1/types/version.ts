import { array, boolean, int32, ref, string, struct } from '../../../schema/dsl.ts';
import { JSONSchemaProps } from './json-schema-props.ts';

export const CustomResourceColumnDefinition = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition',
  {
    description: string(),
    format: string(),
    jsonPath: string({ required: true }),
    name: string({ required: true }),
    priority: int32(),
    type: string({ required: true }),
  },
);

export const SelectableField = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField',
  {
    jsonPath: string({ required: true }),
  },
);

export const CustomResourceSubresourceScale = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale',
  {
    labelSelectorPath: string(),
    specReplicasPath: string({ required: true }),
    statusReplicasPath: string({ required: true }),
  },
);

export const CustomResourceSubresourceStatus = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus',
  {},
);

export const CustomResourceSubresources = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources',
  {
    scale: ref(() => CustomResourceSubresourceScale),
    status: ref(() => CustomResourceSubresourceStatus, { byValue: false }),
  },
);

export const CustomResourceValidation = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation',
  {
    openAPIV3Schema: ref(() => JSONSchemaProps),
  },
);

export const CustomResourceDefinitionVersion = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion',
  {
    additionalPrinterColumns: array(
      ref(() => CustomResourceColumnDefinition),
      { listType: 'atomic' },
    ),
    deprecated: boolean(),
    deprecationWarning: string(),
    name: string({ required: true }),
    schema: ref(() => CustomResourceValidation),
    selectableFields: array(
      ref(() => SelectableField),
      { listType: 'atomic' },
    ),
    served: boolean({ required: true }),
    storage: boolean({ required: true }),
    subresources: ref(() => CustomResourceSubresources),
  },
);

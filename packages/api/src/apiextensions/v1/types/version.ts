import { array, boolean, int32, ref, string, struct } from '../../../schema/dsl.ts';
import { JSONSchemaProps } from './json-schema-props.ts';

export const CustomResourceColumnDefinition = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition',
  {
    description: string({ description: 'What the column shows, for people.' }),
    format: string({
      description: 'OpenAPI format of the value, such as int32. `name` marks the name of the object.',
    }),
    jsonPath: string({ required: true, description: 'JSON path of the value in the object.' }),
    name: string({ required: true, description: 'Heading of the column.' }),
    priority: int32({ description: '0: always shown; above 0: only with -o wide.' }),
    type: string({ required: true, description: 'integer, number, string, boolean or date.' }),
  },
  { description: 'A column of kubectl get.' },
);

export const SelectableField = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField',
  {
    jsonPath: string({
      required: true,
      description:
        'JSON path of the field, without lists. Must be text, a boolean or an integer; not in metadata.',
    }),
  },
  { description: 'A field that can be used in field selectors.' },
);

export const CustomResourceSubresourceScale = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale',
  {
    labelSelectorPath: string({
      description: 'Path of the label selector as text, below .status or .spec. Needed by autoscalers.',
    }),
    specReplicasPath: string({
      required: true,
      description: 'Path of the wanted number of replicas, below .spec.',
    }),
    statusReplicasPath: string({
      required: true,
      description: 'Path of the seen number of replicas, below .status. Missing counts as 0.',
    }),
  },
  { description: 'How the subresource scale reads and writes an object.' },
);

export const CustomResourceSubresourceStatus = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus',
  {},
  { description: 'Turns the subresource status on: the spec and the status are then written apart.' },
);

export const CustomResourceSubresources = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources',
  {
    scale: ref(() => CustomResourceSubresourceScale, { description: 'Turns the subresource scale on.' }),
    status: ref(() => CustomResourceSubresourceStatus, {
      byValue: false,
      description: 'Turns the subresource status on.',
    }),
  },
  { description: 'Subresources of a kind.' },
);

export const CustomResourceValidation = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation',
  {
    openAPIV3Schema: ref(() => JSONSchemaProps, {
      description: 'Schema of the objects. Must be structural.',
    }),
  },
  { description: 'What objects look like.' },
);

export const CustomResourceDefinitionVersion = struct(
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion',
  {
    additionalPrinterColumns: array(
      ref(() => CustomResourceColumnDefinition),
      { listType: 'atomic', description: 'Columns of kubectl get after the name. Default: the age.' },
    ),
    deprecated: boolean({ description: 'Whether requests for this version get a warning. Default: false.' }),
    deprecationWarning: string({
      description:
        'Text of the warning, at most 256 characters. Only with deprecated. Default: one that names a newer version.',
    }),
    name: string({ required: true, description: 'Name of the version, such as v1beta1.' }),
    schema: ref(() => CustomResourceValidation, { description: 'What the objects look like.' }),
    selectableFields: array(
      ref(() => SelectableField),
      { listType: 'atomic', description: 'Fields that can be used in field selectors. At most 8.' },
    ),
    served: boolean({ required: true, description: 'Whether the version is served.' }),
    storage: boolean({
      required: true,
      description: 'Whether objects are stored in this version. Exactly one version is.',
    }),
    subresources: ref(() => CustomResourceSubresources, { description: 'Subresources: status and scale.' }),
  },
  { description: 'One version of a kind.' },
);

import { boolean, ref, string, struct } from '../../../schema/dsl.ts';
import { ObjectFieldSelector, ResourceFieldSelector } from './field-selector.ts';

export const SecretKeySelector = struct(
  'io.k8s.api.core.v1.SecretKeySelector',
  {
    key: string({ required: true, description: 'Key in the Secret; its value is used.' }),
    name: string({ published: '', description: 'Name of a Secret in the namespace of the pod.' }),
    optional: boolean({ description: 'true: the Secret or the key may be missing. Default: false.' }),
  },
  { mapType: 'atomic', description: 'One key of a Secret.' },
);

export const ConfigMapKeySelector = struct(
  'io.k8s.api.core.v1.ConfigMapKeySelector',
  {
    key: string({ required: true, description: 'Key in the ConfigMap; its value is used.' }),
    name: string({ published: '', description: 'Name of a ConfigMap in the namespace of the pod.' }),
    optional: boolean({ description: 'true: the ConfigMap or the key may be missing. Default: false.' }),
  },
  { mapType: 'atomic', description: 'One key of a ConfigMap.' },
);

export const FileKeySelector = struct(
  'io.k8s.api.core.v1.FileKeySelector',
  {
    key: string({ required: true, description: 'Name of the variable in the file.' }),
    optional: boolean({
      default: false,
      published: false,
      description: 'true: the file or the variable may be missing, and nothing is set then. Default: false.',
    }),
    path: string({ required: true, description: 'Path of the file in the volume; relative, without `..`.' }),
    volumeName: string({
      required: true,
      description: 'Name of an emptyDir volume of the pod that holds the file.',
    }),
  },
  { mapType: 'atomic', description: 'One variable of a file in a volume.' },
);

export const EnvVarSource = struct(
  'io.k8s.api.core.v1.EnvVarSource',
  {
    configMapKeyRef: ref(() => ConfigMapKeySelector, { description: 'A key of a ConfigMap.' }),
    fieldRef: ref(() => ObjectFieldSelector, {
      description: 'A field of the pod, such as metadata.name or status.podIP.',
    }),
    fileKeyRef: ref(() => FileKeySelector, {
      description: 'A variable of a file in a volume, written by an init container.',
    }),
    resourceFieldRef: ref(() => ResourceFieldSelector, { description: 'A limit or request of a container.' }),
    secretKeyRef: ref(() => SecretKeySelector, { description: 'A key of a Secret.' }),
  },
  { description: 'Where the value of a variable comes from; exactly one field is set.' },
);

export const EnvVar = struct(
  'io.k8s.api.core.v1.EnvVar',
  {
    name: string({ required: true, description: 'Name of the variable.' }),
    value: string({
      description: 'Value; $(NAME) stands for a variable before it, $$ for $. Not together with valueFrom.',
    }),
    valueFrom: ref(() => EnvVarSource, {
      description: 'Where the value comes from. Not together with value.',
    }),
  },
  { description: 'One environment variable.' },
);

export const ConfigMapEnvSource = struct(
  'io.k8s.api.core.v1.ConfigMapEnvSource',
  {
    name: string({ published: '', description: 'Name of a ConfigMap in the namespace of the pod.' }),
    optional: boolean({ description: 'true: the ConfigMap may be missing. Default: false.' }),
  },
  { description: 'A ConfigMap whose keys become variables.' },
);

export const SecretEnvSource = struct(
  'io.k8s.api.core.v1.SecretEnvSource',
  {
    name: string({ published: '', description: 'Name of a Secret in the namespace of the pod.' }),
    optional: boolean({ description: 'true: the Secret may be missing. Default: false.' }),
  },
  { description: 'A Secret whose keys become variables.' },
);

export const EnvFromSource = struct(
  'io.k8s.api.core.v1.EnvFromSource',
  {
    configMapRef: ref(() => ConfigMapEnvSource, { description: 'The ConfigMap.' }),
    prefix: string({
      description: 'Text put before each key. It may hold any printable ASCII character but `=`.',
    }),
    secretRef: ref(() => SecretEnvSource, { description: 'The Secret.' }),
  },
  { description: 'A ConfigMap or Secret, all keys of which become variables; exactly one is set.' },
);

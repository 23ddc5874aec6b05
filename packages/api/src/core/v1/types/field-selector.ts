import { quantity, string, struct } from '../../../schema/dsl.ts';

export const ObjectFieldSelector = struct(
  'io.k8s.api.core.v1.ObjectFieldSelector',
  {
    apiVersion: string({
      default: 'v1',
      description: 'Version in which the path is to be read. Default: v1.',
    }),
    fieldPath: string({
      required: true,
      description: "Path of the field, such as metadata.labels['app'] or spec.nodeName.",
    }),
  },
  { mapType: 'atomic', description: 'A field of an object, as text.' },
);

export const ResourceFieldSelector = struct(
  'io.k8s.api.core.v1.ResourceFieldSelector',
  {
    containerName: string({
      description:
        'Container it is read from. Needed in volumes; in variables the default is the container itself.',
    }),
    divisor: quantity({
      default: '0',
      description: 'The number is divided by this and rounded up, e.g. 1m or 1Mi. Default: 1.',
    }),
    resource: string({ required: true, description: 'What is read, such as limits.cpu or requests.memory.' }),
  },
  { mapType: 'atomic', description: 'A limit or request of a container, as a number.' },
);

import { quantity, string, struct } from '../../../schema/dsl.ts';

export const ObjectFieldSelector = struct(
  'io.k8s.api.core.v1.ObjectFieldSelector',
  {
    apiVersion: string({ default: 'v1' }),
    fieldPath: string({ required: true }),
  },
  { mapType: 'atomic' },
);

export const ResourceFieldSelector = struct(
  'io.k8s.api.core.v1.ResourceFieldSelector',
  {
    containerName: string(),
    divisor: quantity({ default: '0' }),
    resource: string({ required: true }),
  },
  { mapType: 'atomic' },
);

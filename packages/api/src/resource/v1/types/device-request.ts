import { array, boolean, int64, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';

export const CELDeviceSelector = struct('io.k8s.api.resource.v1.CELDeviceSelector', {
  expression: string({ required: true }),
});

export const DeviceSelector = struct('io.k8s.api.resource.v1.DeviceSelector', {
  cel: ref(() => CELDeviceSelector),
});

export const CapacityRequirements = struct('io.k8s.api.resource.v1.CapacityRequirements', {
  requests: map(quantity()),
});

export const DeviceToleration = struct('io.k8s.api.resource.v1.DeviceToleration', {
  effect: string(),
  key: string(),
  operator: string({ default: 'Equal', published: 'Equal' }),
  tolerationSeconds: int64(),
  value: string(),
});

export const ExactDeviceRequest = struct('io.k8s.api.resource.v1.ExactDeviceRequest', {
  adminAccess: boolean(),
  allocationMode: string(),
  capacity: ref(() => CapacityRequirements),
  count: int64(),
  deviceClassName: string({ required: true }),
  selectors: array(
    ref(() => DeviceSelector),
    { listType: 'atomic' },
  ),
  tolerations: array(
    ref(() => DeviceToleration),
    { listType: 'atomic' },
  ),
});

export const DeviceSubRequest = struct('io.k8s.api.resource.v1.DeviceSubRequest', {
  allocationMode: string(),
  capacity: ref(() => CapacityRequirements),
  count: int64(),
  deviceClassName: string({ required: true }),
  name: string({ required: true }),
  selectors: array(
    ref(() => DeviceSelector),
    { listType: 'atomic' },
  ),
  tolerations: array(
    ref(() => DeviceToleration),
    { listType: 'atomic' },
  ),
});

export const DeviceRequest = struct('io.k8s.api.resource.v1.DeviceRequest', {
  exactly: ref(() => ExactDeviceRequest),
  firstAvailable: array(
    ref(() => DeviceSubRequest),
    { listType: 'atomic' },
  ),
  name: string({ required: true }),
});

import { array, rawObject, ref, string, struct } from '../../../schema/dsl.ts';
import { DeviceRequest } from './device-request.ts';

export const OpaqueDeviceConfiguration = struct('io.k8s.api.resource.v1.OpaqueDeviceConfiguration', {
  driver: string({ required: true }),
  parameters: rawObject({ required: true, byValue: false }),
});

export const DeviceClaimConfiguration = struct('io.k8s.api.resource.v1.DeviceClaimConfiguration', {
  opaque: ref(() => OpaqueDeviceConfiguration),
  requests: array(string(), { listType: 'atomic' }),
});

export const DeviceConstraint = struct('io.k8s.api.resource.v1.DeviceConstraint', {
  distinctAttribute: string(),
  matchAttribute: string(),
  requests: array(string(), { listType: 'atomic' }),
});

export const DeviceClaim = struct('io.k8s.api.resource.v1.DeviceClaim', {
  config: array(
    ref(() => DeviceClaimConfiguration),
    { listType: 'atomic' },
  ),
  constraints: array(
    ref(() => DeviceConstraint),
    { listType: 'atomic' },
  ),
  requests: array(
    ref(() => DeviceRequest),
    { listType: 'atomic' },
  ),
});

export const ResourceClaimSpec = struct('io.k8s.api.resource.v1.ResourceClaimSpec', {
  devices: ref(() => DeviceClaim, { byValue: true }),
});

import { NodeSelector } from '../../../core/v1/types/affinity.ts';
import { Condition } from '../../../meta/v1/meta.ts';
import { array, boolean, map, quantity, rawObject, ref, string, struct, time } from '../../../schema/dsl.ts';
import { OpaqueDeviceConfiguration } from './device-claim.ts';
import { DeviceToleration } from './device-request.ts';

export const DeviceAllocationConfiguration = struct('io.k8s.api.resource.v1.DeviceAllocationConfiguration', {
  opaque: ref(() => OpaqueDeviceConfiguration),
  requests: array(string(), { listType: 'atomic' }),
  source: string({ required: true }),
});

export const DeviceRequestAllocationResult = struct('io.k8s.api.resource.v1.DeviceRequestAllocationResult', {
  adminAccess: boolean(),
  bindingConditions: array(string(), { listType: 'atomic' }),
  bindingFailureConditions: array(string(), { listType: 'atomic' }),
  consumedCapacity: map(quantity()),
  device: string({ required: true }),
  driver: string({ required: true }),
  pool: string({ required: true }),
  request: string({ required: true }),
  shareID: string(),
  tolerations: array(
    ref(() => DeviceToleration),
    { listType: 'atomic' },
  ),
});

export const DeviceAllocationResult = struct('io.k8s.api.resource.v1.DeviceAllocationResult', {
  config: array(
    ref(() => DeviceAllocationConfiguration),
    { listType: 'atomic' },
  ),
  results: array(
    ref(() => DeviceRequestAllocationResult),
    { listType: 'atomic' },
  ),
});

export const AllocationResult = struct('io.k8s.api.resource.v1.AllocationResult', {
  allocationTimestamp: time(),
  devices: ref(() => DeviceAllocationResult, { byValue: true }),
  nodeSelector: ref(() => NodeSelector),
});

export const NetworkDeviceData = struct('io.k8s.api.resource.v1.NetworkDeviceData', {
  hardwareAddress: string(),
  interfaceName: string(),
  ips: array(string(), { listType: 'atomic' }),
});

export const AllocatedDeviceStatus = struct('io.k8s.api.resource.v1.AllocatedDeviceStatus', {
  conditions: array(
    ref(() => Condition),
    { listType: 'map', listMapKeys: ['type'] },
  ),
  data: rawObject(),
  device: string({ required: true }),
  driver: string({ required: true }),
  networkData: ref(() => NetworkDeviceData),
  pool: string({ required: true }),
  shareID: string(),
});

export const ResourceClaimConsumerReference = struct(
  'io.k8s.api.resource.v1.ResourceClaimConsumerReference',
  {
    apiGroup: string(),
    name: string({ required: true }),
    resource: string({ required: true }),
    uid: string({ required: true }),
  },
);

export const ResourceClaimStatus = struct('io.k8s.api.resource.v1.ResourceClaimStatus', {
  allocation: ref(() => AllocationResult),
  devices: array(
    ref(() => AllocatedDeviceStatus),
    { listType: 'map', listMapKeys: ['driver', 'device', 'pool', 'shareID'] },
  ),
  reservedFor: array(
    ref(() => ResourceClaimConsumerReference),
    { listType: 'map', listMapKeys: ['uid'], patchStrategy: 'merge', patchMergeKey: 'uid' },
  ),
});

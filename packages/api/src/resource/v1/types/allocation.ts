import { NodeSelector } from '../../../core/v1/types/affinity.ts';
import { Condition } from '../../../meta/v1/meta.ts';
import { array, boolean, map, quantity, rawObject, ref, string, struct, time } from '../../../schema/dsl.ts';
import { OpaqueDeviceConfiguration } from './device-claim.ts';
import { DeviceToleration } from './device-request.ts';

export const DeviceAllocationConfiguration = struct(
  'io.k8s.api.resource.v1.DeviceAllocationConfiguration',
  {
    opaque: ref(() => OpaqueDeviceConfiguration, {
      description: 'Settings that only the driver understands.',
    }),
    requests: array(string(), { listType: 'atomic', description: 'Requests that they are for. Empty: all.' }),
    source: string({
      required: true,
      description: 'FromClass or FromClaim: where they come from. Those of the claim win.',
    }),
  },
  { description: 'Settings for the driver of allocated devices.' },
);

export const DeviceRequestAllocationResult = struct(
  'io.k8s.api.resource.v1.DeviceRequestAllocationResult',
  {
    adminAccess: boolean({
      description: 'Whether it was allocated for looking after it, beside other users.',
    }),
    bindingConditions: array(string(), {
      listType: 'atomic',
      description: 'Conditions of the device that must be True before the pod is bound.',
    }),
    bindingFailureConditions: array(string(), {
      listType: 'atomic',
      description: 'Conditions of the device; when one is True, binding has failed.',
    }),
    consumedCapacity: map(quantity(), {
      description: 'Amount of each capacity that is taken, of a shared device.',
    }),
    device: string({ required: true, description: 'Name of the device in its pool.' }),
    driver: string({ required: true, description: 'Name of the driver.' }),
    pool: string({ required: true, description: 'Name of the pool.' }),
    request: string({
      required: true,
      description: 'Request that it was allocated for; REQUEST/SUBREQUEST for an alternative.',
    }),
    shareID: string({ description: 'Id of the share of a device that is allocated more than once.' }),
    tolerations: array(
      ref(() => DeviceToleration),
      { listType: 'atomic', description: 'Taints of the device that are accepted.' },
    ),
  },
  { description: 'One device that was allocated.' },
);

export const DeviceAllocationResult = struct(
  'io.k8s.api.resource.v1.DeviceAllocationResult',
  {
    config: array(
      ref(() => DeviceAllocationConfiguration),
      { listType: 'atomic', description: 'Settings of class and claim, the weaker ones first.' },
    ),
    results: array(
      ref(() => DeviceRequestAllocationResult),
      { listType: 'atomic', description: 'The devices. At most 32.' },
    ),
  },
  { description: 'The devices that were allocated.' },
);

export const AllocationResult = struct(
  'io.k8s.api.resource.v1.AllocationResult',
  {
    allocationTimestamp: time({ description: 'When it was allocated.' }),
    devices: ref(() => DeviceAllocationResult, { byValue: true, description: 'The devices.' }),
    nodeSelector: ref(() => NodeSelector, {
      description: 'Nodes where the devices can be used. Unset: all.',
    }),
  },
  { description: 'What was allocated for a claim.' },
);

export const NetworkDeviceData = struct(
  'io.k8s.api.resource.v1.NetworkDeviceData',
  {
    hardwareAddress: string({ description: 'Hardware address, such as a MAC address.' }),
    interfaceName: string({ description: 'Name of the network interface.' }),
    ips: array(string(), {
      listType: 'atomic',
      description: 'Addresses with prefix, such as 10.0.0.7/24. At most 16.',
    }),
  },
  { description: 'What a network device looks like in a pod.' },
);

export const AllocatedDeviceStatus = struct(
  'io.k8s.api.resource.v1.AllocatedDeviceStatus',
  {
    conditions: array(
      ref(() => Condition),
      { listType: 'map', listMapKeys: ['type'], description: 'Where the device stands. At most 8.' },
    ),
    data: rawObject({ description: 'Anything that the driver wants to tell; at most 10 KiB.' }),
    device: string({ required: true, description: 'Name of the device in its pool.' }),
    driver: string({ required: true, description: 'Name of the driver.' }),
    networkData: ref(() => NetworkDeviceData, {
      description: 'What a network device looks like in the pod.',
    }),
    pool: string({ required: true, description: 'Name of the pool.' }),
    shareID: string({ description: 'Id of the share of a device that is allocated more than once.' }),
  },
  { description: 'What a driver says of an allocated device.' },
);

export const ResourceClaimConsumerReference = struct(
  'io.k8s.api.resource.v1.ResourceClaimConsumerReference',
  {
    apiGroup: string({ description: 'Group of the consumer; empty for the core group.' }),
    name: string({ required: true, description: 'Name of the consumer.' }),
    resource: string({ required: true, description: 'Resource of the consumer, such as pods.' }),
    uid: string({ required: true, description: 'Unique id of the consumer.' }),
  },
  { description: 'Someone who uses a claim.' },
);

export const ResourceClaimStatus = struct(
  'io.k8s.api.resource.v1.ResourceClaimStatus',
  {
    allocation: ref(() => AllocationResult, { description: 'What was allocated. Unset while nothing is.' }),
    devices: array(
      ref(() => AllocatedDeviceStatus),
      {
        listType: 'map',
        listMapKeys: ['driver', 'device', 'pool', 'shareID'],
        description: 'What the drivers say of each device.',
      },
    ),
    reservedFor: array(
      ref(() => ResourceClaimConsumerReference),
      {
        listType: 'map',
        listMapKeys: ['uid'],
        patchStrategy: 'merge',
        patchMergeKey: 'uid',
        description: 'Who uses the claim. At most 256.',
      },
    ),
  },
  { description: 'What was allocated for a claim.' },
);

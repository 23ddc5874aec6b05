import { array, boolean, int64, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';

export const CELDeviceSelector = struct(
  'io.k8s.api.resource.v1.CELDeviceSelector',
  {
    expression: string({
      required: true,
      description: 'CEL expression about device; true chooses it. At most 10 KiB.',
    }),
  },
  { description: 'A choice of devices in CEL.' },
);

export const DeviceSelector = struct(
  'io.k8s.api.resource.v1.DeviceSelector',
  {
    cel: ref(() => CELDeviceSelector, { description: 'A condition in CEL.' }),
  },
  { description: 'A choice of devices.' },
);

export const CapacityRequirements = struct(
  'io.k8s.api.resource.v1.CapacityRequirements',
  {
    requests: map(quantity(), { description: 'Amount of each capacity, by its name.' }),
  },
  { description: 'How much capacity of a device is needed.' },
);

export const DeviceToleration = struct(
  'io.k8s.api.resource.v1.DeviceToleration',
  {
    effect: string({ description: 'Effect of the taint: NoSchedule or NoExecute. Unset: any.' }),
    key: string({ description: 'Key of the taint. Unset, with operator Exists: any.' }),
    operator: string({
      default: 'Equal',
      published: 'Equal',
      description: 'Exists or Equal: how the value of the taint is compared. Default: Equal.',
    }),
    tolerationSeconds: int64({
      description: 'With effect NoExecute: seconds that the pod stays after the taint came. Unset: for good.',
    }),
    value: string({ description: 'Value of the taint. Empty with Exists.' }),
  },
  { description: 'Lets a claim have devices with a matching taint.' },
);

export const ExactDeviceRequest = struct(
  'io.k8s.api.resource.v1.ExactDeviceRequest',
  {
    adminAccess: boolean({
      description:
        'Whether devices are wanted for looking after them, beside other users. The namespace must allow it.',
    }),
    allocationMode: string({
      description: 'ExactCount for count devices, All for all that match in a pool. Default: ExactCount.',
    }),
    capacity: ref(() => CapacityRequirements, { description: 'Capacity that each device must have free.' }),
    count: int64({ description: 'Number of devices. Only with ExactCount. Default: 1.' }),
    deviceClassName: string({ required: true, description: 'Name of the DeviceClass.' }),
    selectors: array(
      ref(() => DeviceSelector),
      { listType: 'atomic', description: 'Further conditions, all of which a device must meet. At most 32.' },
    ),
    tolerations: array(
      ref(() => DeviceToleration),
      { listType: 'atomic', description: 'Taints of devices that are accepted. At most 16.' },
    ),
  },
  { description: 'A class, conditions and a number of devices.' },
);

export const DeviceSubRequest = struct(
  'io.k8s.api.resource.v1.DeviceSubRequest',
  {
    allocationMode: string({
      description: 'ExactCount for count devices, All for all that match in a pool. Default: ExactCount.',
    }),
    capacity: ref(() => CapacityRequirements, { description: 'Capacity that each device must have free.' }),
    count: int64({ description: 'Number of devices. Only with ExactCount. Default: 1.' }),
    deviceClassName: string({ required: true, description: 'Name of the DeviceClass.' }),
    name: string({
      required: true,
      description: 'Name of the alternative, unique in the request; a DNS label.',
    }),
    selectors: array(
      ref(() => DeviceSelector),
      { listType: 'atomic', description: 'Further conditions, all of which a device must meet. At most 32.' },
    ),
    tolerations: array(
      ref(() => DeviceToleration),
      { listType: 'atomic', description: 'Taints of devices that are accepted. At most 16.' },
    ),
  },
  { description: 'One alternative of a request.' },
);

export const DeviceRequest = struct(
  'io.k8s.api.resource.v1.DeviceRequest',
  {
    exactly: ref(() => ExactDeviceRequest, { description: 'Devices of one sort.' }),
    firstAvailable: array(
      ref(() => DeviceSubRequest),
      { listType: 'atomic', description: 'Alternatives; the first that can be met is taken. At most 8.' },
    ),
    name: string({ required: true, description: 'Name of the request, unique in the claim; a DNS label.' }),
  },
  { description: 'A request for devices; one of exactly and firstAvailable is set.' },
);

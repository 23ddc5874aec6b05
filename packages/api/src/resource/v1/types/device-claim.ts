import { array, rawObject, ref, string, struct } from '../../../schema/dsl.ts';
import { DeviceRequest } from './device-request.ts';

export const OpaqueDeviceConfiguration = struct(
  'io.k8s.api.resource.v1.OpaqueDeviceConfiguration',
  {
    driver: string({ required: true, description: 'Name of the driver.' }),
    parameters: rawObject({
      required: true,
      byValue: false,
      description: 'The settings: an object with apiVersion and kind, at most 10 KiB.',
    }),
  },
  { description: 'Settings that only a driver understands.' },
);

export const DeviceClaimConfiguration = struct(
  'io.k8s.api.resource.v1.DeviceClaimConfiguration',
  {
    opaque: ref(() => OpaqueDeviceConfiguration, {
      description: 'Settings that only the driver understands.',
    }),
    requests: array(string(), {
      listType: 'atomic',
      description: 'Requests that they are for; REQUEST/SUBREQUEST for an alternative. Empty: all.',
    }),
  },
  { description: 'Settings for the driver of some requests.' },
);

export const DeviceConstraint = struct(
  'io.k8s.api.resource.v1.DeviceConstraint',
  {
    distinctAttribute: string({ description: 'Attribute whose value must differ between all the devices.' }),
    matchAttribute: string({ description: 'Attribute whose value must be the same for all the devices.' }),
    requests: array(string(), { listType: 'atomic', description: 'Requests that it is about. Empty: all.' }),
  },
  { description: 'Something that must be true of devices together; one attribute is set.' },
);

export const DeviceClaim = struct(
  'io.k8s.api.resource.v1.DeviceClaim',
  {
    config: array(
      ref(() => DeviceClaimConfiguration),
      { listType: 'atomic', description: 'Settings for the drivers. At most 32.' },
    ),
    constraints: array(
      ref(() => DeviceConstraint),
      { listType: 'atomic', description: 'What must be true of the devices together. At most 32.' },
    ),
    requests: array(
      ref(() => DeviceRequest),
      { listType: 'atomic', description: 'Requests, all of which must be met. At most 32.' },
    ),
  },
  { description: 'Requests for devices, and what must be true of them together.' },
);

export const ResourceClaimSpec = struct(
  'io.k8s.api.resource.v1.ResourceClaimSpec',
  {
    devices: ref(() => DeviceClaim, { byValue: true, description: 'Devices that are asked for.' }),
  },
  { description: 'What a claim asks for.' },
);

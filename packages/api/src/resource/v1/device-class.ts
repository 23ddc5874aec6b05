import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { ageColumn, nameColumn } from '../../tables/columns.ts';
import { deviceClassRules } from './device-class-rules.ts';
import { OpaqueDeviceConfiguration } from './types/device-claim.ts';
import { DeviceSelector } from './types/device-request.ts';

export const DeviceClassConfiguration = struct(
  'io.k8s.api.resource.v1.DeviceClassConfiguration',
  {
    opaque: ref(() => OpaqueDeviceConfiguration, {
      description: 'Settings that only the driver understands.',
    }),
  },
  { description: 'Settings for the driver of all devices of a class.' },
);

export const DeviceClassSpec = struct(
  'io.k8s.api.resource.v1.DeviceClassSpec',
  {
    config: array(
      ref(() => DeviceClassConfiguration),
      { listType: 'atomic', description: 'Settings for the drivers. At most 32.' },
    ),
    extendedResourceName: string({
      description: 'Name of an extended resource that containers can ask for instead of a claim.',
    }),
    selectors: array(
      ref(() => DeviceSelector),
      { listType: 'atomic', description: 'Conditions, all of which a device must meet. At most 32.' },
    ),
  },
  { description: 'Which devices belong to a class.' },
);

export const DeviceClass = struct(
  'io.k8s.api.resource.v1.DeviceClass',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => DeviceClassSpec, {
      required: true,
      description: 'Which devices belong to the class, and their settings.',
    }),
  },
  { description: 'Devices of a sort, with settings.' },
);

export const deviceClass = defineKind({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  singular: 'deviceclass',
  namespaced: false,
  generation: true,
  type: DeviceClass,
  columns: [nameColumn, ageColumn],
  returnsDeleted: true,
  rules: deviceClassRules,
});

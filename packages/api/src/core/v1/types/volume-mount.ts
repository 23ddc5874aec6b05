import { boolean, string, struct } from '../../../schema/dsl.ts';

export const VolumeDevice = struct(
  'io.k8s.api.core.v1.VolumeDevice',
  {
    devicePath: string({ required: true, description: 'Path of the device in the container.' }),
    name: string({
      required: true,
      description: 'Name of a volume of the pod that is a claim with volumeMode Block.',
    }),
  },
  { description: 'A block device in a container.' },
);

export const VolumeMount = struct(
  'io.k8s.api.core.v1.VolumeMount',
  {
    mountPath: string({ required: true, description: 'Path in the container; without `:`.' }),
    mountPropagation: string({
      description: 'How later mounts pass: None, HostToContainer or Bidirectional. Default: None.',
    }),
    name: string({ required: true, description: 'Name of a volume of the pod.' }),
    readOnly: boolean({ description: 'true: the container can not write it. Default: false.' }),
    recursiveReadOnly: string({
      description:
        'Whether mounts below a read-only one are read-only too: Disabled, IfPossible or Enabled. Default: Disabled.',
    }),
    subPath: string({ description: 'Path in the volume that is mounted. Default: the whole volume.' }),
    subPathExpr: string({
      description: 'As subPath, with $(NAME) for variables. Not together with subPath.',
    }),
  },
  { description: 'Where a container sees a volume.' },
);

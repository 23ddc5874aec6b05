import { PersistentVolumeSpec } from '../../core/v1/types/persistent-volume-spec.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { boolean, int32, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { volumeAttachmentColumns } from './storage-columns.ts';
import { volumeAttachmentRules } from './volume-rules.ts';

export const VolumeAttachmentSource = struct(
  'io.k8s.api.storage.v1.VolumeAttachmentSource',
  {
    inlineVolumeSpec: ref(() => PersistentVolumeSpec, {
      description: 'The volume itself, of a pod whose volume was moved to CSI.',
    }),
    persistentVolumeName: string({ description: 'Name of a PersistentVolume.' }),
  },
  { description: 'A volume; exactly one field is set.' },
);

export const VolumeError = struct(
  'io.k8s.api.storage.v1.VolumeError',
  {
    errorCode: int32({ description: 'gRPC code of the error.' }),
    message: string({ description: 'What went wrong, for people.' }),
    time: time({ description: 'When it went wrong.' }),
  },
  { description: 'Something that went wrong.' },
);

export const VolumeAttachmentStatus = struct(
  'io.k8s.api.storage.v1.VolumeAttachmentStatus',
  {
    attachError: ref(() => VolumeError, { description: 'What went wrong when it was last attached.' }),
    attached: boolean({ required: true, description: 'Whether it is attached.' }),
    attachmentMetadata: map(string(), { description: 'What the driver needs to know for mounting.' }),
    detachError: ref(() => VolumeError, { description: 'What went wrong when it was last detached.' }),
  },
  { description: 'Whether a volume is attached.' },
);

export const VolumeAttachmentSpec = struct(
  'io.k8s.api.storage.v1.VolumeAttachmentSpec',
  {
    attacher: string({ required: true, description: 'Name of the CSI driver that does it.' }),
    nodeName: string({ required: true, description: 'Name of the node.' }),
    source: ref(() => VolumeAttachmentSource, { required: true, description: 'The volume.' }),
  },
  { description: 'Which volume should be attached to which node.' },
);

export const VolumeAttachment = struct(
  'io.k8s.api.storage.v1.VolumeAttachment',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => VolumeAttachmentSpec, {
      required: true,
      description: 'Wanted state: which volume at which node.',
    }),
    status: ref(() => VolumeAttachmentStatus, { description: 'Seen state: whether it is attached.' }),
  },
  { description: 'Asks that a volume be attached to a node.' },
);

export const volumeAttachment = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttachment',
  plural: 'volumeattachments',
  singular: 'volumeattachment',
  namespaced: false,
  type: VolumeAttachment,
  rules: volumeAttachmentRules,
  returnsDeleted: true,
  subresources: {
    status: true,
  },
  generation: false,
  columns: volumeAttachmentColumns,
});

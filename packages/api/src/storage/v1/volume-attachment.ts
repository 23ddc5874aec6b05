import { PersistentVolumeSpec } from '../../core/v1/types/persistent-volume-spec.ts';
import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { boolean, int32, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { volumeAttachmentColumns } from './storage-columns.ts';
import { volumeAttachmentRules } from './volume-rules.ts';

export const VolumeAttachmentSource = struct('io.k8s.api.storage.v1.VolumeAttachmentSource', {
  inlineVolumeSpec: ref(() => PersistentVolumeSpec),
  persistentVolumeName: string(),
});

export const VolumeError = struct('io.k8s.api.storage.v1.VolumeError', {
  errorCode: int32(),
  message: string(),
  time: time(),
});

export const VolumeAttachmentStatus = struct('io.k8s.api.storage.v1.VolumeAttachmentStatus', {
  attachError: ref(() => VolumeError),
  attached: boolean({ required: true }),
  attachmentMetadata: map(string()),
  detachError: ref(() => VolumeError),
});

export const VolumeAttachmentSpec = struct('io.k8s.api.storage.v1.VolumeAttachmentSpec', {
  attacher: string({ required: true }),
  nodeName: string({ required: true }),
  source: ref(() => VolumeAttachmentSource, { required: true }),
});

export const VolumeAttachment = struct(
  'io.k8s.api.storage.v1.VolumeAttachment',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => VolumeAttachmentSpec, { required: true }),
    status: ref(() => VolumeAttachmentStatus),
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

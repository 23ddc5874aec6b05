import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { map, ref, string, struct } from '../../schema/dsl.ts';
import { volumeAttributesClassColumns } from './storage-columns.ts';
import { volumeAttributesClassRules } from './volume-rules.ts';

export const VolumeAttributesClass = struct(
  'io.k8s.api.storage.v1.VolumeAttributesClass',
  {
    apiVersion: string(),
    driverName: string({ required: true, description: 'Name of the CSI driver. Can not change.' }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    parameters: map(string(), { description: 'Settings for the driver. Can not change.' }),
  },
  { description: 'Changeable attributes of volumes.' },
);

export const volumeAttributesClass = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttributesClass',
  plural: 'volumeattributesclasses',
  singular: 'volumeattributesclass',
  namespaced: false,
  shortNames: ['vac'],
  type: VolumeAttributesClass,
  rules: volumeAttributesClassRules,
  returnsDeleted: true,
  columns: volumeAttributesClassColumns,
});

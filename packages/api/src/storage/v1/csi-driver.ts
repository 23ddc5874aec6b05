import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int64, ref, string, struct } from '../../schema/dsl.ts';
import { csiDriverRules } from './csi-rules.ts';
import { csiDriverColumns } from './storage-columns.ts';

export const TokenRequest = struct('io.k8s.api.storage.v1.TokenRequest', {
  audience: string({ required: true }),
  expirationSeconds: int64(),
});

export const CSIDriverSpec = struct('io.k8s.api.storage.v1.CSIDriverSpec', {
  attachRequired: boolean({ default: true }),
  fsGroupPolicy: string({ default: 'ReadWriteOnceWithFSType' }),
  nodeAllocatableUpdatePeriodSeconds: int64(),
  podInfoOnMount: boolean({ default: false }),
  preventPodSchedulingIfMissing: boolean(),
  requiresRepublish: boolean({ default: false }),
  seLinuxMount: boolean({ default: false }),
  serviceAccountTokenInSecrets: boolean(),
  storageCapacity: boolean({ default: false }),
  tokenRequests: array(
    ref(() => TokenRequest),
    { listType: 'atomic' },
  ),
  volumeLifecycleModes: array(string(), { listType: 'set' }),
});

export const CSIDriver = struct(
  'io.k8s.api.storage.v1.CSIDriver',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CSIDriverSpec, { required: true }),
  },
  { description: 'What a storage driver can do.' },
);

export const csiDriver = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  plural: 'csidrivers',
  singular: 'csidriver',
  namespaced: false,
  type: CSIDriver,
  rules: csiDriverRules,
  returnsDeleted: true,
  generation: true,
  columns: csiDriverColumns,
});

import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int64, ref, string, struct } from '../../schema/dsl.ts';
import { csiDriverRules } from './csi-rules.ts';
import { csiDriverColumns } from './storage-columns.ts';

export const TokenRequest = struct(
  'io.k8s.api.storage.v1.TokenRequest',
  {
    audience: string({ required: true, description: 'Who is to accept the token. Empty: the API server.' }),
    expirationSeconds: int64({ description: 'Lifetime in seconds, 600 or more. Default: 3600.' }),
  },
  { description: 'A token that a driver gets.' },
);

export const CSIDriverSpec = struct(
  'io.k8s.api.storage.v1.CSIDriverSpec',
  {
    attachRequired: boolean({
      default: true,
      description: 'Whether volumes must be attached before they are mounted. Can not change. Default: true.',
    }),
    fsGroupPolicy: string({
      default: 'ReadWriteOnceWithFSType',
      description:
        'Whether the owner of volumes is changed to fsGroup: ReadWriteOnceWithFSType, File or None. Default: ReadWriteOnceWithFSType.',
    }),
    nodeAllocatableUpdatePeriodSeconds: int64({
      description: 'Seconds between updates of how many volumes nodes can have, 10 or more. Unset: none.',
    }),
    podInfoOnMount: boolean({
      default: false,
      description: 'Whether the driver is told which pod mounts. Default: false.',
    }),
    preventPodSchedulingIfMissing: boolean({
      description: 'Whether pods with its volumes stay off nodes without the driver. Default: false.',
    }),
    requiresRepublish: boolean({
      default: false,
      description:
        'Whether mounts are repeated from time to time, so that contents stay fresh. Default: false.',
    }),
    seLinuxMount: boolean({
      default: false,
      description: 'Whether volumes can be mounted with an SELinux label. Default: false.',
    }),
    serviceAccountTokenInSecrets: boolean({
      description:
        'Whether tokens are handed over as secrets, not as volume context. Needs tokenRequests. Default: false.',
    }),
    storageCapacity: boolean({
      default: false,
      description:
        'Whether the scheduler looks at the free space that CSIStorageCapacity states. Default: false.',
    }),
    tokenRequests: array(
      ref(() => TokenRequest),
      { listType: 'atomic', description: 'Tokens of the service account of the pod that the driver gets.' },
    ),
    volumeLifecycleModes: array(string(), {
      listType: 'set',
      description: 'Kinds of volumes: Persistent, Ephemeral or both. Can not change. Default: Persistent.',
    }),
  },
  { description: 'What a CSI driver can do and needs.' },
);

export const CSIDriver = struct(
  'io.k8s.api.storage.v1.CSIDriver',
  {
    apiVersion: string(),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => CSIDriverSpec, { required: true, description: 'What the driver can do and needs.' }),
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
  generation: 'changes',
  columns: csiDriverColumns,
});

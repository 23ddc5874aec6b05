import { posix } from 'node:path';
import type {
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '@gantry/api/generated/types';

export const LOCAL_PATH = 'gantry.dev/local-path';
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
const HOSTNAME = 'kubernetes.io/hostname';
export const DEFAULT_ROOT = '/var/lib/gantry/volumes';

/**
 * A volume that is a folder on one node. The node agent makes the folder (`DirectoryOrCreate`) and clears it away after
 * the volume is gone. `root` is where such folders lie; the class's parameter `path` wins.
 */
export function localPathVolume(
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
  node: Node,
  root: string,
): PersistentVolume {
  const { namespace = '', name, uid = '' } = claim.metadata;
  const folder = posix.join(storageClass.parameters?.path ?? root, `pvc-${uid}_${namespace}_${name}`);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pvc-${uid}`, annotations: { [PROVISIONED_BY]: LOCAL_PATH } },
    spec: {
      capacity: { storage: claim.spec.resources?.requests?.storage ?? '1Gi' },
      accessModes: [...(claim.spec.accessModes ?? [])],
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      volumeMode: claim.spec.volumeMode ?? 'Filesystem',
      ...(storageClass.mountOptions === undefined ? {} : { mountOptions: storageClass.mountOptions }),
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      hostPath: { path: folder, type: 'DirectoryOrCreate' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                {
                  key: HOSTNAME,
                  operator: 'In',
                  values: [node.metadata.labels?.[HOSTNAME] ?? node.metadata.name],
                },
              ],
            },
          ],
        },
      },
    },
  };
}

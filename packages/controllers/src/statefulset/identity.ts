import type { PersistentVolumeClaim, Pod, PodTemplateSpec, StatefulSet } from '@gantry/api/generated/types';
import { controllerRef } from '../shared/owners.ts';
import { podFromTemplate } from '../shared/pod-template.ts';
import { REVISION_HASH } from '../shared/revisions.ts';

const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

export const startOf = (set: StatefulSet): number => set.spec.ordinals?.start ?? 0;
export const replicasOf = (set: StatefulSet): number => set.spec.replicas ?? 1;

/** The ordinal in a pod's name; -1 when it is not a name that the set gives. */
export function ordinalOf(set: StatefulSet, pod: Pod): number {
  const prefix = `${set.metadata.name}-`;
  const rest = pod.metadata.name.startsWith(prefix) ? pod.metadata.name.slice(prefix.length) : '';
  return /^(0|[1-9]\d*)$/.test(rest) ? Number(rest) : -1;
}

export const claimName = (set: StatefulSet, template: string, ordinal: number): string =>
  `${template}-${set.metadata.name}-${ordinal}`;

type ClaimTemplate = NonNullable<StatefulSet['spec']['volumeClaimTemplates']>[number];
const templatesOf = (set: StatefulSet): readonly ClaimTemplate[] => set.spec.volumeClaimTemplates ?? [];

/** The claims of a pod, as they should be created. */
export function claimsFor(set: StatefulSet, ordinal: number): PersistentVolumeClaim[] {
  const isOwned = set.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';
  return templatesOf(set).map((template): PersistentVolumeClaim => {
    const labels = { ...template.metadata?.labels, ...set.spec.selector.matchLabels };
    const annotations = template.metadata?.annotations;
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: claimName(set, template.metadata?.name ?? '', ordinal),
        namespace: set.metadata.namespace ?? '',
        labels,
        ...(annotations === undefined ? {} : { annotations }),
        ...(isOwned ? { ownerReferences: [{ ...controllerRef(set), blockOwnerDeletion: true }] } : {}),
      },
      spec: structuredClone(template.spec ?? {}),
    };
  });
}

/** The pod of an ordinal from a template of the given revision. */
export function statefulPod(
  set: StatefulSet,
  template: PodTemplateSpec,
  ordinal: number,
  revision: string,
): Pod {
  const pod = podFromTemplate(template, set);
  const name = `${set.metadata.name}-${ordinal}`;
  delete pod.metadata.generateName;
  pod.metadata.name = name;
  pod.metadata.labels = {
    ...pod.metadata.labels,
    [POD_NAME]: name,
    [POD_INDEX]: String(ordinal),
    [REVISION_HASH]: revision,
  };
  const own = templatesOf(set).map((one) => ({
    name: one.metadata?.name ?? '',
    persistentVolumeClaim: { claimName: claimName(set, one.metadata?.name ?? '', ordinal), readOnly: false },
  }));
  const others = (pod.spec.volumes ?? []).filter(
    (volume) => !own.some(({ name: taken }) => taken === volume.name),
  );
  const volumes = [...own, ...others];
  pod.spec = {
    ...pod.spec,
    hostname: name,
    ...(set.spec.serviceName === undefined || set.spec.serviceName === ''
      ? {}
      : { subdomain: set.spec.serviceName }),
    ...(volumes.length === 0 ? {} : { volumes }),
  };
  return pod;
}

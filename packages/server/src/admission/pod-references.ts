import type { Pod, Volume, VolumeProjection } from '@gantry/api/generated/types';

/** Volume sources that lead to an API object, as error texts name what they lead to. */
const VOLUME_SOURCES: readonly (readonly [keyof Volume, string])[] = [
  ['configMap', 'configmaps (via configmap volumes)'],
  ['secret', 'secrets (via secret volumes)'],
  ['csi', 'csidrivers (via CSI volumes)'],
  ['glusterfs', 'endpoints (via glusterFS volumes)'],
  ['persistentVolumeClaim', 'persistentvolumeclaims'],
  ['ephemeral', 'persistentvolumeclaims (via ephemeral volumes)'],
  ['azureFile', 'secrets (via azureFile volumes)'],
];

const PROJECTIONS: readonly (readonly [keyof VolumeProjection, string])[] = [
  ['configMap', 'configmaps (via projected volumes)'],
  ['secret', 'secrets (via projected volumes)'],
  ['serviceAccountToken', 'serviceaccounts (via projected volumes)'],
  ['clusterTrustBundle', 'clustertrustbundles'],
  ['podCertificate', 'podcertificates'],
];

/** Secrets that containers and pull secrets name. */
export function secretNames({ spec }: Pod): string[] {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return [
    ...(spec.imagePullSecrets ?? []).map(({ name }) => name),
    ...containers.flatMap(({ env = [], envFrom = [] }) => [
      ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
      ...envFrom.map(({ secretRef }) => secretRef?.name),
    ]),
    ...(spec.volumes ?? []).flatMap(({ secret, projected }) => [
      secret?.secretName,
      ...(projected?.sources ?? []).map((source) => source.secret?.name),
    ]),
  ].filter((name): name is string => name !== undefined && name !== '');
}

const namesConfigMap = ({ spec }: Pod): boolean =>
  [...(spec.initContainers ?? []), ...spec.containers].some(
    ({ env = [], envFrom = [] }) =>
      env.some(({ valueFrom }) => valueFrom?.configMapKeyRef !== undefined) ||
      envFrom.some(({ configMapRef }) => configMapRef !== undefined),
  );

/** The first kind of API object that a pod's spec names; undefined when it names none. */
export function referencedObject(pod: Pod): string | undefined {
  const { spec } = pod;
  if (spec.serviceAccountName) return 'serviceaccounts';
  if (secretNames(pod).length > 0) return 'secrets';
  if (namesConfigMap(pod)) return 'configmaps';
  if ((spec.resourceClaims?.length ?? 0) > 0) return 'resourceclaims';
  for (const volume of spec.volumes ?? []) {
    const direct = VOLUME_SOURCES.find(([key]) => volume[key] !== undefined);
    if (direct !== undefined) return direct[1];
    for (const source of volume.projected?.sources ?? []) {
      const projected = PROJECTIONS.find(([key]) => source[key] !== undefined);
      if (projected !== undefined) return projected[1];
    }
  }
  return undefined;
}

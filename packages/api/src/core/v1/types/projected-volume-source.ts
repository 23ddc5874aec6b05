import { LabelSelector } from '../../../meta/v1/meta.ts';
import { array, boolean, int32, int64, map, ref, string, struct } from '../../../schema/dsl.ts';
import { ObjectFieldSelector, ResourceFieldSelector } from './field-selector.ts';

// Volumes whose files are made from objects of the API.

export const ServiceAccountTokenProjection = struct(
  'io.k8s.api.core.v1.ServiceAccountTokenProjection',
  {
    audience: string({ description: 'Who is to accept the token. Default: the API server.' }),
    expirationSeconds: int64({
      default: 3600,
      description: 'Lifetime of a token in seconds, at least 600. Default: 3600.',
    }),
    path: string({ required: true, description: 'Path of the file in the volume; relative, without `..`.' }),
  },
  { description: 'A token of the service account of the pod as a file, renewed in time.' },
);

export const ClusterTrustBundleProjection = struct(
  'io.k8s.api.core.v1.ClusterTrustBundleProjection',
  {
    labelSelector: ref(() => LabelSelector, {
      description: 'Bundles of the signer by label. Empty: all of them. Needs signerName.',
    }),
    name: string({ description: 'Name of one bundle. Not together with signerName.' }),
    optional: boolean({
      description: 'true: the bundles may be missing, and the file is empty then. Default: false.',
    }),
    path: string({ required: true, description: 'Path of the file in the volume; relative, without `..`.' }),
    signerName: string({ description: 'Signer of the bundles. Not together with name.' }),
  },
  { description: 'Root certificates of ClusterTrustBundles as a file, in any order and without duplicates.' },
);

export const DownwardAPIVolumeFile = struct(
  'io.k8s.api.core.v1.DownwardAPIVolumeFile',
  {
    fieldRef: ref(() => ObjectFieldSelector, {
      description: 'A field of the pod: annotations, labels, name, namespace or uid.',
    }),
    mode: int32({
      description: 'Permissions of the file, 0 to 0777 octal. Default: defaultMode of the volume.',
    }),
    path: string({ required: true, description: 'Path of the file in the volume; relative, without `..`.' }),
    resourceFieldRef: ref(() => ResourceFieldSelector, { description: 'A limit or request of a container.' }),
  },
  { description: 'A file with one value of the pod; exactly one of fieldRef and resourceFieldRef is set.' },
);

export const DownwardAPIProjection = struct(
  'io.k8s.api.core.v1.DownwardAPIProjection',
  {
    items: array(
      ref(() => DownwardAPIVolumeFile),
      { listType: 'atomic', description: 'The files.' },
    ),
  },
  { description: 'Fields of the pod as files in a projected volume.' },
);

export const KeyToPath = struct(
  'io.k8s.api.core.v1.KeyToPath',
  {
    key: string({ required: true, description: 'Key to take.' }),
    mode: int32({
      description: 'Permissions of the file, 0 to 0777 octal. Default: defaultMode of the volume.',
    }),
    path: string({ required: true, description: 'Path of the file in the volume; relative, without `..`.' }),
  },
  { description: 'One key and the file it becomes.' },
);

export const ConfigMapProjection = struct(
  'io.k8s.api.core.v1.ConfigMapProjection',
  {
    items: array(
      ref(() => KeyToPath),
      {
        listType: 'atomic',
        description: 'Keys to take, and their files. Unset: all, each under its own name.',
      },
    ),
    name: string({ published: '', description: 'Name of a ConfigMap in the namespace of the pod.' }),
    optional: boolean({ description: 'true: the ConfigMap or its keys may be missing. Default: false.' }),
  },
  { description: 'Keys of a ConfigMap as files in a projected volume.' },
);

export const PodCertificateProjection = struct(
  'io.k8s.api.core.v1.PodCertificateProjection',
  {
    certificateChainPath: string({ description: 'File for the certificate chain alone.' }),
    credentialBundlePath: string({
      description: 'File for both: the key first, the certificate chain after it.',
    }),
    keyPath: string({ description: 'File for the key alone.' }),
    keyType: string({
      required: true,
      published: null,
      description: 'Type of the key, such as ED25519, ECDSAP256 or RSA3072.',
    }),
    maxExpirationSeconds: int32({
      description: 'Longest lifetime of a certificate in seconds, 3600 to 7862400. Default: 86400.',
    }),
    signerName: string({
      required: true,
      published: null,
      description: 'Signer that issues the certificate.',
    }),
    userAnnotations: map(string(), { description: 'Further facts that are handed to the signer.' }),
  },
  { description: 'A key and a certificate for the pod as files, renewed in time.' },
);

export const SecretProjection = struct(
  'io.k8s.api.core.v1.SecretProjection',
  {
    items: array(
      ref(() => KeyToPath),
      {
        listType: 'atomic',
        description: 'Keys to take, and their files. Unset: all, each under its own name.',
      },
    ),
    name: string({ published: '', description: 'Name of a Secret in the namespace of the pod.' }),
    optional: boolean({ description: 'true: the Secret or its keys may be missing. Default: false.' }),
  },
  { description: 'Keys of a Secret as files in a projected volume.' },
);

export const VolumeProjection = struct(
  'io.k8s.api.core.v1.VolumeProjection',
  {
    clusterTrustBundle: ref(() => ClusterTrustBundleProjection, {
      description: 'Root certificates of ClusterTrustBundles.',
    }),
    configMap: ref(() => ConfigMapProjection, { description: 'Keys of a ConfigMap.' }),
    downwardAPI: ref(() => DownwardAPIProjection, { description: 'Fields of the pod.' }),
    podCertificate: ref(() => PodCertificateProjection, {
      description: 'A key and a certificate for the pod.',
    }),
    secret: ref(() => SecretProjection, { description: 'Keys of a Secret.' }),
    serviceAccountToken: ref(() => ServiceAccountTokenProjection, {
      description: 'A token of the service account of the pod.',
    }),
  },
  { description: 'One source of a projected volume; exactly one field is set.' },
);

export const SecretVolumeSource = struct(
  'io.k8s.api.core.v1.SecretVolumeSource',
  {
    defaultMode: int32({
      default: 420,
      description: 'Permissions of the files, 0 to 0777 octal. Default: 0644.',
    }),
    items: array(
      ref(() => KeyToPath),
      {
        listType: 'atomic',
        description: 'Keys to take, and their files. Unset: all, each under its own name.',
      },
    ),
    optional: boolean({ description: 'true: the Secret or its keys may be missing. Default: false.' }),
    secretName: string({ description: 'Name of a Secret in the namespace of the pod.' }),
  },
  { description: 'Each key is a file in RAM. Changes of the Secret reach the files after a while.' },
);

export const ProjectedVolumeSource = struct(
  'io.k8s.api.core.v1.ProjectedVolumeSource',
  {
    defaultMode: int32({
      default: 420,
      description: 'Permissions of the files, 0 to 0777 octal. Default: 0644.',
    }),
    sources: array(
      ref(() => VolumeProjection),
      { listType: 'atomic', description: 'The sources. No two may write the same file.' },
    ),
  },
  { description: 'Files of Secrets, ConfigMaps, the pod and tokens, side by side.' },
);

export const ConfigMapVolumeSource = struct(
  'io.k8s.api.core.v1.ConfigMapVolumeSource',
  {
    defaultMode: int32({
      default: 420,
      description: 'Permissions of the files, 0 to 0777 octal. Default: 0644.',
    }),
    items: array(
      ref(() => KeyToPath),
      {
        listType: 'atomic',
        description: 'Keys to take, and their files. Unset: all, each under its own name.',
      },
    ),
    name: string({ published: '', description: 'Name of a ConfigMap in the namespace of the pod.' }),
    optional: boolean({ description: 'true: the ConfigMap or its keys may be missing. Default: false.' }),
  },
  { description: 'Each key is a file. Changes of the ConfigMap reach the files after a while.' },
);

export const DownwardAPIVolumeSource = struct(
  'io.k8s.api.core.v1.DownwardAPIVolumeSource',
  {
    defaultMode: int32({
      default: 420,
      description: 'Permissions of the files, 0 to 0777 octal. Default: 0644.',
    }),
    items: array(
      ref(() => DownwardAPIVolumeFile),
      { listType: 'atomic', description: 'The files.' },
    ),
  },
  { description: 'Each item is a file. Changes of the pod reach the files after a while.' },
);

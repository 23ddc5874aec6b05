import { array, boolean, int64, ref, string, struct } from '../../../schema/dsl.ts';

export const SeccompProfile = struct(
  'io.k8s.api.core.v1.SeccompProfile',
  {
    localhostProfile: string(),
    type: string({ required: true }),
  },
  {
    unions: [{ discriminator: 'type', 'fields-to-discriminateBy': { localhostProfile: 'LocalhostProfile' } }],
  },
);

export const Capabilities = struct('io.k8s.api.core.v1.Capabilities', {
  add: array(string(), { listType: 'atomic' }),
  drop: array(string(), { listType: 'atomic' }),
});

export const WindowsSecurityContextOptions = struct('io.k8s.api.core.v1.WindowsSecurityContextOptions', {
  gmsaCredentialSpec: string(),
  gmsaCredentialSpecName: string(),
  hostProcess: boolean(),
  runAsUserName: string(),
});

export const SELinuxOptions = struct('io.k8s.api.core.v1.SELinuxOptions', {
  level: string(),
  role: string(),
  type: string(),
  user: string(),
});

export const AppArmorProfile = struct(
  'io.k8s.api.core.v1.AppArmorProfile',
  {
    localhostProfile: string(),
    type: string({ required: true }),
  },
  {
    unions: [{ discriminator: 'type', 'fields-to-discriminateBy': { localhostProfile: 'LocalhostProfile' } }],
  },
);

export const SecurityContext = struct('io.k8s.api.core.v1.SecurityContext', {
  allowPrivilegeEscalation: boolean(),
  appArmorProfile: ref(() => AppArmorProfile),
  capabilities: ref(() => Capabilities),
  privileged: boolean(),
  procMount: string(),
  readOnlyRootFilesystem: boolean(),
  runAsGroup: int64(),
  runAsNonRoot: boolean(),
  runAsUser: int64(),
  seLinuxOptions: ref(() => SELinuxOptions),
  seccompProfile: ref(() => SeccompProfile),
  windowsOptions: ref(() => WindowsSecurityContextOptions),
});

export const Sysctl = struct('io.k8s.api.core.v1.Sysctl', {
  name: string({ required: true }),
  value: string({ required: true }),
});

export const PodSecurityContext = struct('io.k8s.api.core.v1.PodSecurityContext', {
  appArmorProfile: ref(() => AppArmorProfile),
  fsGroup: int64(),
  fsGroupChangePolicy: string(),
  runAsGroup: int64(),
  runAsNonRoot: boolean(),
  runAsUser: int64(),
  seLinuxChangePolicy: string(),
  seLinuxOptions: ref(() => SELinuxOptions),
  seccompProfile: ref(() => SeccompProfile),
  supplementalGroups: array(int64(), { listType: 'atomic' }),
  supplementalGroupsPolicy: string(),
  sysctls: array(
    ref(() => Sysctl),
    { listType: 'atomic' },
  ),
  windowsOptions: ref(() => WindowsSecurityContextOptions),
});

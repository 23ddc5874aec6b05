import { join } from 'node:path';
import type { Pod } from '@gantry/api/generated/types';
import type { NamespaceOption, PodSandboxConfig, SecurityProfile } from '../cri/types.ts';
import { INSTANCE, POD_NAME, POD_NAMESPACE, POD_UID } from './labels.ts';
import { namespaceOf, uidOf } from './pod.ts';
import type { ResolvConf } from './resolv-conf.ts';
import { dotted } from './sysctls.ts';

const HOSTNAME_LENGTH_MAX = 63;

/** Where the logs of a pod's containers lie below the log root. */
export const logDirectory = (logsDir: string, pod: Pod): string =>
  join(logsDir, `${namespaceOf(pod)}_${pod.metadata.name}_${uidOf(pod)}`);

/** The pod's host name, and its name with the domain of its headless Service where it has one. */
export function hostNames(
  pod: Pod,
  clusterDomain: string,
): { readonly hostname: string; readonly domain: string } {
  const wanted = pod.spec.hostnameOverride ?? pod.spec.hostname ?? '';
  const hostname = (wanted === '' ? pod.metadata.name : wanted)
    .slice(0, HOSTNAME_LENGTH_MAX)
    .replace(/[-.]+$/, '');
  const { subdomain } = pod.spec;
  const hasDomain = subdomain !== undefined && subdomain !== '' && pod.spec.hostnameOverride === undefined;
  return { hostname, domain: hasDomain ? `${subdomain}.${namespaceOf(pod)}.svc.${clusterDomain}` : '' };
}

export function namespaceOptions(pod: Pod): NamespaceOption {
  const { hostNetwork, hostPID, hostIPC, shareProcessNamespace } = pod.spec;
  return {
    network: hostNetwork === true ? 'NODE' : 'POD',
    pid: hostPID === true ? 'NODE' : shareProcessNamespace === true ? 'POD' : 'CONTAINER',
    ipc: hostIPC === true ? 'NODE' : 'POD',
  };
}

/** Unconfined when nothing is asked for, as the original's default. */
export function seccomp(
  profile: { readonly type: string; readonly localhostProfile?: string } | undefined,
  seccompRoot: string,
): SecurityProfile {
  if (profile?.type === 'RuntimeDefault') return { profileType: 'RuntimeDefault' };
  if (profile?.type === 'Localhost') {
    return { profileType: 'Localhost', localhostRef: join(seccompRoot, profile.localhostProfile ?? '') };
  }
  return { profileType: 'Unconfined' };
}

export function sandboxConfig(options: {
  readonly pod: Pod;
  readonly attempt: number;
  readonly logsDir: string;
  readonly rootDir: string;
  readonly instance: string;
  readonly cgroupParent: string;
  readonly clusterDomain: string;
  readonly dns: ResolvConf;
}): PodSandboxConfig {
  const { pod } = options;
  const security = pod.spec.securityContext;
  const { hostname, domain } = hostNames(pod, options.clusterDomain);
  const isPrivileged = pod.spec.containers.some(
    (container) => container.securityContext?.privileged === true,
  );
  return {
    metadata: {
      name: pod.metadata.name,
      uid: uidOf(pod),
      namespace: namespaceOf(pod),
      attempt: options.attempt,
    },
    // With the host's network the host's name is kept.
    hostname:
      pod.spec.hostNetwork === true
        ? ''
        : pod.spec.setHostnameAsFQDN === true && domain !== ''
          ? `${hostname}.${domain}`
          : hostname,
    logDirectory: logDirectory(options.logsDir, pod),
    dnsConfig: options.dns,
    portMappings: [],
    labels: {
      ...pod.metadata.labels,
      [POD_NAME]: pod.metadata.name,
      [POD_NAMESPACE]: namespaceOf(pod),
      [POD_UID]: uidOf(pod),
      [INSTANCE]: options.instance,
    },
    annotations: { ...pod.metadata.annotations },
    linux: {
      cgroupParent: options.cgroupParent,
      securityContext: {
        namespaceOptions: namespaceOptions(pod),
        ...(security?.runAsUser === undefined ? {} : { runAsUser: { value: String(security.runAsUser) } }),
        ...(security?.runAsGroup === undefined || security.runAsUser === undefined
          ? {}
          : { runAsGroup: { value: String(security.runAsGroup) } }),
        supplementalGroups: supplementalGroups(pod),
        privileged: isPrivileged,
        seccomp: { profileType: 'RuntimeDefault' },
      },
      sysctls: Object.fromEntries((security?.sysctls ?? []).map(({ name, value }) => [dotted(name), value])),
    },
  };
}

export function supplementalGroups(pod: Pod): string[] {
  const security = pod.spec.securityContext;
  const fsGroup = security?.fsGroup === undefined ? [] : [security.fsGroup];
  return [...fsGroup, ...(security?.supplementalGroups ?? [])].map(String);
}

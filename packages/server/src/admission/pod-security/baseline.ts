import type { Container } from '@gantry/api/generated/types';
import {
  type Check,
  containersOf,
  containersText,
  hasUserNamespace,
  namesWhere,
  type PodLike,
  plural,
  quoted,
  settersText,
  sortedSet,
  type VersionedCheck,
} from './text.ts';

const CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const SYSCTLS_0 = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SYSCTLS_27 = [...SYSCTLS_0, 'net.ipv4.ip_local_reserved_ports'];
const SYSCTLS_29 = [
  ...SYSCTLS_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SYSCTLS_32 = [...SYSCTLS_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];
const SELINUX_TYPES_0 = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
const SELINUX_TYPES_31 = [...SELINUX_TYPES_0, 'container_engine_t'];
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

const isConfined = (type: string | undefined): boolean => type === 'RuntimeDefault' || type === 'Localhost';

const appArmorProfile: Check = (pod) => {
  const bad = (profile: { readonly type?: string } | undefined): boolean =>
    profile !== undefined && !isConfined(profile.type);
  const podBad = bad(pod.spec.securityContext?.appArmorProfile);
  const names = namesWhere(pod, ({ securityContext }) => bad(securityContext?.appArmorProfile));
  const annotations = Object.entries(pod.metadata?.annotations ?? {})
    .filter(([key, value]) => {
      const allowed = value === '' || value === 'runtime/default' || value.startsWith('localhost/');
      return key.startsWith(APPARMOR_ANNOTATION) && !allowed;
    })
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .sort();
  const setters = [
    settersText(podBad, names),
    annotations.length > 0 ? plural('annotation', 'annotations', annotations.length) : '',
  ].filter((text) => text !== '');
  if (setters.length === 0) return undefined;
  const types = [pod.spec, ...containersOf(pod)]
    .map(({ securityContext }) => securityContext?.appArmorProfile)
    .flatMap((profile) => (bad(profile) ? [profile?.type ?? ''] : []));
  const values = [...sortedSet(types), ...annotations];
  return {
    reason: plural('forbidden AppArmor profile', 'forbidden AppArmor profiles', values.length),
    detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
  };
};

const capabilitiesBaseline: Check = (pod) => {
  const added = ({ securityContext }: Container): string[] =>
    (securityContext?.capabilities?.add ?? []).filter((name) => !CAPABILITIES.has(name));
  const names = namesWhere(pod, (container) => added(container).length > 0);
  if (names.length === 0) return undefined;
  const bad = sortedSet(containersOf(pod).flatMap(added));
  return {
    reason: 'non-default capabilities',
    detail: `${containersText(names)} must not include ${quoted(bad)} in securityContext.capabilities.add`,
  };
};

const hostNamespaces: Check = ({ spec }) => {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field] === true);
  if (shared.length === 0) return undefined;
  return { reason: 'host namespaces', detail: shared.map((field) => `${field}=true`).join(', ') };
};

const hostPathVolumes: Check = ({ spec }) => {
  const names = (spec.volumes ?? []).filter(({ hostPath }) => hostPath !== undefined).map(({ name }) => name);
  if (names.length === 0) return undefined;
  return {
    reason: 'hostPath volumes',
    detail: `${plural('volume', 'volumes', names.length)} ${quoted(names)}`,
  };
};

const hostPorts: Check = (pod) => {
  const used = ({ ports = [] }: Container): string[] =>
    ports.flatMap(({ hostPort }) => (hostPort !== undefined && hostPort !== 0 ? [String(hostPort)] : []));
  const names = namesWhere(pod, (container) => used(container).length > 0);
  if (names.length === 0) return undefined;
  const ports = sortedSet(containersOf(pod).flatMap(used));
  const verb = plural('uses', 'use', names.length);
  return {
    reason: 'hostPort',
    detail: `${containersText(names)} ${verb} ${plural('hostPort', 'hostPorts', ports.length)} ${ports.join(', ')}`,
  };
};

const hostProbes: Check = (pod) => {
  const hosts = (container: Container): string[] => {
    const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
    return [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop]
      .flatMap((action) => [action?.httpGet?.host, action?.tcpSocket?.host])
      .filter((host): host is string => host !== undefined && host !== '');
  };
  const names = sortedSet(namesWhere(pod, (container) => hosts(container).length > 0));
  if (names.length === 0) return undefined;
  const bad = sortedSet(containersOf(pod).flatMap(hosts));
  const what = plural('probe or lifecycle host', 'probe or lifecycle hosts', bad.length);
  return {
    reason: 'probe or lifecycle host',
    detail: `${containersText(names)} ${plural('uses', 'use', names.length)} ${what} ${quoted(bad)}`,
  };
};

const privileged: Check = (pod) => {
  const names = namesWhere(pod, ({ securityContext }) => securityContext?.privileged === true);
  if (names.length === 0) return undefined;
  return {
    reason: 'privileged',
    detail: `${containersText(names)} must not set securityContext.privileged=true`,
  };
};

/** Of the restricted level too, which knows no exception for user namespaces. */
export const procMountRestricted: Check = (pod) => {
  const bad = ({ securityContext }: Container): boolean =>
    (securityContext?.procMount ?? 'Default') !== 'Default';
  const names = namesWhere(pod, bad);
  if (names.length === 0) return undefined;
  const types = sortedSet(
    containersOf(pod)
      .filter(bad)
      .map(({ securityContext }) => securityContext?.procMount ?? ''),
  );
  return {
    reason: 'procMount',
    detail: `${containersText(names)} must not set securityContext.procMount to ${quoted(types)}`,
  };
};

const procMount: Check = (pod) => (hasUserNamespace(pod) ? undefined : procMountRestricted(pod));

interface SeLinux {
  readonly type?: string;
  readonly user?: string;
  readonly role?: string;
}

const seLinuxOptions =
  (allowed: readonly string[]): Check =>
  (pod) => {
    const all = [pod.spec, ...containersOf(pod)].map(
      ({ securityContext }) => securityContext?.seLinuxOptions,
    );
    const badType = ({ type = '' }: SeLinux): boolean => !allowed.includes(type);
    const bad = (options: SeLinux | undefined): options is SeLinux =>
      options !== undefined && (badType(options) || Boolean(options.user) || Boolean(options.role));
    const setters = settersText(
      bad(pod.spec.securityContext?.seLinuxOptions),
      namesWhere(pod, ({ securityContext }) => bad(securityContext?.seLinuxOptions)),
    );
    if (setters === '') return undefined;
    const set = all.filter(bad);
    const types = sortedSet(set.filter(badType).map(({ type = '' }) => type));
    const data = [
      ...(types.length > 0 ? [`${plural('type', 'types', types.length)} ${quoted(types)}`] : []),
      ...(set.some(({ user }) => user) ? ['user may not be set'] : []),
      ...(set.some(({ role }) => role) ? ['role may not be set'] : []),
    ];
    return {
      reason: 'seLinuxOptions',
      detail: `${setters} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}`,
    };
  };

/** Profiles that are set to something unconfined. */
export function badSeccomp(pod: PodLike): { readonly setters: string; readonly values: readonly string[] } {
  const bad = (profile: { readonly type?: string } | undefined): boolean =>
    profile !== undefined && !isConfined(profile.type);
  const setters = settersText(
    bad(pod.spec.securityContext?.seccompProfile),
    namesWhere(pod, ({ securityContext }) => bad(securityContext?.seccompProfile)),
  );
  const values = [pod.spec, ...containersOf(pod)]
    .map(({ securityContext }) => securityContext?.seccompProfile)
    .flatMap((profile) => (bad(profile) ? [profile?.type ?? ''] : []));
  return { setters, values: sortedSet(values) };
}

export const seccompBaseline: Check = (pod) => {
  const { setters, values } = badSeccomp(pod);
  if (setters === '') return undefined;
  return {
    reason: 'seccompProfile',
    detail: `${setters} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
  };
};

/** Before profiles had a field. */
const seccompAnnotations: Check = (pod) => {
  const annotations = pod.metadata?.annotations ?? {};
  const keys = [SECCOMP_POD, ...containersOf(pod).map(({ name }) => SECCOMP_CONTAINER + name)];
  const bad = keys.flatMap((key) => {
    const value = annotations[key];
    const allowed =
      value === undefined ||
      value === 'runtime/default' ||
      value === 'docker/default' ||
      value.startsWith('localhost/');
    return allowed ? [] : [`${key}=${JSON.stringify(value)}`];
  });
  const found = sortedSet(bad);
  if (found.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `forbidden ${plural('annotation', 'annotations', found.length)} ${found.join(', ')}`,
  };
};

const sysctls =
  (allowed: readonly string[]): Check =>
  ({ spec }) => {
    const bad = (spec.securityContext?.sysctls ?? [])
      .map(({ name }) => name)
      .filter((name) => !allowed.includes(name));
    return bad.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: bad.join(', ') };
  };

const windowsHostProcess: Check = (pod) => {
  const setters = settersText(
    pod.spec.securityContext?.windowsOptions?.hostProcess === true,
    namesWhere(pod, ({ securityContext }) => securityContext?.windowsOptions?.hostProcess === true),
  );
  if (setters === '') return undefined;
  return {
    reason: 'hostProcess',
    detail: `${setters} must not set securityContext.windowsOptions.hostProcess=true`,
  };
};

/** By the original's names of the checks, in whose order violations are listed. */
export const baselineChecks: readonly VersionedCheck[] = [
  { id: 'appArmorProfile', versions: [[0, appArmorProfile]] },
  { id: 'capabilities_baseline', versions: [[0, capabilitiesBaseline]] },
  { id: 'hostNamespaces', versions: [[0, hostNamespaces]] },
  { id: 'hostPathVolumes', versions: [[0, hostPathVolumes]] },
  { id: 'hostPorts', versions: [[0, hostPorts]] },
  { id: 'hostProbesAndHostLifecycle', versions: [[34, hostProbes]] },
  { id: 'privileged', versions: [[0, privileged]] },
  {
    id: 'procMount',
    versions: [
      [0, procMountRestricted],
      [35, procMount],
    ],
  },
  {
    id: 'seLinuxOptions',
    versions: [
      [0, seLinuxOptions(SELINUX_TYPES_0)],
      [31, seLinuxOptions(SELINUX_TYPES_31)],
    ],
  },
  {
    id: 'seccompProfile_baseline',
    versions: [
      [0, seccompAnnotations],
      [19, seccompBaseline],
    ],
  },
  {
    id: 'sysctls',
    versions: [
      [0, sysctls(SYSCTLS_0)],
      [27, sysctls(SYSCTLS_27)],
      [29, sysctls(SYSCTLS_29)],
      [32, sysctls(SYSCTLS_32)],
    ],
  },
  { id: 'windowsHostProcess', versions: [[0, windowsHostProcess]] },
];

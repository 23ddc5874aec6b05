import { release } from 'node:os';
import type { Pod } from '@gantry/api/generated/types';
import type { Rejection } from './admission.ts';

/** Which of the pod's namespaces a sysctl belongs to, and the kernel that first kept it there. */
interface SafeSysctl {
  readonly space: 'IPC' | 'Net';
  readonly kernel?: readonly [number, number];
}

/** https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls */
const SAFE = new Map<string, SafeSysctl>(
  Object.entries<SafeSysctl>({
    'kernel.shm_rmid_forced': { space: 'IPC' },
    'net.ipv4.ip_local_port_range': { space: 'Net' },
    'net.ipv4.tcp_syncookies': { space: 'Net' },
    'net.ipv4.ping_group_range': { space: 'Net' },
    'net.ipv4.ip_unprivileged_port_start': { space: 'Net' },
    'net.ipv4.ip_local_reserved_ports': { space: 'Net', kernel: [3, 16] },
    'net.ipv4.tcp_keepalive_time': { space: 'Net', kernel: [4, 5] },
    'net.ipv4.tcp_fin_timeout': { space: 'Net', kernel: [4, 6] },
    'net.ipv4.tcp_keepalive_intvl': { space: 'Net', kernel: [4, 5] },
    'net.ipv4.tcp_keepalive_probes': { space: 'Net', kernel: [4, 5] },
    'net.ipv4.tcp_rmem': { space: 'Net', kernel: [4, 15] },
    'net.ipv4.tcp_wmem': { space: 'Net', kernel: [4, 15] },
  }),
);

/** `net/ipv4/conf/eno2.100/rp_filter` says the same as `net.ipv4.conf.eno2/100.rp_filter`: with dots. */
export function dotted(name: string): string {
  if (/[./]/.exec(name)?.[0] !== '/') return name;
  return name.replaceAll(/[./]/g, (separator) => (separator === '.' ? '/' : '.'));
}

const isSince = ([major, minor]: readonly [number, number], kernel: string): boolean => {
  const [ownMajor = 0, ownMinor = 0] = kernel.split('.').map(Number.parseFloat);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};

/** A pod may set what is its own alone: anything else would change the node for everybody. */
export function refuseSysctls({ spec }: Pod, kernel: string = release()): Rejection | undefined {
  for (const { name: given } of spec.securityContext?.sysctls ?? []) {
    const name = dotted(given);
    const quoted = JSON.stringify(name);
    const safe = SAFE.get(name);
    const fault =
      safe === undefined || (safe.kernel !== undefined && !isSince(safe.kernel, kernel))
        ? `${quoted} not allowlisted`
        : (safe.space === 'IPC' && spec.hostIPC === true) ||
            (safe.space === 'Net' && spec.hostNetwork === true)
          ? `${quoted} not allowed with host ${safe.space} enabled`
          : undefined;
    if (fault !== undefined) return { reason: 'SysctlForbidden', message: `forbidden sysctl: ${fault}` };
  }
  return undefined;
}

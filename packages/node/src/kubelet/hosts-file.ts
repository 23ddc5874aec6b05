import { readFile } from 'node:fs/promises';
import type { Pod } from '@gantry/api/generated/types';
import { hostNames } from './sandbox-config.ts';

const HEADER = '# Kubernetes-managed hosts file.\n';
const HEADER_HOST_NETWORK = '# Kubernetes-managed hosts file (host network).\n';

/** /etc/hosts of a pod's containers. https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/ */
export async function hostsFile(pod: Pod, podIps: readonly string[], clusterDomain: string): Promise<string> {
  const aliases = hostAliases(pod);
  if (pod.spec.hostNetwork === true) {
    const host = await readFile('/etc/hosts', 'utf8').catch(() => '127.0.0.1\tlocalhost\n');
    return `${HEADER_HOST_NETWORK}${host}${host.endsWith('\n') ? '' : '\n'}${aliases}`;
  }
  const { hostname, domain } = hostNames(pod, clusterDomain);
  const names = domain === '' ? hostname : `${hostname}.${domain}\t${hostname}`;
  return `${HEADER}127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::\tip6-localnet
fe00::\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
${podIps.map((ip) => `${ip}\t${names}\n`).join('')}${aliases}`;
}

function hostAliases(pod: Pod): string {
  const aliases = pod.spec.hostAliases ?? [];
  if (aliases.length === 0) return '';
  const lines = aliases.map(({ ip, hostnames }) => `${ip}\t${(hostnames ?? []).join('\t')}\n`);
  return `\n# Entries added by HostAliases.\n${lines.join('')}`;
}

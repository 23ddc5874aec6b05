import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attempt, command } from './command.ts';
import { acceptForwarding, removeForwarding } from './forwarding.ts';
import { HostPorts, hostTable } from './host-ports.ts';
import { addressAt, parseCidr } from './ipv4.ts';

/** One node's part of the pod network. */
export interface PodNetworkOptions {
  /** Names the bridge and, with it, our nftables table; at most 15 characters. */
  readonly bridge: string;
  readonly podCidr: string;
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  readonly cniConfDir: string;
  /** Where host-local keeps its leases; own, so that nodes on one machine do not share them. */
  readonly ipamDir: string;
  /** 0 = as the kernel chooses. */
  readonly mtu?: number;
}

/**
 * Makes the bridge, the routes that keep pod and service addresses on the machine, the masquerade rule and the CNI
 * configuration; safe to repeat. The bridge comes first: nothing may be sent to those ranges before it exists.
 */
export async function setUpPodNetwork(options: PodNetworkOptions): Promise<HostPorts> {
  const cidr = parseCidr(options.podCidr);
  const { bridge } = options;
  const gateway = addressAt(cidr, 1);
  await attempt('ip', 'link', 'add', bridge, 'type', 'bridge');
  // A fixed address: else the bridge takes the lowest of its ports' and neighbours' caches go stale.
  await command('ip', 'link', 'set', bridge, 'address', bridgeMac(cidr.base), 'up');
  await command('ip', 'addr', 'replace', `${gateway}/${cidr.bits}`, 'dev', bridge);
  await writeSysctl('net/ipv4/ip_forward', '1');
  await writeSysctl(`net/ipv4/conf/${bridge}/route_localnet`, '1');
  // A service packet that no rule translated goes back out of the bridge it came from: no redirect, please.
  await writeSysctl(`net/ipv4/conf/${bridge}/send_redirects`, '0');
  await writeSysctl(`net/ipv4/conf/${bridge}/rp_filter`, '2');
  await command('ip', 'route', 'replace', options.serviceCidr, 'dev', bridge);
  // Pod addresses of nodes that are not known (yet): refused here, never sent by the default route.
  await command('ip', 'route', 'replace', 'unreachable', options.clusterCidr, 'metric', '4096');
  await acceptForwarding(options.podCidr);
  const hostPorts = new HostPorts(options);
  await hostPorts.load();
  await writeCniConfig(options, gateway);
  return hostPorts;
}

/** Removes all that `setUpPodNetwork` made. Pods must be gone. */
export async function tearDownPodNetwork(
  options: Pick<PodNetworkOptions, 'bridge' | 'clusterCidr' | 'serviceCidr' | 'cniConfDir' | 'ipamDir'>,
): Promise<void> {
  await attempt('nft', 'delete', 'table', 'ip', hostTable(options.bridge));
  await removeForwarding();
  await attempt('ip', 'route', 'del', options.serviceCidr, 'dev', options.bridge);
  await attempt('ip', 'route', 'del', 'unreachable', options.clusterCidr, 'metric', '4096');
  await attempt('ip', 'link', 'del', options.bridge);
  await rm(options.ipamDir, { recursive: true, force: true });
  await rm(options.cniConfDir, { recursive: true, force: true });
}

async function writeCniConfig(options: PodNetworkOptions, gateway: string): Promise<void> {
  const config = {
    cniVersion: '0.4.0',
    name: 'gantry',
    plugins: [
      {
        type: 'bridge',
        bridge: options.bridge,
        isGateway: true,
        // The masquerade rule is ours: the plugin's would hide the sources of traffic between nodes.
        ipMasq: false,
        hairpinMode: true,
        ...(options.mtu === undefined || options.mtu === 0 ? {} : { mtu: options.mtu }),
        ipam: {
          type: 'host-local',
          dataDir: options.ipamDir,
          ranges: [[{ subnet: options.podCidr, gateway }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
    ],
  };
  await mkdir(options.cniConfDir, { recursive: true });
  const file = join(options.cniConfDir, '10-gantry.conflist');
  await writeFile(`${file}.tmp`, JSON.stringify(config, null, 2));
  await rename(`${file}.tmp`, file);
  for (const name of await readdir(options.cniConfDir)) {
    if (name !== '10-gantry.conflist') await rm(join(options.cniConfDir, name), { force: true });
  }
}

/** Locally administered, from the range, so that it stays the same after a restart. */
function bridgeMac(base: number): string {
  const bytes = [24, 16, 8, 0].map((shift) => ((base >>> shift) & 255).toString(16).padStart(2, '0'));
  return `0a:58:${bytes.slice(0, 3).join(':')}:01`;
}

async function writeSysctl(path: string, value: string): Promise<void> {
  await writeFile(`/proc/sys/${path}`, value);
}

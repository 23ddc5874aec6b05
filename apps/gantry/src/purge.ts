import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { teardown as teardownProxy } from '@gantry/network/teardown';
import { tearDownPodNetwork } from '@gantry/node/pod-network/pod-network';
import type { Layout } from './layout.ts';
import type { UpOptions } from './options.ts';

/** The node agent's default. */
const BRIDGE = 'cni0';

/** Rules, interfaces, mounts and data of a stopped Gantry, gone. */
export async function purge(layout: Layout, options: UpOptions | undefined): Promise<void> {
  if (process.getuid?.() === 0 && options?.simulatedNodes === undefined) {
    await teardownProxy({ mode: options?.proxyMode ?? 'nftables' });
    await tearDownPodNetwork({
      bridge: BRIDGE,
      clusterCidr: options?.clusterCidr ?? '10.244.0.0/16',
      serviceCidr: options?.serviceCidr ?? '10.96.0.0/12',
      cniConfDir: join(layout.data, 'containerd', 'cni'),
      ipamDir: join(layout.node, 'ipam'),
    });
    unmountUnder(layout.data);
  }
  rmSync(layout.data, { recursive: true, force: true });
}

/** Deepest first, so that nothing is busy. */
function unmountUnder(folder: string): void {
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => (line.split(' ')[1] ?? '').replaceAll('\\040', ' '))
    .filter((path) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
  for (const path of mounts) spawnSync('umount', ['-l', path]);
}

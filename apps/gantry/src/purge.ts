import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { teardown as teardownProxy } from '@gantry/network/teardown';
import { tearDownPodNetwork } from '@gantry/node/pod-network/pod-network';
import type { Layout } from './layout.ts';
import type { UpOptions } from './options.ts';

/** Rules, interfaces, mounts and data of a stopped Gantry, gone. */
export async function purge(layout: Layout, options: UpOptions | undefined): Promise<void> {
  if (process.getuid?.() === 0 && options?.simulatedNodes === undefined) {
    await teardownProxy({ mode: options?.proxyMode ?? 'nftables' });
    await tearDownPodNetwork(podNetworkOf(layout, options));
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

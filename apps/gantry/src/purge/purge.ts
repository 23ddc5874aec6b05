import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { teardown as tearDownProxy } from '@gantry/network/teardown';
import { tearDownNode } from '@gantry/node/pod-network/teardown';
import { removeService } from '../commands/install-service.ts';
import type { Layout } from '../layout.ts';
import type { UpOptions } from '../options.ts';
import { removeEmptyIptablesTables } from './empty-tables.ts';
import { killShims } from './shims.ts';
import { restoreSysctls } from './sysctls.ts';

/** All that Gantry makes in a data folder. A folder may hold more, which is not Gantry's to remove. */
const ENTRIES = [
  'admin-password',
  'admin-token',
  'containerd',
  'gantry.json',
  'git',
  'images',
  'kubeconfig',
  'kubeconfigs',
  'lock',
  'logs',
  'node',
  'pki',
  'postgres',
  'run',
  'sysctls.json',
  'volumes',
];

/**
 * Rules, interfaces, mounts, cgroups, kernel settings and data of a stopped Gantry, gone. Its pods must have been
 * stopped. Returns the names of what lies in the folder and is not Gantry's.
 */
export async function purge(layout: Layout, options: UpOptions | undefined): Promise<string[]> {
  if (process.getuid?.() === 0) {
    if (existsSync(layout.node)) {
      await killShims(layout);
      // An earlier start may have used the default mode.
      for (const mode of new Set(['nftables', options?.proxyMode ?? 'nftables'] as const))
        await tearDownProxy({ mode });
      if (options?.proxyMode === 'iptables') await removeEmptyIptablesTables();
      await tearDownNode({ dataDir: layout.data, rootDir: layout.node });
      restoreSysctls(layout);
      removeEmptyFolders();
    }
    unmountBelow(layout.data);
    removeService(layout.data);
  }
  for (const entry of ENTRIES) rmSync(join(layout.data, entry), { recursive: true, force: true });
  const left = readdirSync(layout.data);
  if (left.length === 0) rmdirSync(realpathSync(layout.data));
  return left;
}

/** The runtime and the CNI plugins make these outside the data folder, whatever they are told. */
const SHARED_FOLDERS = ['/run/containerd/s', '/run/containerd', '/var/lib/cni/results', '/var/lib/cni'];

/** Others may use them: only empty ones go. */
function removeEmptyFolders(): void {
  for (const folder of SHARED_FOLDERS) {
    try {
      rmdirSync(folder);
    } catch {
      // In use, or not there.
    }
  }
}

/** Deepest first, so that nothing is busy. */
function unmountBelow(folder: string): void {
  for (const path of mountsBelow(readFileSync('/proc/self/mounts', 'utf8'), realpathSync(folder)))
    spawnSync('umount', ['-l', path]);
}

/** The mount points below a folder, deepest first, from the text of /proc/self/mounts. */
export function mountsBelow(mounts: string, folder: string): string[] {
  return mounts
    .split('\n')
    .map((line) =>
      (line.split(' ')[1] ?? '').replace(/\\(\d{3})/g, (_match, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      ),
    )
    .filter((path) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
}

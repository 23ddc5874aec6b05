import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cgroups } from '../kubelet/cgroups.ts';
import { unmountVolumes } from '../volumes/volumes.ts';
import { type PodNetworkOptions, tearDownPodNetwork } from './pod-network.ts';

/** What an agent has made on the machine, so that it can be undone without it. */
export interface NodeTraces {
  readonly network?: PodNetworkOptions;
  readonly cgroupParent: string;
}

const fileOf = (rootDir: string): string => join(rootDir, 'traces.json');

export async function recordTraces(rootDir: string, traces: NodeTraces): Promise<void> {
  await writeFile(fileOf(rootDir), JSON.stringify(traces, null, 2));
}

/**
 * Removes all that an agent left on the machine: bridge, routes, nftables table, CNI files, cgroups, mounts below its
 * root folder (default `DATA/node`). Its pods must be gone. That there is nothing is no error.
 */
export async function tearDownNode(options: {
  readonly dataDir: string;
  readonly rootDir?: string;
}): Promise<void> {
  const rootDir = options.rootDir ?? join(options.dataDir, 'node');
  const text = await readFile(fileOf(rootDir), 'utf8').catch(() => undefined);
  if (text !== undefined) {
    const traces = JSON.parse(text) as NodeTraces;
    if (traces.network !== undefined) await tearDownPodNetwork(traces.network);
    await new Cgroups(traces.cgroupParent).removeAll();
  }
  await unmountVolumes(rootDir);
}

import { chmod, mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Pod, VolumeMount } from '@gantry/api/generated/types';
import type { Mount } from '../cri/types.ts';
import { expand } from '../environment/expand.ts';
import { ConfigError } from '../environment/resolve.ts';
import type { MountedVolume } from '../volumes/volumes.ts';
import { hostsFile } from './hosts-file.ts';
import type { AnyContainer } from './pod.ts';

const PROPAGATION = {
  None: 'PROPAGATION_PRIVATE',
  HostToContainer: 'PROPAGATION_HOST_TO_CONTAINER',
  Bidirectional: 'PROPAGATION_BIDIRECTIONAL',
} as const;

/** The mounts of a container: its volumes, /etc/hosts, and the file that its last words go to. */
export async function containerMounts(options: {
  readonly pod: Pod;
  readonly container: AnyContainer;
  readonly attempt: number;
  readonly podDir: string;
  readonly volumes: ReadonlyMap<string, MountedVolume>;
  readonly environment: ReadonlyMap<string, string>;
  readonly podIps: readonly string[];
  readonly clusterDomain: string;
}): Promise<Mount[]> {
  const { container } = options;
  const mounts: Mount[] = [];
  for (const mount of container.volumeMounts ?? []) {
    const volume = options.volumes.get(mount.name);
    if (volume === undefined) {
      throw new ConfigError(`cannot find volume "${mount.name}" to mount into container "${container.name}"`);
    }
    const propagation = PROPAGATION[(mount.mountPropagation ?? 'None') as keyof typeof PROPAGATION];
    mounts.push({
      containerPath: isAbsolute(mount.mountPath) ? mount.mountPath : join('/', mount.mountPath),
      hostPath: await sourcePath(mount, volume, options.environment),
      readonly: mount.readOnly === true || volume.readOnly,
      ...(propagation === undefined ? {} : { propagation }),
    });
  }
  const isTaken = mounts.some(({ containerPath }) => containerPath === '/etc/hosts');
  if (!isTaken) mounts.push(await etcHosts(options));
  const log = await terminationLog(options.podDir, container, options.attempt);
  if (log !== undefined) mounts.push(log);
  return mounts;
}

async function sourcePath(
  mount: VolumeMount,
  volume: MountedVolume,
  environment: ReadonlyMap<string, string>,
): Promise<string> {
  const subPath = subPathOf(mount, environment);
  if (subPath === '') return volume.path;
  if (isAbsolute(subPath) || subPath.split('/').includes('..')) {
    throw new ConfigError(
      `failed to create subPath directory for volumeMount "${mount.name}": must not contain ".."`,
    );
  }
  const root = await realpath(volume.path);
  const path = resolve(root, subPath);
  // What a container has planted there must not lead out of the volume: neither what is mounted nor what is made.
  const within = async (one: string): Promise<string> => {
    const real = await realpath(one);
    if (real === root || real.startsWith(`${root}/`)) return real;
    throw new ConfigError(`failed to prepare subPath for volumeMount "${mount.name}": it leaves the volume`);
  };
  if ((await stat(path).catch(() => undefined)) === undefined) {
    await within(await nearest(path));
    await mkdir(path, { recursive: true, mode: (await stat(root)).mode & 0o777 });
  }
  return await within(path);
}

/** The folder that is there, of a path and those above it. */
async function nearest(path: string): Promise<string> {
  const isThere = (await stat(path).catch(() => undefined)) !== undefined;
  return isThere ? path : await nearest(dirname(path));
}

function subPathOf(mount: VolumeMount, environment: ReadonlyMap<string, string>): string {
  const expression = mount.subPathExpr ?? '';
  if (expression === '') return mount.subPath ?? '';
  return expand(expression, (name) => {
    const value = environment.get(name);
    if (value === undefined) throw new ConfigError(`missing value for ${JSON.stringify(name)}`);
    return value;
  });
}

async function etcHosts(options: Parameters<typeof containerMounts>[0]): Promise<Mount> {
  const path = join(options.podDir, 'etc-hosts');
  await mkdir(options.podDir, { recursive: true, mode: 0o750 });
  await writeFile(path, await hostsFile(options.pod, options.podIps, options.clusterDomain), { mode: 0o644 });
  return { containerPath: '/etc/hosts', hostPath: path, readonly: false };
}

/** Each attempt has a file of its own. */
export const terminationLogPath = (podDir: string, name: string, attempt: number): string =>
  join(podDir, 'containers', name, String(attempt));

async function terminationLog(
  podDir: string,
  container: AnyContainer,
  attempt: number,
): Promise<Mount | undefined> {
  const containerPath = container.terminationMessagePath ?? '/dev/termination-log';
  if (containerPath === '') return undefined;
  const hostPath = terminationLogPath(podDir, container.name, attempt);
  await mkdir(join(hostPath, '..'), { recursive: true });
  await writeFile(hostPath, '');
  // Any user of the container may write its last words.
  await chmod(hostPath, 0o666);
  return { containerPath, hostPath, readonly: false };
}

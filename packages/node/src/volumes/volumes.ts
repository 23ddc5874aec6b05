import { chmod, chown, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersistentVolume, Pod, Volume } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { persistentVolumeClaims, persistentVolumes } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { namespaceOf, uidOf } from '../kubelet/pod.ts';
import { whole } from '../kubelet/quantity.ts';
import { command } from '../pod-network/command.ts';
import { type VolumeFile, writeAtomically } from './atomic-writer.ts';
import { prepareHostPath } from './host-path.ts';
import { releaseImages } from './image-mount.ts';
import { isMounted, mountsBelow } from './mounts.ts';
import {
  configMapFiles,
  downwardFiles,
  type PayloadContext,
  projectedFiles,
  secretFiles,
} from './payload.ts';

/** A volume as containers mount it. */
export interface MountedVolume {
  readonly path: string;
  readonly readOnly: boolean;
}

/** A volume that can't be set up; becomes the event FailedMount. */
export class MountError extends Error {
  readonly volume: string;
  constructor(volume: string, message: string) {
    super(message);
    this.name = 'MountError';
    this.volume = volume;
  }
}

/** All files of secrets, tokens and ConfigMaps on a node together, bytes. */
const TMPFS_SIZE = '1g';

/**
 * Volumes of the node's pods. What comes from the API lives on one tmpfs, so that secrets never reach a disk;
 * emptyDirs live below the pod's folder.
 */
export class Volumes {
  readonly #podsDir: string;
  readonly #memoryDir: string;
  readonly #client: Client;
  /** What claims led to, by pod: a container is started again though the API can't be asked. */
  readonly #claims = new Map<string, Map<string, string>>();

  readonly #criEndpoint: string;

  constructor(rootDir: string, client: Client, criEndpoint: string) {
    this.#criEndpoint = criEndpoint;
    this.#podsDir = join(rootDir, 'pods');
    this.#memoryDir = join(rootDir, 'memory');
    this.#client = client;
  }

  /** Mounts the tmpfs where it is not yet. */
  async prepare(): Promise<void> {
    await mkdir(this.#podsDir, { recursive: true, mode: 0o750 });
    await mkdir(this.#memoryDir, { recursive: true, mode: 0o750 });
    if (!(await isMounted(this.#memoryDir))) {
      await command('mount', '-t', 'tmpfs', '-o', `size=${TMPFS_SIZE},mode=0750`, 'gantry', this.#memoryDir);
    }
  }

  podDir(uid: string): string {
    return join(this.#podsDir, uid);
  }

  /** Uids that have folders here. */
  async known(): Promise<string[]> {
    return [...new Set([...(await readdir(this.#podsDir)), ...(await readdir(this.#memoryDir))])];
  }

  /** Sets up every volume of the pod; safe to repeat. Throws `MountError`. */
  async setUp(pod: Pod, context: PayloadContext): Promise<Map<string, MountedVolume>> {
    const mounted = await Promise.all(
      (pod.spec.volumes ?? []).filter(isSetUpHere).map(async (volume) => {
        try {
          return [volume.name, await this.#mount(pod, volume, context)] as const;
        } catch (error) {
          const text = error instanceof Error ? error.message : String(error);
          throw new MountError(volume.name, `MountVolume.SetUp failed for volume "${volume.name}" : ${text}`);
        }
      }),
    );
    return new Map(mounted);
  }

  /** Brings the files of volumes that come from the API up to date. */
  async refresh(pod: Pod, context: PayloadContext): Promise<void> {
    for (const volume of pod.spec.volumes ?? []) {
      if (isPayload(volume)) await this.#mount(pod, volume, context);
    }
  }

  /** Unmounts and removes everything of the pod. */
  async tearDown(uid: string): Promise<void> {
    this.#claims.delete(uid);
    const dir = this.podDir(uid);
    await releaseImages(this.#criEndpoint, await mountsBelow(dir));
    for (const mount of await mountsBelow(dir)) await command('umount', '-l', mount);
    await rm(dir, { recursive: true, force: true });
    await rm(join(this.#memoryDir, uid), { recursive: true, force: true });
  }

  async #mount(pod: Pod, volume: Volume, context: PayloadContext): Promise<MountedVolume> {
    if (isPayload(volume)) {
      const dir = join(this.#memoryDir, uidOf(pod), volume.name);
      const fsGroup = pod.spec.securityContext?.fsGroup;
      await writeAtomically(
        dir,
        await payload(pod, volume, context),
        fsGroup === undefined ? {} : { fsGroup },
      );
      return { path: dir, readOnly: false };
    }
    if (volume.emptyDir !== undefined) return await this.#emptyDir(pod, volume);
    if (volume.hostPath !== undefined) {
      await prepareHostPath(volume.hostPath.path, volume.hostPath.type);
      return { path: volume.hostPath.path, readOnly: false };
    }
    const claim = volume.persistentVolumeClaim;
    if (claim !== undefined) return await this.#claimed(pod, claim.claimName, claim.readOnly === true);
    if (volume.ephemeral !== undefined) {
      return await this.#claimed(pod, `${pod.metadata.name}-${volume.name}`, false);
    }
    throw new Error('no volume plugin matched');
  }

  async #emptyDir(pod: Pod, volume: Volume): Promise<MountedVolume> {
    const path = join(this.podDir(uidOf(pod)), 'volumes', 'kubernetes.io~empty-dir', volume.name);
    const isNew = (await stat(path).catch(() => undefined)) === undefined;
    await mkdir(path, { recursive: true });
    if (volume.emptyDir?.medium === 'Memory' && !(await isMounted(path))) {
      const limit = whole(volume.emptyDir.sizeLimit);
      const size = limit > 0 ? [`size=${limit}`] : [];
      await command('mount', '-t', 'tmpfs', '-o', ['rw', ...size].join(','), 'tmpfs', path);
      await own(path, pod);
    } else if (isNew) await own(path, pod);
    return { path, readOnly: false };
  }

  async #claimed(pod: Pod, claimName: string, readOnly: boolean): Promise<MountedVolume> {
    const known = this.#claims.get(uidOf(pod)) ?? new Map<string, string>();
    const path = known.get(claimName) ?? (await this.#findClaimed(pod, claimName));
    this.#claims.set(uidOf(pod), known.set(claimName, path));
    return { path, readOnly };
  }

  async #findClaimed(pod: Pod, claimName: string): Promise<string> {
    const namespace = namespaceOf(pod);
    const claim = await orAbsent(this.#client.get(persistentVolumeClaims, namespace, claimName));
    if (claim === undefined) throw new Error(`persistentvolumeclaim "${claimName}" not found`);
    const volumeName = claim.spec.volumeName ?? '';
    if (claim.status?.phase !== 'Bound' || volumeName === '') {
      throw new Error(`PVC ${namespace}/${claimName} is not bound`);
    }
    const volume = await orAbsent(this.#client.get(persistentVolumes, '', volumeName));
    if (volume === undefined) throw new Error(`persistentvolume "${volumeName}" not found`);
    const path = await prepareVolume(volume);
    if (volume.spec.hostPath === undefined) await ownTop(path, pod);
    return path;
  }
}

async function orAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

async function prepareVolume(volume: PersistentVolume): Promise<string> {
  const { hostPath, local } = volume.spec;
  const path = hostPath?.path ?? local?.path;
  if (path === undefined)
    throw new Error(`no volume plugin matched for persistentvolume "${volume.metadata.name}"`);
  const isProvisioned = volume.metadata.annotations?.['pv.kubernetes.io/provisioned-by'] !== undefined;
  if (isProvisioned && (await stat(path).catch(() => undefined)) === undefined) {
    await mkdir(path, { recursive: true });
    await chmod(path, 0o777);
  }
  if (hostPath !== undefined) await prepareHostPath(path, hostPath.type);
  else if ((await stat(path).catch(() => undefined)) === undefined) {
    throw new Error(`path "${path}" does not exist`);
  }
  return path;
}

/** Images are mounted with the container that wants them, since they have to be pulled. */
const isSetUpHere = ({ image }: Volume): boolean => image === undefined;

function isPayload(volume: Volume): boolean {
  return (
    volume.configMap !== undefined ||
    volume.secret !== undefined ||
    volume.downwardAPI !== undefined ||
    volume.projected !== undefined
  );
}

async function payload(pod: Pod, volume: Volume, context: PayloadContext): Promise<VolumeFile[]> {
  if (volume.configMap !== undefined) return await configMapFiles(pod, volume.configMap, context.objects);
  if (volume.secret !== undefined) {
    const { secretName, ...rest } = volume.secret;
    return await secretFiles(
      pod,
      { ...rest, ...(secretName === undefined ? {} : { name: secretName }) },
      context.objects,
    );
  }
  if (volume.downwardAPI !== undefined) {
    return downwardFiles(pod, volume.downwardAPI.items ?? [], volume.downwardAPI.defaultMode, context);
  }
  return await projectedFiles(pod, volume.projected?.sources ?? [], volume.projected?.defaultMode, context);
}

/** An emptyDir is everybody's; with fsGroup, its group's, and so is what is made in it. */
async function own(path: string, pod: Pod): Promise<void> {
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (fsGroup !== undefined) await chown(path, 0, fsGroup);
  await chmod(path, fsGroup === undefined ? 0o777 : 0o2777);
}

async function ownTop(path: string, pod: Pod): Promise<void> {
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (fsGroup === undefined) return;
  const { mode, uid } = await stat(path);
  await chown(path, uid, fsGroup);
  await chmod(path, (mode & 0o7777) | 0o2070);
}

/** Unmounts what `Volumes` left below the root folder; for a purge. */
export async function unmountVolumes(rootDir: string): Promise<void> {
  for (const mount of await mountsBelow(rootDir)) await command('umount', '-l', mount);
}

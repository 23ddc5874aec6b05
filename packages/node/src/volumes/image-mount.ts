import { mkdir } from 'node:fs/promises';
import { attempt, command } from '../pod-network/command.ts';
import { isMounted } from './mounts.ts';

const NAMESPACE = 'k8s.io';
/** What containerd may keep its images with; which one it is, only its configuration knows. */
const SNAPSHOTTERS = ['overlayfs', 'native'];

/** Where the files of an image volume lie; the folder tells its kind, so that `releaseImages` finds it. */
export const IMAGE_FOLDER = 'kubernetes.io~image';

const ctr = (criEndpoint: string, ...args: string[]): string[] => [
  '--address',
  criEndpoint.replace(/^unix:\/\//, ''),
  '--namespace',
  NAMESPACE,
  ...args,
];

/**
 * Mounts an image of containerd's, by its id, at a folder, read-only. Safe to repeat.
 * Runtimes do so themselves since containerd 2.1; this works with those before it.
 */
export async function mountImage(criEndpoint: string, imageId: string, path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  if (await isMounted(path)) return;
  // What a reboot has left would stand in the way.
  await attempt('ctr', ...ctr(criEndpoint, 'images', 'unmount', '--rm', path));
  let failure: unknown;
  for (const snapshotter of SNAPSHOTTERS) {
    try {
      await command(
        'ctr',
        ...ctr(criEndpoint, 'images', 'mount', '--snapshotter', snapshotter, imageId, path),
      );
      return;
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** Unmounts images below a pod's folder and lets containerd forget about it. */
export async function releaseImages(criEndpoint: string, mounts: readonly string[]): Promise<void> {
  for (const path of mounts) {
    if (!path.includes(`/${IMAGE_FOLDER}/`)) continue;
    await attempt('ctr', ...ctr(criEndpoint, 'images', 'unmount', '--rm', path));
  }
}

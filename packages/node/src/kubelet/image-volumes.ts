import { join } from 'node:path';
import type { Pod } from '@gantry/api/generated/types';
import type { Image, PodSandboxConfig } from '../cri/types.ts';
import { IMAGE_FOLDER, mountImage } from '../volumes/image-mount.ts';
import type { MountedVolume } from '../volumes/volumes.ts';
import type { KubeletContext } from './context.ts';
import type { AnyContainer } from './pod.ts';
import { uidOf } from './pod.ts';

/** The images that a pod mounts as volumes: not to be cleared away while it is there. */
export const mountedImages = ({ spec }: Pod): string[] =>
  (spec.volumes ?? []).flatMap(({ image }) => (image?.reference === undefined ? [] : [image.reference]));

/**
 * The volumes that a container mounts, those included that are images: pulled by their policy, and mounted once a pod.
 * Throws `ImageError` as for the container's own image.
 */
export async function withImageVolumes(
  context: KubeletContext,
  pod: Pod,
  container: AnyContainer,
  volumes: ReadonlyMap<string, MountedVolume>,
  pull: { readonly sandbox: PodSandboxConfig; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, MountedVolume>> {
  const wanted = (pod.spec.volumes ?? []).filter(
    ({ name, image }) => image !== undefined && container.volumeMounts?.some((mount) => mount.name === name),
  );
  if (wanted.length === 0) return volumes;
  const all = new Map(volumes);
  for (const { name, image } of wanted) {
    const source = {
      name: container.name,
      image: image?.reference ?? '',
      ...(image?.pullPolicy === undefined ? {} : { imagePullPolicy: image.pullPolicy }),
    };
    const pulled = await context.images.ensure(pod, source, pull.sandbox, pull.signal);
    all.set(name, await mounted(context, pod, name, pulled));
  }
  return all;
}

async function mounted(
  context: KubeletContext,
  pod: Pod,
  name: string,
  { id }: Image,
): Promise<MountedVolume> {
  const path = join(context.volumes.podDir(uidOf(pod)), 'volumes', IMAGE_FOLDER, name);
  await mountImage(context.criEndpoint, id, path);
  return { path, readOnly: true };
}

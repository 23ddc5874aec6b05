import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@gantry/runtime/port';
import { busyboxBase, busyboxImage } from './busybox.ts';
import { demoImage } from './demo.ts';
import { nginxImage } from './nginx.ts';
import { goArchitecture, type ImageDefinition, readIndex, writeImage, writeIndex } from './oci.ts';
import { pauseImage } from './pause.ts';

/** Goes up with each change of what the images hold. */
const RECIPE = '4';

export interface EnsuredImages {
  /** The layout that `startRegistry` serves. */
  readonly dir: string;
  /** `docker.io/library/busybox:1.35`, … */
  readonly references: readonly string[];
  /** What could not be built, with the reason; a later call tries again. */
  readonly missing: readonly { readonly image: string; readonly reason: string }[];
}

/**
 * Builds the small images that work without any registry (pause, busybox, nginx, the demo) into `dataDir/images`,
 * from what the host has. Takes seconds the first time and nothing later. Only the pause image must succeed.
 */
export async function ensureImages(options: {
  readonly dataDir: string;
  readonly log: Logger;
  /** `local`: only what needs no package mirror. Default `all`. */
  readonly scope?: 'local' | 'all';
  /** Called with each image's name before it is built. */
  readonly onProgress?: (image: string) => void;
}): Promise<EnsuredImages> {
  const dir = join(options.dataDir, 'images');
  await mkdir(dir, { recursive: true });
  const stamp = `${RECIPE} ${goArchitecture()}`;
  const known = await readIndex(dir);
  const images: Record<string, Record<string, string>> = {};
  for (const [name, tags] of Object.entries(known?.stamp === stamp ? known.images : {}))
    images[name] = { ...tags };
  const missing: { image: string; reason: string }[] = [];
  for (const { name, build, isLocal } of imageBuilders(dir)) {
    if (images[name] !== undefined || (options.scope === 'local' && !isLocal)) continue;
    options.onProgress?.(name);
    try {
      const tags: Record<string, string> = {};
      for (const image of await build()) {
        const digest = await writeImage(dir, image);
        for (const tag of image.tags) tags[tag] = digest;
      }
      images[name] = tags;
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      options.log.warn({ image: name, reason }, 'image not built');
      missing.push({ image: name, reason });
    }
  }
  await writeIndex(dir, { stamp, images });
  const references = Object.entries(images).flatMap(([name, tags]) =>
    Object.keys(tags).map((tag) => `${name}:${tag}`),
  );
  return { dir, references, missing };
}

interface ImageBuilder {
  readonly name: string;
  /** Made from what the host has. */
  readonly isLocal: boolean;
  readonly build: () => Promise<ImageDefinition[]>;
}

function imageBuilders(dir: string): ImageBuilder[] {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  return [
    { name: 'registry.k8s.io/pause', isLocal: true, build: async () => [pauseImage(arch)] },
    {
      name: 'docker.io/library/busybox',
      isLocal: true,
      build: async () => [busyboxImage(await busyboxBase())],
    },
    {
      name: 'docker.io/gantry/demo',
      isLocal: true,
      build: async () => {
        const base = await busyboxBase();
        return [demoImage(base, '1.0', '#1d4ed8'), demoImage(base, '2.0', '#15803d')];
      },
    },
    {
      name: 'docker.io/library/nginx',
      isLocal: false,
      build: async () => [await nginxImage(await busyboxBase(), join(dir, 'nginx.scratch'))],
    },
  ];
}

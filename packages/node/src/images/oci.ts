import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type TarEntry, writeTar } from './tar.ts';

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';
const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** An image to build: one layer, and the part of its configuration that runtimes read. */
export interface ImageDefinition {
  /** Fully qualified, without a tag: `docker.io/library/busybox`. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly entries: readonly TarEntry[];
  readonly config: {
    readonly Entrypoint?: readonly string[];
    readonly Cmd?: readonly string[];
    readonly Env?: readonly string[];
    readonly WorkingDir?: string;
    readonly User?: string;
    readonly ExposedPorts?: Readonly<Record<string, object>>;
    readonly StopSignal?: string;
  };
}

/** Which manifest a name and tag stand for: name → tag → digest. */
export interface ImageIndex {
  /** What the images were built from; another value makes them anew. */
  readonly stamp: string;
  readonly images: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const goArchitecture = (): string => (process.arch === 'x64' ? 'amd64' : process.arch);

/** Writes the image's blobs below `dir`; returns the digest of its manifest. */
export async function writeImage(dir: string, image: ImageDefinition): Promise<string> {
  const layer = writeTar(image.entries);
  const packed = gzipSync(layer);
  const config = Buffer.from(
    JSON.stringify({
      architecture: goArchitecture(),
      os: 'linux',
      config: image.config,
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
      history: [{ created_by: 'gantry' }],
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: { mediaType: CONFIG_TYPE, digest: digestOf(config), size: config.length },
      layers: [{ mediaType: LAYER_TYPE, digest: digestOf(packed), size: packed.length }],
    }),
  );
  await Promise.all([packed, config, manifest].map((blob) => writeBlob(dir, blob)));
  return digestOf(manifest);
}

export const digestOf = (data: Buffer): string => `sha256:${createHash('sha256').update(data).digest('hex')}`;

/** The path of a blob, or undefined when `digest` is not a sha256 digest. */
export function blobPath(dir: string, digest: string): string | undefined {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  return hex === undefined ? undefined : join(dir, 'blobs', 'sha256', hex);
}

async function writeBlob(dir: string, data: Buffer): Promise<void> {
  const path = blobPath(dir, digestOf(data));
  if (path === undefined || existsSync(path)) return;
  await mkdir(join(dir, 'blobs', 'sha256'), { recursive: true });
  await writeAtomically(path, data);
}

export async function writeIndex(dir: string, index: ImageIndex): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeAtomically(join(dir, 'index.json'), Buffer.from(JSON.stringify(index, null, 2)));
}

/** Undefined when nothing was built yet, or what is there can't be read. */
export async function readIndex(dir: string): Promise<ImageIndex | undefined> {
  try {
    return JSON.parse(await readFile(join(dir, 'index.json'), 'utf8')) as ImageIndex;
  } catch {
    return undefined;
  }
}

async function writeAtomically(path: string, data: Buffer): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, data);
  await rename(temporary, path);
}

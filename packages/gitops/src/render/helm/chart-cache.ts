import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import { resolveHost } from '../../git/address.ts';
import { GitError } from '../../git/tree.ts';
import { Turns } from '../../git/turns.ts';
import type { Chart } from './chart-folder.ts';
import { HelmError, runHelm } from './helm-process.ts';

/** How long the newest version, or the highest of a range, is taken for what it was. */
export const RANGE_FRESH_MS = 300_000;
const CHARTS_MAX = 100;
const PULL_MAX_BYTES = 64 << 20;

export interface ChartReference {
  /** https:// of a Helm repository or oci:// of a registry. */
  readonly repositoryURL: string;
  readonly chart: string;
  /** A version or a range; '' = the newest. */
  readonly version: string;
}

/**
 * Charts of Helm repositories and OCI registries, each unpacked in a folder of its own by repository, chart and version.
 * A version is fetched once; a range is asked for again after five minutes.
 */
export class ChartCache {
  readonly #root: string;
  readonly #binary: () => Promise<string>;
  readonly #turns = new Turns();

  constructor(root: string, binary: () => Promise<string>) {
    this.#root = root;
    this.#binary = binary;
  }

  /** Throws GitError. */
  async get(reference: ChartReference): Promise<Chart> {
    checkReference(reference);
    const { repositoryURL, chart, version } = reference;
    const key = createHash('sha256')
      .update(JSON.stringify([repositoryURL, chart, version]))
      .digest('hex');
    const folder = join(this.#root, key.slice(0, 40));
    await this.#turns.take(folder, () => this.#ensure(folder, reference));
    const path = join(folder, 'chart');
    return { path, title: await titleOfChart(path, chart) };
  }

  async #ensure(folder: string, reference: ChartReference): Promise<void> {
    const isExact = semver.valid(reference.version) !== null;
    const known = await stat(folder).catch(() => undefined);
    if (known !== undefined && (isExact || Date.now() - known.mtimeMs < RANGE_FRESH_MS)) return;
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const work = await mkdtemp(join(this.#root, '.pull-'));
    try {
      await this.#pull(reference, work);
      const made = join(work, 'done');
      await mkdir(made);
      await rename(join(work, 'pulled', reference.chart), join(made, 'chart'));
      await rm(folder, { recursive: true, force: true });
      await rename(made, folder);
      await utimes(folder, new Date(), new Date());
    } catch (error) {
      // An old answer is better than none, while the repository can't be reached.
      if (known === undefined || !(error instanceof GitError)) throw error;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    await this.#evict();
  }

  async #pull({ repositoryURL, chart, version }: ChartReference, work: string): Promise<void> {
    // Helm asks for the host again: this keeps honest names from machine credentials, not a server that answers twice.
    await resolveHost(new URL(repositoryURL).hostname.replace(/^\[|\]$/g, ''));
    const isOci = repositoryURL.startsWith('oci://');
    const args = [
      'pull',
      ...(isOci ? [`${repositoryURL.replace(/\/$/, '')}/${chart}`] : [chart, '--repo', repositoryURL]),
      ...(version === '' ? [] : ['--version', version]),
      ...['--untar', '--untardir', join(work, 'pulled'), '--destination', work],
      ...(isOci && isLoopback(repositoryURL) ? ['--plain-http'] : []),
    ];
    try {
      await runHelm(await this.#binary(), { args, home: join(work, 'home') });
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      const wanted = version === '' ? chart : `${chart} ${version}`;
      throw new GitError(
        `chart ${wanted} can't be fetched from ${repositoryURL}: ${error.message.replace(/^Error: /, '')}`,
      );
    }
    const bytes = await sizeOf(join(work, 'pulled'));
    if (bytes > PULL_MAX_BYTES)
      throw new GitError(`chart ${chart} has ${bytes} bytes: at most ${PULL_MAX_BYTES} are read`);
  }

  /** The least recently made go. */
  async #evict(): Promise<void> {
    const names = (await readdir(this.#root)).filter((name) => !name.startsWith('.'));
    if (names.length <= CHARTS_MAX) return;
    const dated = await Promise.all(
      names.map(async (name) => ({
        name,
        at: (await stat(join(this.#root, name)).catch(() => undefined))?.mtimeMs ?? 0,
      })),
    );
    dated.sort((a, b) => a.at - b.at);
    for (const { name } of dated.slice(0, names.length - CHARTS_MAX))
      await rm(join(this.#root, name), { recursive: true, force: true });
  }
}

const isLoopback = (url: string): boolean => /^[a-z]+:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(url);

/** Only what helm takes for a repository and for a name; nothing that it could take for an option. */
function checkReference({ repositoryURL, chart, version }: ChartReference): void {
  const protocol = URL.canParse(repositoryURL) ? new URL(repositoryURL).protocol : '';
  if (protocol !== 'https:' && protocol !== 'oci:' && !(protocol === 'http:' && isLoopback(repositoryURL)))
    throw new GitError(
      `spec.source.helm.repositoryURL: ${JSON.stringify(repositoryURL)}: use an https:// or oci:// address`,
    );
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(chart))
    throw new GitError(`spec.source.helm.chart: ${JSON.stringify(chart)} is no name of a chart`);
  if (version !== '' && semver.validRange(version) === null)
    throw new GitError(`spec.source.helm.version: ${JSON.stringify(version)} is no version or range`);
}

async function titleOfChart(path: string, chart: string): Promise<string> {
  const text = await readFile(join(path, 'Chart.yaml'), 'utf8').catch(() => '');
  const version = /^version:\s*["']?([\w.+-]+)/m.exec(text)?.[1];
  return version === undefined ? chart : `${chart}-${version}`;
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}

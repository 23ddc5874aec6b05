import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import semver from 'semver';
import type { Credentials } from '../../git/credentials.ts';
import type { Network } from '../../git/network.ts';
import { GitError, NotYetError } from '../../git/tree.ts';
import { Turns } from '../../git/turns.ts';
import { Slots } from '../../plan/slots.ts';
import type { Chart } from './chart-folder.ts';
import { isLoopback, pullChart } from './fetch/pull.ts';
import { untar } from './fetch/untar.ts';
import { rangeOf } from './fetch/version-choice.ts';

/** How long the newest version, or the highest of a range, is taken for what it was. */
const RANGE_FRESH_MS = 300_000;
const CHARTS_MAX = 100;
const PULL_MAX_BYTES = 64 << 20;
const CURRENT = 'current';
const LEFTOVER_MS = 3_600_000;
/** An index and an archive are held in memory meanwhile. */
const PULLS_MAX = 8;
/** Of one namespace: its servers that don't answer hold up nobody else's. */
const PULLS_EACH = 4;
/** Nobody is held up for longer by a fetch, which goes on. */
const PATIENCE_MS = 30_000;

export interface ChartReference {
  /** https:// of a Helm repository or oci:// of a registry. */
  readonly repositoryURL: string;
  readonly chart: string;
  /** A version or a range; '' = the newest. */
  readonly version: string;
}

/**
 * Charts of Helm repositories and OCI registries: `ROOT/KEY/CHART-VERSION`, where the key stands for repository, chart and
 * the version or range that was asked for, and `ROOT/KEY/current` names the one that it is now. What is there never
 * changes, since renders read it. A version is fetched once; a range is asked for again after a while.
 */
export class ChartCache {
  readonly #root: string;
  readonly #network: Network;
  readonly #patienceMs: number;
  readonly #pulls = new Slots(PULLS_MAX, PULLS_EACH);
  /** Under way, by tenant and folder: who asks for the same has not to wait in the queue of another. */
  readonly #finding = new Map<string, Promise<string>>();
  readonly #turns = new Turns();

  constructor(root: string, network: Network, patienceMs = PATIENCE_MS) {
    this.#root = root;
    this.#network = network;
    this.#patienceMs = patienceMs;
  }

  /** `freshMs`: how long what was found for a range holds; `tenant`: the namespace that wants it. Throws GitError. */
  async get(
    reference: ChartReference,
    credentials?: Credentials,
    freshMs = RANGE_FRESH_MS,
    tenant = '',
  ): Promise<Chart> {
    checkReference(reference);
    const { repositoryURL, chart, version } = reference;
    const key = createHash('sha256')
      // Who has no credentials, or others, gets nothing that was fetched with these.
      .update(JSON.stringify([repositoryURL, chart, version, credentials]))
      .digest('hex');
    const folder = join(this.#root, key.slice(0, 40));
    const finding =
      this.#finding.get(`${tenant} ${folder}`) ?? this.#find(folder, reference, credentials, freshMs, tenant);
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new NotYetError(`chart ${chart} is still being fetched from ${repositoryURL}`)),
      this.#patienceMs,
    );
    try {
      const title = await Promise.race([finding, late.promise]);
      return { path: join(folder, title), title };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whoever else wants the same meanwhile waits for the same. */
  #find(
    folder: string,
    reference: ChartReference,
    credentials: Credentials | undefined,
    freshMs: number,
    tenant: string,
  ): Promise<string> {
    const finding = this.#ensure(folder, reference, credentials, freshMs, tenant).then(async (title) => {
      // What is used is not the first to go.
      await utimes(folder, new Date(), new Date());
      return title;
    });
    const key = `${tenant} ${folder}`;
    this.#finding.set(key, finding);
    const end = (): boolean => this.#finding.delete(key);
    finding.then(end, end);
    return finding;
  }

  /** Name of the chart's folder. */
  async #ensure(
    folder: string,
    reference: ChartReference,
    credentials: Credentials | undefined,
    freshMs: number,
    tenant: string,
  ): Promise<string> {
    const before = await currentIn(folder, reference, freshMs);
    if (before.isFresh) return before.title;
    return this.#pulls.run(async () => {
      // Somebody else may have fetched it while this one waited for its place.
      const now = await currentIn(folder, reference, freshMs);
      return now.isFresh ? now.title : this.#renew(folder, reference, credentials, now.title);
    }, tenant);
  }

  /** Fetches what a reference names now. `known`: what it was before. */
  async #renew(
    folder: string,
    reference: ChartReference,
    credentials: Credentials | undefined,
    known: string,
  ): Promise<string> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const work = await mkdtemp(join(this.#root, '.pull-'));
    try {
      await this.#pull(reference, work, credentials);
      const title = await this.#turns.take(folder, () =>
        keep(join(work, 'pulled', reference.chart), folder, known),
      );
      await this.#evict();
      return title;
    } catch (error) {
      // An old answer is better than none, while the repository can't be reached.
      if (known === '' || !(error instanceof GitError)) throw error;
      return known;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  async #pull(reference: ChartReference, work: string, credentials: Credentials | undefined): Promise<void> {
    const { repositoryURL, chart, version } = reference;
    try {
      const archive = await pullChart(this.#network, reference, credentials, PULL_MAX_BYTES);
      await untar(archive, join(work, 'pulled', chart), PULL_MAX_BYTES);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      const wanted = version === '' ? chart : `${chart} ${version}`;
      throw new GitError(`chart ${wanted} can't be fetched from ${repositoryURL}: ${error.message}`);
    }
  }

  /** What a process left behind that died goes after a while, and so do those of too many that were not used for longest. */
  async #evict(): Promise<void> {
    const dated = await Promise.all(
      (await readdir(this.#root)).map(async (name) => ({
        name,
        at: (await stat(join(this.#root, name)).catch(() => undefined))?.mtimeMs ?? 0,
      })),
    );
    const isKept = ({ name }: { name: string }): boolean => !name.startsWith('.');
    const charts = dated.filter(isKept).sort((a, b) => b.at - a.at);
    const leftovers = dated.filter((one) => !isKept(one) && one.at < Date.now() - LEFTOVER_MS);
    for (const { name } of [...charts.slice(CHARTS_MAX), ...leftovers]) {
      // Who is killed meanwhile leaves no chart that lacks some of its files.
      const gone = join(this.#root, `.gone-${randomUUID()}`);
      await rename(join(this.#root, name), gone).catch(() => undefined);
      await rm(gone, { recursive: true, force: true });
    }
  }
}

/** What a chart's folder names; `title` is '' when that is nothing. */
async function currentIn(
  folder: string,
  { version }: ChartReference,
  freshMs: number,
): Promise<{ readonly title: string; readonly isFresh: boolean }> {
  const current = join(folder, CURRENT);
  const title = await readFile(current, 'utf8').catch(() => '');
  if (title === '') return { title, isFresh: false };
  const isExact = semver.valid(version) !== null;
  return { title, isFresh: isExact || Date.now() - (await stat(current)).mtimeMs < freshMs };
}

/** Only what may be a repository and a name. */
function checkReference({ repositoryURL, chart, version }: ChartReference): void {
  const protocol = URL.canParse(repositoryURL) ? new URL(repositoryURL).protocol : '';
  if (protocol !== 'https:' && protocol !== 'oci:' && !(protocol === 'http:' && isLoopback(repositoryURL)))
    throw new GitError(
      `spec.source.helm.repositoryURL: ${JSON.stringify(repositoryURL)}: use an https:// or oci:// address`,
    );
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(chart))
    throw new GitError(`spec.source.helm.chart: ${JSON.stringify(chart)} is no name of a chart`);
  if (version !== '' && rangeOf(version) === null)
    throw new GitError(`spec.source.helm.version: ${JSON.stringify(version)} is no version or range`);
}

/** Puts a fetched chart beside the ones before, of which only the last is kept: a render may still be reading it. */
async function keep(pulled: string, folder: string, before: string): Promise<string> {
  const text = await readFile(join(pulled, 'Chart.yaml'), 'utf8').catch(() => '');
  const version = /^version:\s*["']?v?(\d[\w.+-]*)/m.exec(text)?.[1];
  if (version === undefined)
    throw new GitError(`the chart that was fetched has no version in its Chart.yaml`);
  const title = `${basename(pulled)}-${version}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(folder);
  for (const name of names)
    if (![title, before, CURRENT].includes(name))
      await rm(join(folder, name), { recursive: true, force: true });
  if (!names.includes(title)) await rename(pulled, join(folder, title));
  const temporary = join(folder, `.${CURRENT}`);
  await writeFile(temporary, title);
  await rename(temporary, join(folder, CURRENT));
  return title;
}

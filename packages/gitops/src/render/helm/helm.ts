import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HelmSource } from '@gantry/api/generated/types';
import { parseYaml, YamlError } from '@gantry/machinery/yaml';
import type { Credentials } from '../../git/credentials.ts';
import type { Network } from '../../git/network.ts';
import type { Tree, TreeFile } from '../../git/tree.ts';
import { joinPath } from '../kustomize/tree-files.ts';
import type { SourceObject, SourceProblem } from '../source-object.ts';
import type { ServerCapabilities } from './capabilities.ts';
import { ChartCache } from './chart-cache.ts';
import { type Chart, chartText, writeChart } from './chart-folder.ts';
import { chartFreshMs } from './chart-range.ts';
import { HelmBinary } from './helm-binary.ts';
import { badYamlIn, isParseError, problemsOf } from './helm-problem.ts';
import { HelmError, runHelm } from './helm-process.ts';
import { badLine, readOutput } from './output.ts';
import { readValues, type ValuesPart, writeValues } from './values.ts';
import { schemasAreOwn } from './values-schemas.ts';

/** Charts rendered at once; others wait. */
const PROCESSES_MAX = 4;
/** Of a release, as Helm has it. */
const NAME_MAX = 53;

export interface HelmOptions {
  /** A path, or a name on PATH. */
  readonly configured?: string;
  /** Folder of the unpacked binary and of fetched charts. */
  readonly cache: string;
  readonly capabilities: Pick<ServerCapabilities, 'get'>;
  /** How charts of repositories elsewhere are reached. */
  readonly network: Network;
}

export interface ChartRequest {
  readonly tree: Tree;
  readonly folder: string;
  /** The files of the folder. */
  readonly listed: readonly TreeFile[];
  readonly source: HelmSource;
  /** Of the release, when the source names none. */
  readonly name: string;
  readonly namespace: string;
  /** The namespace of the Application: fetches are shared fairly among them. */
  readonly tenant?: string;
  readonly credentials?: () => Promise<Credentials | undefined>;
}

export interface RenderedChart {
  readonly objects: readonly SourceObject[];
  readonly problems: readonly SourceProblem[];
  readonly folders: readonly string[];
  /** How long this may stand for the same commit: the server's kinds and a range's highest version change. */
  readonly freshMs: number;
  /** Of a chart from a repository. */
  readonly chartVersion?: string;
}

/** Renders charts with the helm binary: `helm template`, hooks and CRDs included. */
export class Helm {
  readonly #binary: HelmBinary;
  readonly #charts: ChartCache;
  readonly #capabilities: Pick<ServerCapabilities, 'get'>;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ configured, cache, capabilities, network }: HelmOptions) {
    this.#binary = new HelmBinary({ ...(configured === undefined ? {} : { configured }), cache });
    this.#charts = new ChartCache(join(cache, 'charts'), network);
    this.#capabilities = capabilities;
  }

  /** Throws GitError: no helm, no such chart, over a limit. */
  async render(request: ChartRequest): Promise<RenderedChart> {
    // Not within a place: a server that doesn't answer holds up nobody else's charts.
    const fetched = await this.#fetch(request);
    await this.#enter();
    const work = await mkdtemp(join(tmpdir(), 'gantry-helm-'));
    try {
      return await this.#renderIn(work, request, fetched);
    } finally {
      this.#leave();
      await rm(work, { recursive: true, force: true });
    }
  }

  async #renderIn(work: string, request: ChartRequest, fetched: Chart | undefined): Promise<RenderedChart> {
    const { tree, folder, source } = request;
    const files = source.valuesFiles ?? [];
    const about = { folders: foldersOf(folder, files), freshMs: chartFreshMs(source) };
    const { parts, problems } = await readValues(tree, folder, files, source.values);
    problems.push(...nameProblems(source.releaseName ?? request.name));
    if (problems.length > 0) return { objects: [], problems, ...about };
    const chart = fetched ?? (await chartOf(work, request));
    if (chart === undefined)
      return {
        objects: [],
        problems: [{ file: folder === '' ? '.' : folder, reason: 'there is no Chart.yaml in this folder' }],
        ...about,
      };
    const args = await this.#arguments(work, request, chart, parts);
    try {
      const text = await runHelm(await this.#binary.find(), { args, home: join(work, 'home') });
      return { ...(await readOutput(text, chart)), ...about, ...versionOf(source, chart) };
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      return { objects: [], problems: await this.#explain(error, work, args, chart, parts), ...about };
    }
  }

  async #explain(
    error: HelmError,
    work: string,
    args: readonly string[],
    chart: Chart,
    parts: readonly ValuesPart[],
  ): Promise<SourceProblem[]> {
    const problems = problemsOf(error.message, chart, [...(await ownValues(chart)), ...parts]);
    const bad = badYamlIn(error.message);
    const [problem] = problems;
    if (problem?.line !== undefined && isParseError(error.message))
      return [await withLine(problem, problem.line, chart)];
    if (bad === undefined || problem === undefined) return problems;
    // With --debug it prints what is no YAML, from which the line in the template is found.
    const again = runHelm(await this.#binary.find(), {
      args: [...args, '--debug'],
      home: join(work, 'home'),
    });
    const found = await again.then(
      () => undefined,
      (second: unknown) => (second instanceof HelmError ? badLine(second.output, chart, bad) : undefined),
    );
    if (found === undefined) return problems;
    return [{ ...problem, line: found.line, reason: `${problem.reason}: ${JSON.stringify(found.text)}` }];
  }

  /** The chart of a repository of charts; undefined when it is the folder's own. */
  async #fetch({ source, credentials, tenant }: ChartRequest): Promise<Chart | undefined> {
    const { repositoryURL = '', chart = '', version = '' } = source;
    if (repositoryURL === '') return undefined;
    const reference = { repositoryURL, chart, version };
    return this.#charts.get(reference, await credentials?.(), chartFreshMs(source), tenant);
  }

  async #arguments(
    work: string,
    { source, name, namespace }: ChartRequest,
    chart: Chart,
    parts: readonly ValuesPart[],
  ): Promise<string[]> {
    const { version, apiVersions } = await this.#capabilities.get();
    const values = await writeValues(parts, work);
    return [
      'template',
      source.releaseName ?? name,
      chart.path,
      ...['--namespace', namespace],
      source.skipCRDs === true ? '--skip-crds' : '--include-crds',
      ...((await schemasAreOwn(chart.path)) ? [] : ['--skip-schema-validation']),
      ...['--kube-version', version],
      ...chunks(apiVersions).flatMap((some) => ['--api-versions', some.join(',')]),
      ...values.flatMap((path) => ['--values', path]),
    ];
  }

  async #enter(): Promise<void> {
    if (this.#running < PROCESSES_MAX) {
      this.#running += 1;
      return;
    }
    // Whoever leaves hands its place over.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

const LINE_SHOWN = 200;

/** A problem with what stands in the line of the template. */
async function withLine(problem: SourceProblem, line: number, chart: Chart): Promise<SourceProblem> {
  const own = problem.file.slice(chart.title === '' ? 0 : chart.title.length + 1);
  const text = await chartText(chart, `chart/${own}`);
  const shown = text.split('\n')[line - 1]?.trim().slice(0, LINE_SHOWN) ?? '';
  return shown === '' ? problem : { ...problem, reason: `${problem.reason}: ${JSON.stringify(shown)}` };
}

/** The folder's own chart; undefined when there is none. */
async function chartOf(work: string, { tree, folder, listed }: ChartRequest): Promise<Chart | undefined> {
  const path = folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`;
  if (!listed.some((file) => file.path === path && file.type === 'file')) return undefined;
  return writeChart(tree, folder, listed, join(work, 'chart'));
}

const CHUNK = 200;

/** One argument of a process has a limit of its own. */
const chunks = (list: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, index) =>
    list.slice(index * CHUNK, (index + 1) * CHUNK),
  );

function nameProblems(name: string): SourceProblem[] {
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) && name.length <= NAME_MAX) return [];
  const reason = `Invalid value: ${JSON.stringify(name)}: a release is named in lower case, with at most ${NAME_MAX} characters`;
  return [{ file: 'spec.source.helm.releaseName', reason }];
}

function foldersOf(folder: string, files: readonly string[]): string[] {
  const others = files.flatMap((file) => {
    const path = joinPath(folder, file);
    return path === undefined ? [] : [path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''];
  });
  return [...new Set([folder, ...others])];
}

async function ownValues(chart: Chart): Promise<ValuesPart[]> {
  const title = chart.title === '' ? 'values.yaml' : `${chart.title}/values.yaml`;
  try {
    const text = await readFile(join(chart.path, 'values.yaml'), 'utf8');
    return [{ title, text, document: parseYaml(text, { booleans: '1.2' })[0] }];
  } catch (error) {
    if (error instanceof YamlError || (error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}

/** Of a person's own plans: kept from one to the next. */
export const helmCache = (): string =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'gantry/helm');

/** From the title, which is NAME-VERSION. */
const versionOf = (
  { repositoryURL = '', chart: name = '' }: HelmSource,
  { title }: Chart,
): Pick<RenderedChart, 'chartVersion'> =>
  repositoryURL === '' ? {} : { chartVersion: title.slice(name.length + 1) };

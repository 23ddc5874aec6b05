import { setImmediate as nextTurn } from 'node:timers/promises';
import { GitError } from '../../git/tree.ts';
import { Accumulation } from './accumulation.ts';
import { CopyBudget } from './copy-budget.ts';
import { FILE_NAMES, KustomizationFile } from './kustomization.ts';
import { readResources } from './load-resources.ts';
import { builtInSchemas, type Schemas } from './merge-schema.ts';
import { pluginFiles, runGeneratorPlugins, runPlugins } from './plugins.ts';
import { at, KustomizeError, type Place } from './problem.ts';
import { referencedFiles } from './referenced-files.ts';
import type { Resource } from './resource.ts';
import { runTransformers } from './run-transformers.ts';
import { isRemote, Step } from './step.ts';
import { isBelow, joinPath, type TreeFiles } from './tree-files.ts';
import { bindVar } from './vars.ts';

const OBJECTS_MAX = 20_000;
const DEPTH_MAX = 64;
/** A base counts each time that something builds on it. */
const KUSTOMIZATIONS_MAX = 2_000;
const BUILD_MAX_MS = 60_000;
/** Work for this long lets others run. */
const SLICE_MS = 20;

/** Folder of this commit that an address leads to, when it is the repository's own. */
export type OwnFolder = (address: string) => string | undefined;

/** Gathers a kustomization with all that it builds on. */
export class Builder {
  readonly files: TreeFiles;
  schemas: Schemas = builtInSchemas;
  /** Whether the top kustomization wants to know where objects come from. */
  tracksOrigins = false;
  readonly #top: string;
  readonly #ownFolder: OwnFolder;
  readonly #folders = new Set<string>();
  readonly #budget = new CopyBudget();
  readonly #begun = performance.now();
  #since = performance.now();
  #kustomizations = 0;
  #objects = 0;

  constructor(files: TreeFiles, top: string, ownFolder: OwnFolder) {
    this.files = files;
    this.#top = top;
    this.#ownFolder = ownFolder;
  }

  /** Of all kustomizations that were opened. */
  get folders(): readonly string[] {
    return [...this.#folders];
  }

  /** The kustomization in a folder. Throws GitError when there is none, KustomizeError for a bad one. */
  async open(folder: string): Promise<KustomizationFile> {
    this.#folders.add(folder);
    await this.files.reach(folder);
    const found = kustomizationsIn(folder, this.files);
    const [path] = found;
    if (path === undefined)
      throw new GitError(`${folder === '' ? 'the repository' : folder} holds no kustomization.yaml`);
    if (found.length > 1)
      throw new KustomizeError(`one kustomization a folder: there are ${found.join(' and ')}`, {
        file: path,
        line: 1,
      });
    await this.files.preload([path]);
    return KustomizationFile.parse(path, this.files.content(path)?.toString('utf8') ?? '');
  }

  /** `depth`: how many kustomizations led here; `into`: what a component changes. */
  async gather(
    file: KustomizationFile,
    folder: string,
    depth: number,
    into = new Accumulation(this.#budget),
  ): Promise<Accumulation> {
    this.#kustomizations += 1;
    if (this.#kustomizations > KUSTOMIZATIONS_MAX)
      throw new KustomizeError(
        `more than ${KUSTOMIZATIONS_MAX} kustomizations, each counted as often as it is named`,
        file.placeOf(),
      );
    if (depth > DEPTH_MAX)
      throw new KustomizeError(`more than ${DEPTH_MAX} kustomizations below each other`, file.placeOf());
    if ((file.content.validators ?? []).length > 0)
      throw new KustomizeError('foreign code is not run here', file.placeOf('validators'), {
        field: 'validators',
      });
    await this.breathe();
    const step = new Step(this, file, folder);
    await this.files.preload(referencedFiles(file.content, folder));
    await this.#addResources(step, depth, into);
    await step.readConfigs(into);
    await step.runGenerators(into);
    await runGeneratorPlugins(await this.#plugins(step, 'generators', depth), step, into);
    await this.#addComponents(step, depth, into);
    await runTransformers(step, into);
    await runPlugins(await this.#plugins(step, 'transformers', depth), step, into);
    for (const [index, one] of (file.content.vars ?? []).entries()) {
      step.entry(() => bindVar(into.set, into.vars, one), 'vars', index);
      await this.breathe();
    }
    return into;
  }

  /** As origins name files. */
  fromTop(path: string): string {
    const from = this.#top.split('/').filter((part) => part !== '');
    const to = path.split('/');
    while (from.length > 0 && from[0] === to[0]) {
      from.shift();
      to.shift();
    }
    return [...from.map(() => '..'), ...to].join('/');
  }

  /** Lets others run, when it is time. Throws GitError when the whole build takes too long. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#begun > BUILD_MAX_MS)
      throw new GitError(`the kustomization takes longer than ${BUILD_MAX_MS / 1_000} s to build`);
    if (performance.now() - this.#since < SLICE_MS) return;
    await nextTurn();
    this.#since = performance.now();
  }

  async #addResources(step: Step, depth: number, into: Accumulation): Promise<void> {
    for (const [index, path] of step.file.content.resources.entries()) {
      const place = step.file.resourcePlace(index);
      const field = `resources[${index}]`;
      const target = await this.#locate(step, path, place, field);
      if (target.isFolder) {
        const base = await this.#openBelow(target.path, place, field);
        if (base.content.kind === 'Component')
          throw new KustomizeError(`${path} is a Component: list it under components`, place, { field });
        const gathered = await this.gather(base, target.path, depth + 1);
        at(place, field, () => into.merge(gathered));
        continue;
      }
      const text = at(place, field, () => step.readText(path));
      at(place, field, () => this.#budget.take(text.text.length));
      for (const resource of readResources(text.text, text.place, this.#budget)) {
        this.#objects += 1;
        if (this.#objects > OBJECTS_MAX)
          throw new KustomizeError(`more than ${OBJECTS_MAX} objects: at most so many are built`, place);
        if (this.tracksOrigins) resource.origin = { path: this.fromTop(target.path) };
        at(resource.place, 'metadata.name', () => into.set.append(resource));
      }
      await this.breathe();
    }
  }

  async #addComponents(step: Step, depth: number, into: Accumulation): Promise<void> {
    for (const [index, path] of step.file.content.components.entries()) {
      const place = step.file.placeOf('components', index);
      const field = `components[${index}]`;
      const target = await this.#locate(step, path, place, field);
      if (!target.isFolder)
        throw new KustomizeError(`Invalid value: ${JSON.stringify(path)}: a component is a folder`, place, {
          field,
        });
      const component = await this.#openBelow(target.path, place, field);
      if (component.content.kind !== 'Component')
        throw new KustomizeError(`${path} is no Component but a ${component.content.kind}`, place, { field });
      await this.gather(component, target.path, depth + 1, into);
    }
  }

  /** Configurations of generators or transformers: in files, in kustomizations, or written where they are named. */
  async #plugins(
    step: Step,
    field: 'generators' | 'transformers',
    depth: number,
  ): Promise<readonly Resource[]> {
    const found: Resource[] = [];
    for (const [index, path] of (step.file.content[field] ?? []).entries()) {
      const place = step.file.placeOf(field, index);
      const name = `${field}[${index}]`;
      if (path.includes('\n')) {
        found.push(...readResources(path, step.file.textPlace(field, index), this.#budget));
        continue;
      }
      const target = await this.#locate(step, path, place, name);
      if (target.isFolder) {
        const base = await this.#openBelow(target.path, place, name);
        found.push(...(await this.gather(base, target.path, depth + 1)).set.list);
      } else {
        const { text, place: where } = at(place, name, () => step.readText(path));
        found.push(...readResources(text, where, this.#budget));
      }
    }
    await this.files.preload(pluginFiles(found).flatMap((path) => joinPath(step.folder, path) ?? []));
    return found;
  }

  async #openBelow(folder: string, place: Place, field: string): Promise<KustomizationFile> {
    try {
      return await this.open(folder);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      throw new KustomizeError(error.message, place, { field });
    }
  }

  /** What a resource or component path leads to. Throws KustomizeError. */
  async #locate(
    step: Step,
    path: string,
    place: Place,
    field: string,
  ): Promise<{ path: string; isFolder: boolean }> {
    const fail = (reason: string): never => {
      throw new KustomizeError(`Invalid value: ${JSON.stringify(path)}: ${reason}`, place, { field });
    };
    const local = isRemote(path) ? this.#ownFolder(path) : joinPath(step.folder, path);
    if (local === undefined)
      return fail(
        isRemote(path)
          ? 'bases of other repositories are not fetched: copy it into this one'
          : 'leads out of the repository',
      );
    if (isBelow(step.folder, local)) fail('a cycle: this kustomization is in that folder');
    await this.files.reach(local);
    if (this.files.find(local) !== undefined) return { path: local, isFolder: false };
    if (!this.files.isFolder(local)) {
      // A file outside of the folder may not be read, but is told apart from what isn't there.
      await this.files.reach(local.slice(0, Math.max(0, local.lastIndexOf('/')))).catch(() => undefined);
      if (this.files.find(local) === undefined) fail('there is no such file or folder in the commit');
      return { path: local, isFolder: false };
    }
    return { path: local, isFolder: true };
  }
}

/** Paths of the kustomizations of a folder: one, if all is well. */
const kustomizationsIn = (folder: string, files: Pick<TreeFiles, 'find'>): string[] =>
  FILE_NAMES.map((name) => (folder === '' ? name : `${folder}/${name}`)).filter(
    (path) => files.find(path) !== undefined,
  );

import { isObject, type JsonObject } from '@gantry/machinery/json';
import type { Accumulation } from './accumulation.ts';
import type { Builder } from './builder.ts';
import { CONFIG_RULES } from './config-rules.ts';
import { configOfCrds } from './crds.ts';
import { DEFAULT_CONFIG } from './default-config.ts';
import { checkFields, type Rule } from './field-rules.ts';
import { generate } from './generators.ts';
import type { Kustomization, KustomizationFile } from './kustomization.ts';
import { lineIn, readYaml } from './load-resources.ts';
import { openApiSchemas } from './merge-schema.ts';
import type { PatchText } from './patches.ts';
import { at, KustomizeError, type Place, StepError } from './problem.ts';
import { type ConfigFields, mergeConfigs, readConfig, type TransformConfig } from './transform-config.ts';
import { isBelow, joinPath } from './tree-files.ts';

/** One kustomization being built. Its files are at hand. */
export class Step {
  readonly builder: Builder;
  readonly file: KustomizationFile;
  readonly folder: string;

  constructor(builder: Builder, file: KustomizationFile, folder: string) {
    this.builder = builder;
    this.file = file;
    this.folder = folder;
  }

  /** A file that this kustomization names. Throws StepError. */
  read(path: string): { file: string; content: Buffer } {
    const fail = (reason: string): never => {
      throw new StepError(`Invalid value: ${JSON.stringify(path)}: ${reason}`);
    };
    if (isRemote(path)) fail('files of other servers are not fetched');
    const file = joinPath(this.folder, path);
    if (file === undefined) return fail('leads out of the repository');
    if (!isBelow(file, this.folder))
      fail(
        `the file is not in or below ${this.folder || 'the repository'}: a kustomization reads its own folder`,
      );
    const { files } = this.builder;
    const found = files.find(file);
    if (found === undefined) return fail('there is no such file in the commit');
    if (found.type !== 'file')
      fail(`a ${found.type === 'symlink' ? 'symbolic link' : 'submodule'} is not followed`);
    return { file, content: files.content(file) ?? Buffer.alloc(0) };
  }

  readText(path: string): PatchText {
    const { file, content } = this.read(path);
    return { text: content.toString('utf8'), place: { file } };
  }

  /** `configurations`, `crds` and `openapi`. */
  async readConfigs(into: Accumulation): Promise<void> {
    const { configurations = [], crds = [], openapi } = this.file.content;
    let config: TransformConfig = DEFAULT_CONFIG;
    const join = (field: string, index: number, read: () => TransformConfig): void => {
      at(this.file.placeOf(field, index), `${field}[${index}]`, () => {
        config = mergeConfigs(config, read());
      });
    };
    for (const [index, path] of configurations.entries()) {
      join('configurations', index, () => readConfig(this.#readMap(path, CONFIG_RULES) as ConfigFields));
      await this.builder.breathe();
    }
    for (const [index, path] of crds.entries()) {
      join('crds', index, () => configOfCrds(this.#readMap(path)));
      await this.builder.breathe();
    }
    at(this.file.placeOf('configurations'), 'configurations', () => {
      into.config = mergeConfigs(into.config, config);
    });
    at(this.file.placeOf('openapi', 'version'), 'openapi.version', () => checkOpenApi(openapi));
    const schema = openapi?.path;
    if (schema === undefined) return;
    at(this.file.placeOf('openapi', 'path'), 'openapi.path', () => {
      this.builder.schemas = openApiSchemas(this.#readMap(schema));
    });
  }

  #readMap(path: string, rules?: Readonly<Record<string, Rule>>): JsonObject {
    const { text, place } = this.readText(path);
    const [document] = readYaml(text, place);
    if (isObject(document?.value)) {
      if (rules !== undefined)
        checkFields(document.value, rules, (at) => lineIn(place, document.positionOf(at).line));
      return document.value;
    }
    throw new KustomizeError(`${path} is no mapping`, { file: place.file, line: 1 });
  }

  async runGenerators(into: Accumulation): Promise<void> {
    for (const kind of ['ConfigMap', 'Secret'] as const) {
      const field = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
      for (const [index, args] of (this.file.content[field] ?? []).entries()) {
        const place = this.file.placeOf(field, index);
        at(place, `${field}[${index}]`, () => {
          const read = (path: string): Buffer => this.read(path).content;
          const resource = generate(
            kind,
            args,
            this.file.content.generatorOptions,
            read,
            place,
            into.set.budget,
          );
          resource.origin = this.originOf(`${kind}Generator`);
          into.set.absorb(resource);
        });
        await this.builder.breathe();
      }
    }
  }

  /** Of what this kustomization itself makes, when origins are wanted. */
  originOf(configuredBy: string): { configuredIn: string; configuredBy: string } | undefined {
    return this.builder.tracksOrigins
      ? { configuredIn: this.builder.fromTop(this.file.file), configuredBy }
      : undefined;
  }

  /** Marks what a transformer did. */
  transformed(by: string, into: Accumulation): void {
    const origin = this.originOf(by);
    if (origin === undefined) return;
    into.set.budget.takeChanges(into.set.list.length);
    for (const resource of into.set.list) {
      if (resource.origin === undefined) resource.origin = origin;
      else resource.transformations.push(origin);
    }
  }

  /** Of an image's tag, digest or name, whichever is written first. */
  imagePlace(index: number): Place {
    return this.file.placeOf('images', index);
  }

  /** Runs the work of one entry of a field. */
  entry<T>(work: () => T, ...path: [string, ...(string | number)[]]): T {
    const place: Place = this.file.placeOf(...path);
    const field = path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join('');
    return at(place, field, work);
  }
}

/** The one that Kustomize has built in. */
const OPENAPI_VERSION = 'v1.21.2';

function checkOpenApi({ version = '', path = '' }: Kustomization['openapi'] = {}): void {
  if (version === '') return;
  if (path !== '') throw new StepError('builtin version and custom schema provided, cannot use both');
  if (version !== OPENAPI_VERSION)
    throw new StepError(
      `Invalid value: ${JSON.stringify(version)}: the specified OpenAPI version is not built in: ${OPENAPI_VERSION} is`,
    );
}

export const isRemote = (path: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(path) ||
  /^(git@|github\.com[/:]|git::)/.test(path) ||
  path.includes('?ref=');

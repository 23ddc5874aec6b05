import { isObject, type JsonObject } from '@gantry/machinery/json';
import type { Accumulation } from './accumulation.ts';
import { checkFields, type Rule } from './field-rules.ts';
import { fieldSpec } from './field-spec.ts';
import { generate } from './generators.ts';
import { setImages } from './images.ts';
import type { FieldSpecFields, Generator, Image, Patch, Replacement } from './kustomization.ts';
import { applyJson6902, applyMergePatches, applyPatch, type PatchText } from './patches.ts';
import { GENERATOR_RULES, PLUGIN_RULES } from './plugin-rules.ts';
import { at, KustomizeError, StepError } from './problem.ts';
import { replace } from './replacements.ts';
import type { Resource } from './resource.ts';
import type { Step } from './step.ts';
import { addTexts, affixNames, type SubjectMode, setNamespaces, setReplicas } from './transformers.ts';

/** The built-in generators and transformers, each with a configuration of its own, that `generators` and `transformers` name. */
interface Config {
  readonly [field: string]: unknown;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly fieldSpecs?: readonly FieldSpecFields[];
}

type Run = (config: Config, plugin: Resource, step: Step, into: Accumulation) => void;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const specsOf = ({ fieldSpecs = [] }: Config) => fieldSpecs.map(fieldSpec);
const textsOf = (value: unknown): Readonly<Record<string, string>> => (value ?? {}) as Record<string, string>;

function patchText(step: Step, plugin: Resource, path: string, inline: string): PatchText {
  if (path !== '') return step.readText(path);
  // Lines within the configuration's own text are not known: they count from where it begins.
  return { text: inline, place: { file: plugin.place.file, firstLine: plugin.place.line } };
}

const affix =
  (end: 'prefix' | 'suffix'): Run =>
  (config, plugin, _step, { set }) => {
    if (config.fieldSpecs === undefined) throw new StepError('fieldSpecs is not expected to be nil');
    affixNames(set, text(config[end]), end, specsOf(config), plugin.place);
  };

const RUNS: Readonly<Record<string, Run>> = {
  PrefixTransformer: affix('prefix'),
  SuffixTransformer: affix('suffix'),
  NamespaceTransformer: (config, plugin, _step, { set }) => {
    const namespace = config.metadata?.namespace ?? '';
    if (namespace === '') return;
    const mode = text(config.setRoleBindingSubjects) || 'defaultOnly';
    if (!['defaultOnly', 'allServiceAccounts', 'none'].includes(mode))
      throw new StepError(
        `Invalid value: ${JSON.stringify(mode)}: setRoleBindingSubjects must be defaultOnly, allServiceAccounts or none`,
      );
    const options = { specs: specsOf(config), unsetOnly: config.unsetOnly === true };
    setNamespaces(set, { ...options, namespace, subjects: mode as SubjectMode }, plugin.place);
  },
  LabelTransformer: (config, plugin, _step, { set }) =>
    addTexts(set, textsOf(config.labels), specsOf(config), () => plugin.place),
  AnnotationsTransformer: (config, plugin, _step, { set }) =>
    addTexts(set, textsOf(config.annotations), specsOf(config), () => plugin.place),
  ImageTagTransformer: (config, plugin, _step, { set }) =>
    setImages(set, (config.imageTag ?? {}) as Image, specsOf(config), plugin.place),
  ReplicaCountTransformer: (config, plugin, _step, { set }) => {
    const { name = '', count = 0 } = (config.replica ?? {}) as { name?: string; count?: number };
    setReplicas(set, name, count, specsOf(config), plugin.place);
  },
  PatchTransformer: (config, plugin, step, { set }) => {
    const patch = config as Patch;
    const source = patchText(step, plugin, text(patch.path), text(patch.patch));
    applyPatch(set, patch, source, step.builder.schemas);
  },
  PatchStrategicMergeTransformer: (config, plugin, step, { set }) => {
    const paths = (config.paths ?? []) as readonly string[];
    for (const path of paths) applyMergePatches(set, step.readText(path), step.builder.schemas);
    if (text(config.patches) !== '')
      applyMergePatches(set, patchText(step, plugin, '', text(config.patches)), step.builder.schemas);
  },
  PatchJson6902Transformer: (config, plugin, step, { set }) => {
    const { target } = config as Patch;
    applyJson6902(set, target, patchText(step, plugin, text(config.path), text(config.jsonOp)));
  },
  ReplacementTransformer: (config, plugin, _step, { set }) => {
    for (const replacement of (config.replacements ?? []) as readonly Replacement[])
      replace(set, replacement, plugin.place);
  },
};

/** Runs what `transformers` names. Throws KustomizeError for what is not built in: foreign code is not run. */
export async function runPlugins(
  plugins: readonly Resource[],
  step: Step,
  into: Accumulation,
): Promise<void> {
  for (const plugin of plugins) {
    const run = RUNS[plugin.kind];
    const config = configOf(plugin, PLUGIN_RULES, run !== undefined);
    at(plugin.place, '', () => run?.(config, plugin, step, into));
    into.set.dropEmpty();
    await step.builder.breathe();
  }
}

/** Makes what `generators` names. Throws KustomizeError likewise. */
export async function runGeneratorPlugins(
  plugins: readonly Resource[],
  step: Step,
  into: Accumulation,
): Promise<void> {
  for (const plugin of plugins) {
    const kind = plugin.kind === 'ConfigMapGenerator' ? 'ConfigMap' : 'Secret';
    const config = configOf(plugin, GENERATOR_RULES, plugin.kind === `${kind}Generator`);
    const { metadata } = config;
    at(plugin.place, '', () => {
      const args: Generator = { ...metadata, ...(config as Generator) };
      into.set.absorb(
        generate(kind, args, undefined, (path) => step.read(path).content, plugin.place, into.set.budget),
      );
    });
    await step.builder.breathe();
  }
}

function configOf(
  plugin: Resource,
  rules: Readonly<Record<string, Readonly<Record<string, Rule>>>>,
  isKnown: boolean,
): Config {
  const known = rules[plugin.kind];
  if (plugin.apiVersion !== 'builtin' || !isKnown || known === undefined)
    throw new KustomizeError(
      `${plugin.apiVersion} ${plugin.kind} is no built-in plugin: foreign code is not run here`,
      plugin.place,
      { field: 'kind', object: plugin.title },
    );
  checkFields(plugin.object, known, () => plugin.place);
  return plugin.object as Config;
}

/** Files that the configurations name. */
export function pluginFiles(plugins: readonly Resource[]): string[] {
  const named = (object: JsonObject): unknown[] => [
    object.path,
    ...[object.paths, object.files, object.envs].flatMap((list) => (Array.isArray(list) ? list : [])),
    object.env,
  ];
  return plugins
    .flatMap(({ object }) => (isObject(object) ? named(object) : []))
    .flatMap((path) => (typeof path === 'string' ? [path.split('=').at(-1) ?? path] : []));
}

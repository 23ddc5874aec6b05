import type { Accumulation } from './accumulation.ts';
import { checkFields } from './field-rules.ts';
import { setImages } from './images.ts';
import type { Patch, Replacement } from './kustomization.ts';
import { REPLACEMENTS } from './kustomization.ts';
import { readYaml } from './load-resources.ts';
import { applyJson6902, applyMergePatches, applyPatch, type PatchText } from './patches.ts';
import { StepError } from './problem.ts';
import { replace } from './replacements.ts';
import type { Step } from './step.ts';
import { addTexts, affixNames, labelSpecs, setNamespaces, setReplicas } from './transformers.ts';

/** Changes what was gathered, in the order in which Kustomize does it. */
export async function runTransformers(step: Step, into: Accumulation): Promise<void> {
  await patchAll(step, into);
  await step.builder.breathe();
  nameAll(step, into);
  await step.builder.breathe();
  await labelAll(step, into);
  await step.builder.breathe();
  const { patchesJson6902 = [], replicas = [], images, replacements = [] } = step.file.content;
  for (const [index, patch] of patchesJson6902.entries()) {
    step.entry(
      () => applyJson6902(into.set, patch.target, patchText(step, patch, 'patchesJson6902', index)),
      'patchesJson6902',
      index,
    );
    step.transformed('PatchJson6902Transformer', into);
    await step.builder.breathe();
  }
  for (const [index, { name = '', count = 0 }] of replicas.entries()) {
    const place = step.file.placeOf('replicas', index, 'count');
    step.entry(() => setReplicas(into.set, name, count, into.config.replicas, place), 'replicas', index);
    step.transformed('ReplicaCountTransformer', into);
    await step.builder.breathe();
  }
  for (const [index, image] of images.entries()) {
    step.entry(() => setImages(into.set, image, into.config.images, step.imagePlace(index)), 'images', index);
    step.transformed('ImageTagTransformer', into);
    await step.builder.breathe();
  }
  await replaceAll(step, into, replacements);
  await step.builder.breathe();
}

async function patchAll(step: Step, into: Accumulation): Promise<void> {
  const { patchesStrategicMerge = [], patches = [] } = step.file.content;
  const { schemas } = step.builder;
  for (const [index, patch] of patchesStrategicMerge.entries()) {
    step.entry(
      () => applyMergePatches(into.set, mergePatchText(step, patch, index), schemas),
      'patchesStrategicMerge',
      index,
    );
    await step.builder.breathe();
  }
  if (patchesStrategicMerge.length > 0) step.transformed('PatchStrategicMergeTransformer', into);
  for (const [index, patch] of patches.entries()) {
    step.entry(
      () => applyPatch(into.set, patch, patchText(step, patch, 'patches', index), schemas),
      'patches',
      index,
    );
    step.transformed('PatchTransformer', into);
    await step.builder.breathe();
  }
}

/** A path, or the patch itself. */
function mergePatchText(step: Step, patch: string, index: number): PatchText {
  if (/[\n{]|: /.test(patch))
    return { text: patch, place: step.file.textPlace('patchesStrategicMerge', index) };
  return step.readText(patch);
}

function patchText(step: Step, { path = '', patch = '' }: Patch, field: string, index: number): PatchText {
  const text = patch.trim();
  if (text === '' && path === '') throw new StepError('must specify one of patch and path');
  if (text !== '' && path !== '') throw new StepError("patch and path can't be set at the same time");
  return path === ''
    ? { text: patch, place: step.file.textPlace(field, index, 'patch') }
    : step.readText(path);
}

function nameAll(step: Step, into: Accumulation): void {
  const { namespace = '', namePrefix = '', nameSuffix = '' } = step.file.content;
  const { config, set } = into;
  if (namespace !== '') {
    step.entry(
      () => setNamespaces(set, { namespace, specs: config.namespace }, step.file.placeOf('namespace')),
      'namespace',
    );
    step.transformed('NamespaceTransformer', into);
  }
  if (namePrefix !== '') {
    const place = step.file.placeOf('namePrefix');
    step.entry(() => affixNames(set, namePrefix, 'prefix', config.namePrefix, place), 'namePrefix');
    step.transformed('PrefixTransformer', into);
  }
  if (nameSuffix !== '') {
    const place = step.file.placeOf('nameSuffix');
    step.entry(() => affixNames(set, nameSuffix, 'suffix', config.nameSuffix, place), 'nameSuffix');
    step.transformed('SuffixTransformer', into);
  }
}

async function labelAll(step: Step, into: Accumulation): Promise<void> {
  const { labels = [], commonLabels = {}, commonAnnotations = {} } = step.file.content;
  const { config, set } = into;
  for (const [index, label] of labels.entries()) {
    const placeOf = (key: string) => step.file.placeOf('labels', index, 'pairs', key);
    step.entry(() => addTexts(set, label.pairs ?? {}, labelSpecs(label, config), placeOf), 'labels', index);
    step.transformed('LabelTransformer', into);
    await step.builder.breathe();
  }
  if (labels.length > 0 || Object.keys(commonLabels).length > 0) {
    const placeOf = (key: string) => step.file.placeOf('commonLabels', key);
    step.entry(() => addTexts(set, commonLabels, config.commonLabels, placeOf), 'commonLabels');
    step.transformed('LabelTransformer', into);
  }
  if (Object.keys(commonAnnotations).length === 0) return;
  const placeOf = (key: string) => step.file.placeOf('commonAnnotations', key);
  step.entry(() => addTexts(set, commonAnnotations, config.commonAnnotations, placeOf), 'commonAnnotations');
  step.transformed('AnnotationsTransformer', into);
}

async function replaceAll(
  step: Step,
  into: Accumulation,
  replacements: readonly Replacement[],
): Promise<void> {
  for (const [index, replacement] of replacements.entries()) {
    const found = step.entry(() => replacementsOf(step, replacement), 'replacements', index);
    const place = step.file.placeOf('replacements', index);
    for (const one of found) {
      step.entry(() => replace(into.set, one, place), 'replacements', index);
      await step.builder.breathe();
    }
  }
  if (replacements.length > 0) step.transformed('ReplacementTransformer', into);
}

/** Those of a file, which holds one or a list of them. */
function replacementsOf(step: Step, replacement: Replacement): readonly Replacement[] {
  const { path = '' } = replacement;
  if (path === '') return [replacement];
  if (replacement.source !== undefined || (replacement.targets ?? []).length > 0)
    throw new StepError('cannot specify both path and inline replacement');
  const { text, place } = step.readText(path);
  return readYaml(text, place).flatMap((document) => {
    const list = Array.isArray(document.value) ? document.value : [document.value];
    const isList = Array.isArray(document.value);
    checkFields({ replacements: list }, { replacements: REPLACEMENTS }, (at) => ({
      file: place.file,
      line: document.positionOf(isList ? at.slice(1) : at.slice(2)).line,
    }));
    return list as Replacement[];
  });
}

import { fileSource } from './generators.ts';
import type { Generator, Kustomization } from './kustomization.ts';
import { StepError } from './problem.ts';
import { joinPath } from './tree-files.ts';

/** The files that a kustomization may read, as paths in the repository; what is no file is no harm. */
export function referencedFiles(content: Kustomization, folder: string): string[] {
  const paths = [
    ...content.resources,
    ...(content.patchesStrategicMerge ?? []),
    ...(content.configurations ?? []),
    ...(content.crds ?? []),
    ...(content.transformers ?? []),
    ...(content.generators ?? []),
    ...[
      ...(content.patches ?? []),
      ...(content.patchesJson6902 ?? []),
      ...(content.replacements ?? []),
    ].flatMap(({ path }) => (path === undefined ? [] : [path])),
    ...(content.openapi?.path === undefined ? [] : [content.openapi.path]),
    ...[...(content.configMapGenerator ?? []), ...(content.secretGenerator ?? [])].flatMap(sourcesOf),
  ];
  return paths.flatMap((path) => joinPath(folder, path) ?? []);
}

function sourcesOf(generator: Generator): string[] {
  const files = (generator.files ?? []).flatMap((source) => {
    try {
      return [fileSource(source).path];
    } catch (error) {
      if (error instanceof StepError) return [];
      throw error;
    }
  });
  return [...files, ...(generator.envs ?? []), ...(generator.env === undefined ? [] : [generator.env])];
}

import type { AnyObject } from '@gantry/machinery/object';
import type { Tree } from '../../git/tree.ts';
import type { SourceObject, SourceProblem } from '../source-object.ts';
import { writeBuildMetadata } from './build-metadata.ts';
import { Builder, type OwnFolder } from './builder.ts';
import { contentHash } from './generators.ts';
import { fixNameReferences } from './name-reference-fixes.ts';
import { sortResources } from './order.ts';
import { at, KustomizeError, StepError } from './problem.ts';
import type { Resource } from './resource.ts';
import { TreeFiles } from './tree-files.ts';
import { resolveVars } from './vars.ts';
import { placeOf } from './written-by.ts';

const LOCAL_CONFIG = 'config.kubernetes.io/local-config';

export interface Built {
  readonly objects: readonly SourceObject[];
  readonly problems: readonly SourceProblem[];
  /** Folders of all kustomizations that it was built from. */
  readonly folders: readonly string[];
}

/**
 * Builds the kustomization of a folder: the same objects in the same order as `kubectl kustomize`. What is wrong with it
 * comes back as a problem that names file, line and value. Throws GitError over a limit.
 */
export async function kustomize(tree: Tree, folder: string, ownFolder: OwnFolder): Promise<Built> {
  try {
    const { list, folders } = await build(tree, folder, ownFolder);
    return { objects: list.map(sourceOf), problems: [], folders };
  } catch (error) {
    if (!(error instanceof KustomizeError)) throw error;
    const { place, field, object, message } = error;
    const problem: SourceProblem = {
      file: place.file,
      line: place.line,
      ...(object === undefined ? {} : { object }),
      ...(field === undefined ? {} : { field }),
      reason: message,
    };
    return { objects: [], problems: [problem], folders: [folder] };
  }
}

async function build(
  tree: Tree,
  folder: string,
  ownFolder: OwnFolder,
): Promise<{ list: readonly Resource[]; folders: readonly string[] }> {
  const builder = new Builder(new TreeFiles(tree), folder, ownFolder);
  const file = await builder.open(folder);
  builder.tracksOrigins = (file.content.buildMetadata ?? []).length > 0;
  const { set, config, vars } = await builder.gather(file, folder, 0);
  for (const resource of set.list) {
    if (!resource.needsHash) continue;
    const hash = contentHash(resource.object);
    resource.remember();
    resource.setName(`${resource.name}-${hash}`);
  }
  set.renamed();
  await builder.breathe();
  try {
    await fixNameReferences(set, config.nameReference, () => builder.breathe());
  } catch (error) {
    if (error instanceof StepError) throw new KustomizeError(error.message, file.placeOf());
    throw error;
  }
  await builder.breathe();
  at(file.placeOf('vars'), 'vars', () => resolveVars(set, vars, config.varReference));
  set.replaceAll(set.list.filter(isForTheCluster));
  at(file.placeOf('sortOptions'), 'sortOptions', () => sortResources(set, file.content.sortOptions));
  writeBuildMetadata(set, file.content.buildMetadata, file);
  return { list: set.list, folders: builder.folders };
}

function isForTheCluster(resource: Resource): boolean {
  const mark = resource.texts('annotations')[LOCAL_CONFIG];
  return mark === undefined || mark === 'false';
}

function sourceOf(resource: Resource): SourceObject {
  const { object, place, layers } = resource;
  return {
    object: object as unknown as AnyObject,
    file: place.file,
    line: place.line,
    positionOf: (path) => {
      const found = placeOf(layers, object, path, place);
      return { line: found.line, column: 1, file: found.file };
    },
  };
}

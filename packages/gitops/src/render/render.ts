import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import type { Tree } from '../git/tree.ts';
import { parseManifest } from './documents.ts';
import { readManifestFiles } from './files.ts';
import type { KindFinder } from './kinds.ts';
import { nameOf, type SourceObject, type SourceProblem } from './source-object.ts';

/** Parsing for this long lets others run. */
const SLICE_MS = 20;

export interface Rendered {
  readonly commit: string;
  readonly objects: readonly SourceObject[];
  readonly problems: readonly SourceProblem[];
}

/** `group/Kind/namespace/name`: what makes two manifests the same object, whatever their version. */
export function identityOf(object: AnyObject): string {
  return `${parseGroupVersion(object.apiVersion).group}/${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/**
 * Reads the manifests of a commit's folder. Objects that name no namespace get `namespace` when their kind has one.
 * What is wrong comes back as problems, all of them, not the first.
 */
export async function render(
  tree: Tree,
  folder: string,
  namespace: string,
  kinds: KindFinder,
): Promise<Rendered> {
  const problems: SourceProblem[] = [];
  const parsed: SourceObject[] = [];
  let since = performance.now();
  for (const file of await readManifestFiles(tree, folder)) {
    if (performance.now() - since > SLICE_MS) {
      await nextTurn();
      since = performance.now();
    }
    const result = parseManifest(file);
    parsed.push(...result.objects);
    problems.push(...result.problems);
  }
  const objects: SourceObject[] = [];
  for (const source of parsed) {
    const problem = await place(source, namespace, kinds);
    if (problem === undefined) objects.push(source);
    else problems.push(problem);
  }
  problems.push(...duplicates(objects));
  return { commit: tree.commit, objects, problems };
}

/** Fills or clears the namespace; a problem when the server has no such kind. */
async function place(
  source: SourceObject,
  namespace: string,
  kinds: KindFinder,
): Promise<SourceProblem | undefined> {
  const { object } = source;
  const served = await kinds.find(object.apiVersion, object.kind);
  const at = (path: readonly string[], reason: string): SourceProblem => ({
    file: source.file,
    line: source.positionOf(path).line,
    object: nameOf(object),
    field: path.join('.'),
    reason,
  });
  if (served === undefined) {
    return at(
      ['kind'],
      `no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(object.apiVersion)}`,
    );
  }
  if (!served.verbs.includes('patch'))
    return at(['kind'], "objects of this kind are not kept: it can't be applied");
  if (!served.namespaced) {
    if (object.metadata.namespace === undefined) return undefined;
    return at(['metadata', 'namespace'], `${object.kind} is not namespaced: remove metadata.namespace`);
  }
  object.metadata.namespace ??= namespace;
  return undefined;
}

function duplicates(objects: readonly SourceObject[]): SourceProblem[] {
  const first = new Map<string, SourceObject>();
  const problems: SourceProblem[] = [];
  for (const source of objects) {
    const identity = identityOf(source.object);
    const earlier = first.get(identity);
    if (earlier === undefined) first.set(identity, source);
    else {
      problems.push({
        file: source.file,
        line: source.line,
        object: nameOf(source.object),
        field: 'metadata.name',
        reason: `duplicate object: it stands at ${earlier.file}:${earlier.line} already`,
      });
    }
  }
  return problems;
}

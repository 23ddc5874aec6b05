import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tree, TreeFile } from '../git/tree.ts';
import { type ParsedManifest, parseManifest } from './documents.ts';
import { readManifestFiles } from './files.ts';
import type { SourceObject, SourceProblem } from './source-object.ts';

/** Parsing for this long lets others run. */
const SLICE_MS = 20;

/** Every manifest of a folder as it is. Throws GitError over a limit. */
export async function renderPlain(tree: Tree, listed: readonly TreeFile[]): Promise<ParsedManifest> {
  const objects: SourceObject[] = [];
  const problems: SourceProblem[] = [];
  let since = performance.now();
  for (const file of await readManifestFiles(tree, listed)) {
    if (performance.now() - since > SLICE_MS) {
      await nextTurn();
      since = performance.now();
    }
    const result = parseManifest(file);
    objects.push(...result.objects);
    problems.push(...result.problems);
  }
  return { objects, problems };
}

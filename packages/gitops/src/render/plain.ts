import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tree, TreeFile } from '../git/tree.ts';
import { type ParsedManifest, parseManifest } from './documents.ts';
import { linkProblems, readManifestFiles } from './files.ts';
import { FILE_NAMES } from './kustomize/kustomization.ts';
import type { SourceObject, SourceProblem } from './source-object.ts';

/** Parsing for this long lets others run. */
const SLICE_MS = 20;

/** What is rendered itself, and no manifest. */
const SOURCES = [...FILE_NAMES, 'Chart.yaml'];

const reasonFor = (path: string): string =>
  `a ${path.endsWith('Chart.yaml') ? 'chart' : 'kustomization'} below a folder of manifests: set spec.source.path to its own folder`;

/** Every manifest of a folder as it is. Throws GitError over a limit. */
export async function renderPlain(tree: Tree, listed: readonly TreeFile[]): Promise<ParsedManifest> {
  const objects: SourceObject[] = [];
  const problems: SourceProblem[] = [];
  const sources = listed.filter((file) => SOURCES.includes(file.path.split('/').at(-1) ?? ''));
  if (sources.length > 0)
    return { objects, problems: sources.map(({ path }) => ({ file: path, reason: reasonFor(path) })) };
  problems.push(...linkProblems(listed));
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

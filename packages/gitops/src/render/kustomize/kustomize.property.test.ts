import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GitError } from '../../git/tree.ts';
import { goldenCases } from '../../testing/kustomize-cases.ts';
import { memoryKinds, memoryTree } from '../../testing/memory-tree.ts';
import { render } from '../render.ts';

/** Texts of the fixtures, to be spoilt. */
const CASES = goldenCases().map(({ root, folder }) => ({
  folder: folder === '' ? '.' : folder,
  files: readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(root, path), readFileSync(path, 'utf8')] as const),
}));

const WORDS = [
  'null',
  '[]',
  '{}',
  '3',
  'true',
  '""',
  '- x',
  '&a',
  '*a',
  '$patch: delete',
  '..',
  '"(',
  '[a',
  '!!x',
];

const spoilt = fc.record({
  index: fc.nat(),
  file: fc.nat(),
  line: fc.nat(),
  how: fc.oneof(
    fc.constant('drop' as const),
    fc.constant('twice' as const),
    fc.record({ value: fc.constantFrom(...WORDS) }),
  ),
});

function spoil(text: string, line: number, how: 'drop' | 'twice' | { value: string }): string {
  const lines = text.split('\n');
  const at = line % lines.length;
  const own = lines[at] ?? '';
  if (how === 'drop') lines.splice(at, 1);
  else if (how === 'twice') lines.splice(at, 0, own);
  else lines[at] = own.includes(':') ? `${own.slice(0, own.indexOf(':'))}: ${how.value}` : how.value;
  return lines.join('\n');
}

test('whatever is wrong with a kustomization is a problem with a place, and nothing else is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(spoilt, { minLength: 1, maxLength: 3 }), async (changes) => {
      const golden = CASES[(changes[0]?.index ?? 0) % CASES.length];
      if (golden === undefined) return;
      const files = Object.fromEntries(golden.files);
      for (const { file, line, how } of changes) {
        const [path, text] = golden.files[file % golden.files.length] ?? ['', ''];
        files[path] = spoil(files[path] ?? text, line, how);
      }
      try {
        const { objects, problems } = await render(memoryTree(files), golden.folder, 'shop', memoryKinds());
        for (const problem of problems) expect(problem.reason).not.toBe('');
        for (const source of objects) {
          const { file = source.file, line } = source.positionOf(['metadata', 'name']);
          expect(files).toHaveProperty([file]);
          expect(line).toBeGreaterThan(0);
        }
      } catch (error) {
        if (!(error instanceof GitError)) throw error;
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 300) },
  );
});

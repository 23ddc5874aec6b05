import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderTree } from '../../testing/folder-tree.ts';
import { goldenCases, objectsIn } from '../../testing/kustomize-cases.ts';
import { memoryTree } from '../../testing/memory-tree.ts';
import { ownFolder } from '../own-address.ts';
import { formatProblem, placeOfField } from '../source-object.ts';
import { kustomize } from './kustomize.ts';

const build = (files: Record<string, string>, folder = '', url?: string) =>
  kustomize(memoryTree(files), folder, ownFolder(url));
const problem = async (files: Record<string, string>, folder = '') => {
  const { problems } = await build(files, folder);
  return problems.map(formatProblem);
};

test.each(goldenCases())('$name: as kubectl kustomize built it', async ({ root, folder, outputFile }) => {
  const { objects, problems } = await kustomize(folderTree(root), folder, () => undefined);
  expect(problems).toEqual([]);
  expect(objects.map(({ object }) => object)).toEqual(objectsIn(readFileSync(outputFile, 'utf8')));
});

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: web
          image: nginx:1
          args: [a]
        - name: side
          image: side
`;

describe('where a field is written', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': WEB,
    'kustomization.yaml': `resources: [base]
namespace: shop
namePrefix: a-
labels:
  - pairs:
      team: x
images:
  - name: side
    newTag: "2"
replicas:
  - name: web
    count: 3
patches:
  - path: patch.yaml
  - target: {kind: Deployment}
    patch: |-
      - op: add
        path: /spec/template/spec/containers/1/args/-
        value: b
`,
    'patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: side
          env: [{name: A, value: b}]
`,
  };

  test.each([
    [['spec', 'template', 'spec', 'containers', 1, 'image'], 'base/web.yaml:11'],
    [['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'], 'patch.yaml:10'],
    [['spec', 'template', 'spec', 'containers', 1, 'args', 1], 'kustomization.yaml:19'],
    [['spec', 'template', 'spec', 'containers', 0, 'image'], 'kustomization.yaml:8'],
    [['metadata', 'namespace'], 'kustomization.yaml:2'],
    [['metadata', 'name'], 'kustomization.yaml:3'],
    [['metadata', 'labels', 'team'], 'kustomization.yaml:6'],
    [['spec', 'replicas'], 'kustomization.yaml:12'],
    [['spec', 'template', 'spec', 'nodeName'], 'patch.yaml:7'],
    [['kind'], 'patch.yaml:2'],
  ] as const)('%j is written at %s', async (path, place) => {
    const { objects, problems } = await build(files);
    expect(problems).toEqual([]);
    const [web] = objects;
    if (web === undefined) throw new Error('no object');
    const { file, line } = placeOfField(web, path);
    expect(`${file}:${line}`).toBe(place);
    expect(web.file).toBe('base/web.yaml');
  });
});

describe('what is wrong is named with file, line and value', () => {
  test('in a kustomization', async () => {
    expect(await problem({ 'kustomization.yaml': 'resources:\n  - a.yaml\n' })).toEqual([
      'kustomization.yaml:2: resources[0]: Invalid value: "a.yaml": there is no such file or folder in the commit',
    ]);
    expect(await problem({ 'kustomization.yaml': 'namespace: x\nnamespaces: y\n' })).toEqual([
      'kustomization.yaml:2: namespaces: unknown field "namespaces"',
    ]);
    expect(await problem({ 'kustomization.yaml': 'commonLabels:\n  a: 1\n' })).toEqual([
      'kustomization.yaml:2: commonLabels.a: Invalid value: 1: must be a string: put it in quotes',
    ]);
    expect(await problem({ 'kustomization.yaml': 'resources: [a\n' })).toEqual([
      expect.stringMatching(/^kustomization\.yaml:\d: not YAML: /),
    ]);
    expect(
      await problem({ 'kustomization.yaml': 'resources: [https://example.com/other//base?ref=v1]\n' }),
    ).toEqual([
      'kustomization.yaml:1: resources[0]: Invalid value: "https://example.com/other//base?ref=v1": bases of other repositories are not fetched: copy it into this one',
    ]);
  });

  test('in a patch', async () => {
    const patch = (text: string) => ({
      'kustomization.yaml': `resources: [web.yaml]\npatches:\n  - path: patch.yaml\n    target: {kind: Deployment}\n`,
      'web.yaml': WEB,
      'patch.yaml': text,
    });
    expect(
      await problem(patch('- op: add\n  path: /spec/x\n  value: 1\n- op: remove\n  path: /spec/none\n')),
    ).toEqual([
      "patch.yaml:4: Deployment/web: remove /spec/none: error in remove for path: '/spec/none': Unable to remove nonexistent key: none: missing value",
    ]);
    expect(
      await problem(patch('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: 3\n')),
    ).toEqual([
      'patch.yaml:4: Deployment/web: spec: the patch has a single value (3) where the object has a mapping',
    ]);
    expect(await problem(patch('metadata: {name: x}\n'))).toEqual([
      'patch.yaml:1: kind: Required value: not a Kubernetes object without it',
    ]);
  });

  test('a symbolic link is not followed', async () => {
    expect(
      await problem({
        'kustomization.yaml': 'configMapGenerator:\n  - name: a\n    files: [x.link.yaml]\n',
        'x.link.yaml': '/etc/passwd',
      }),
    ).toEqual([
      'kustomization.yaml:2: configMapGenerator[0]: Invalid value: "x.link.yaml": a symbolic link is not followed',
    ]);
  });
});

test('a base at an address of the repository itself is a folder of the commit', async () => {
  const files = {
    'app/kustomization.yaml': 'resources: ["https://git.example.com/team/app.git//base"]\n',
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': WEB,
  };
  const { objects, folders } = await build(files, 'app', 'https://user@git.example.com/team/app');
  expect(objects).toHaveLength(1);
  expect(folders).toEqual(['app', 'base']);
});

test('a YAML bomb is refused', async () => {
  const bomb = [`a: &a [${'x,'.repeat(9)}]`];
  for (let i = 1; i < 12; i++) {
    const [last, next] = [String.fromCharCode(96 + i), String.fromCharCode(97 + i)];
    bomb.push(`${next}: &${next} [${`*${last},`.repeat(9)}]`);
  }
  const manifest = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n${bomb.join('\n')}\n`;
  expect(await problem({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': manifest })).toEqual([
    expect.stringMatching(/^a\.yaml:\d+: not YAML: .*alias/),
  ]);
  expect(await problem({ 'kustomization.yaml': bomb.join('\n') })).toEqual([
    expect.stringMatching(/^kustomization\.yaml:\d+: not YAML: .*alias/),
  ]);
});

test('a pattern that would take for ever takes no time', async () => {
  const files = {
    'kustomization.yaml': `resources: [web.yaml]\npatches:\n  - target: {name: "(a+)+$"}\n    patch: '[]'\nimages: [{name: "(n+)+x", newTag: "1"}]\n`,
    'web.yaml': WEB.replace('name: web', `name: ${'a'.repeat(60)}b`).replace('nginx:1', 'n'.repeat(60)),
  };
  expect((await build(files)).problems).toEqual([]);
});

describe('what copies itself again and again is refused', () => {
  const map = (length: number): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: ${'x'.repeat(length)}}\n`;

  test('by replacements', async () => {
    const one = (index: number): string =>
      `  - source: {kind: ConfigMap, name: a, fieldPath: data}\n    targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x${index}], options: {create: true}}]\n`;
    const all = Array.from({ length: 24 }, (_, index) => one(index)).join('');
    const files = {
      'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n${all}`,
      'a.yaml': map(10_000),
    };
    expect(await problem(files)).toEqual([expect.stringContaining('the kustomization makes more than')]);
  });

  test('by operations of a patch', async () => {
    const all = Array.from(
      { length: 60 },
      (_, index) => `- {op: copy, from: /data/a, path: /data/x${index}}\n`,
    ).join('');
    const files = {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: patch.yaml, target: {kind: ConfigMap}}]\n',
      'a.yaml': map(2_000_000),
      'patch.yaml': all,
    };
    expect(await problem(files)).toEqual([expect.stringContaining('the kustomization makes more than')]);
  });
});

import { describe, expect, test } from 'vitest';
import { memoryKinds, memoryTree } from '../../testing/memory-tree.ts';
import { render } from '../render.ts';

const kb = (count: number): string => 'x'.repeat(count * 1_024);
const list = (count: number, item: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => `${item(n)}\n`).join('');
const object = (name: string, more = ''): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${more}`;
const many = (count: number, more = ''): string => list(count, (n) => object(`a${n}`, more));

/** What is small as it is written, and would be large when it is built. */
const BOMBS: Readonly<Record<string, Record<string, string>>> = {
  'a base that is named many times': {
    'kustomization.yaml': `resources:\n${list(200, (n) => `- o${n}`)}`,
    ...Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [
        `o${n}/kustomization.yaml`,
        `resources: [../base]\nnamePrefix: o${n}-\n`,
      ]),
    ),
    'base/kustomization.yaml': 'resources: [big.yaml]\n',
    'base/big.yaml': object('big', `data: {a: ${kb(1_000)}}\n`),
  },
  'bases that double': {
    'kustomization.yaml': 'resources: [l0]\n',
    ...Object.fromEntries(
      Array.from({ length: 14 }, (_, n) => [
        [`l${n}/kustomization.yaml`, `resources: [a, b]\n`],
        ...['a', 'b'].map((end) => [
          `l${n}/${end}/kustomization.yaml`,
          `resources: [${n === 13 ? '../../base' : `../../l${n + 1}`}]\nnamePrefix: ${end}-\n`,
        ]),
      ]).flat(),
    ),
    'base/kustomization.yaml': 'resources: [a.yaml]\n',
    'base/a.yaml': object('a'),
  },
  'a file that generators read many times': {
    'kustomization.yaml': `configMapGenerator:\n${list(200, (n) => `- {name: a${n}, files: [big.bin]}`)}`,
    'big.bin': kb(1_000),
  },
  'a file that a generator reads under many keys': {
    'kustomization.yaml': `secretGenerator:\n- name: a\n  files:\n${list(200, (n) => `  - k${n}=big.bin`)}`,
    'big.bin': kb(1_000),
  },
  'options of generators': {
    'kustomization.yaml': `generatorOptions: {labels: {a: ${kb(1_000)}}}\nconfigMapGenerator:\n${list(200, (n) => `- {name: a${n}}`)}`,
  },
  'a generator that merges into itself': {
    'kustomization.yaml': `configMapGenerator:\n- {name: a, files: [big.bin]}\n${list(200, () => '- {name: a, behavior: merge, literals: [k=v]}')}`,
    'big.bin': kb(1_000),
  },
  'a long prefix of many names': {
    'kustomization.yaml': `resources: [a.yaml]\nnamePrefix: ${kb(100)}\n`,
    'a.yaml': many(1_000),
  },
  'a chain of prefixes': {
    ...Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [
        `${'d/'.repeat(n)}kustomization.yaml`,
        `resources: [${n === 59 ? 'a.yaml' : 'd'}]\nnameSuffix: ${kb(20)}\n`,
      ]),
    ),
    [`${'d/'.repeat(59)}a.yaml`]: many(100),
  },
  'a long label of many objects': {
    'kustomization.yaml': `resources: [a.yaml]\ncommonLabels: {a: ${kb(100)}}\n`,
    'a.yaml': many(1_000),
  },
  'a long name of an image': {
    'kustomization.yaml': `resources: [a.yaml]\nimages: [{name: web, newName: ${kb(100)}}]\n`,
    'a.yaml': many(1_000, 'spec: {containers: [{image: web}]}\n'),
  },
  'a patch of many objects': {
    'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
    'a.yaml': many(1_000),
    'p.yaml': object('p', `data: {a: ${kb(100)}}\n`),
  },
  'operations that double': {
    'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
    'a.yaml': object('a', 'data: {a: {}}\n'),
    'p.yaml': list(40, (n) => `- {op: copy, from: /data, path: /data/a${n}}`),
  },
  'a thousand patches of a thousand objects': {
    'kustomization.yaml': `resources: [a.yaml]\npatches:\n${list(1_500, () => '- {patch: "[]", target: {kind: ConfigMap}}')}`,
    'a.yaml': many(1_000),
  },
  'replacements that double': {
    'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n${list(30, (n) => `- {source: {kind: ConfigMap, fieldPath: data.a}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.b${n}, data.a], options: {create: true, delimiter: x, index: 99}}]}`)}`,
    'a.yaml': object('a', `data: {a: "${'x'.repeat(1_000)}"}\n`),
  },
  'a replacement in many objects': {
    'kustomization.yaml':
      'resources: [a.yaml]\nreplacements: [{source: {kind: ConfigMap, name: a0, fieldPath: data.a}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.b], options: {create: true}}]}]\n',
    'a.yaml': `${many(1_000, 'data: {}\n').replace('data: {}', `data: {a: ${kb(100)}}`)}`,
  },
  'a var that is named many times': {
    'kustomization.yaml':
      'resources: [a.yaml, p.yaml]\nvars: [{name: A, objref: {apiVersion: v1, kind: ConfigMap, name: a}, fieldref: {fieldPath: data.a}}]\n',
    'a.yaml': object('a', `data: {a: ${kb(100)}}\n`),
    'p.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, args: ["${'$(A)'.repeat(2_000)}"]}]}\n`,
  },
  'a name that is referred to many times': {
    'kustomization.yaml': `resources: [a.yaml, p.yaml]\nnamePrefix: ${kb(200)}\n`,
    'a.yaml': object('a'),
    'p.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {volumes: [${'{configMap: {name: a}},'.repeat(1_000)}]}\n`,
  },
  'aliases of a large value': {
    'kustomization.yaml': 'resources: [a.yaml]\n',
    'a.yaml': object('a', `data:\n  k: &a ${kb(1_000)}\n${list(90, (n) => `  k${n}: *a`)}`),
  },
  'origins of many changes': {
    'kustomization.yaml': `resources: [a.yaml]\nbuildMetadata: [transformerAnnotations]\nimages:\n${list(1_500, () => '- {name: a}')}`,
    'a.yaml': many(1_000),
  },
};

describe('a kustomization that is a bomb', { timeout: 60_000 }, () => {
  test.each(Object.keys(BOMBS))('is refused: %s', async (name) => {
    const built = render(memoryTree(BOMBS[name] ?? {}), '.', 'shop', memoryKinds());
    const told = await built.then(
      ({ problems }) => problems.map(({ reason }) => reason).join('\n'),
      (error: Error) => error.message,
    );
    expect(told).toMatch(
      /makes more than 67108864 bytes|have more than 67108864 bytes together|more than 2000 kustomizations|copy operations add more than/,
    );
  });
});

test('so is one of much work', async () => {
  const files = {
    'kustomization.yaml': `resources: [a.yaml]\nlabels: [{pairs: {a: b}, fields: [${'{path: x},'.repeat(60_000)}]}]\n`,
    'a.yaml': many(1_000),
  };
  const { problems } = await render(memoryTree(files), '.', 'shop', memoryKinds());
  expect(problems).toEqual([
    expect.objectContaining({ reason: expect.stringContaining('that is too much work') }),
  ]);
});

test.each([
  [
    'of nothing but aliases',
    `a: &a [x, x]\n${list(30, (n) => `b${n}: &b${n} [*${n === 0 ? 'a' : `b${n - 1}`}, *${n === 0 ? 'a' : `b${n - 1}`}]`)}`,
  ],
])('a YAML bomb %s is refused wherever it stands', async (_what, laughs) => {
  const cases = [
    { 'kustomization.yaml': `resources: [a.yaml]\n`, 'a.yaml': object('a', laughs) },
    { 'kustomization.yaml': `resources: []\nmetadata:\n${laughs.replace(/^/gm, '  ')}` },
    {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
      'a.yaml': object('a'),
      'p.yaml': object('a', laughs),
    },
    { 'a.yaml': object('a', laughs) },
  ];
  for (const files of cases) {
    const { problems, objects } = await render(
      memoryTree(files as Record<string, string>),
      '.',
      'shop',
      memoryKinds(),
    );
    expect(problems[0]?.reason).toMatch(/excessive alias/i);
    expect(objects).toEqual([]);
  }
});

test('plain manifests whose aliases make much of little are refused, too', async () => {
  const text = object('a', `data:\n  k: &a ${kb(1_000)}\n${list(90, (n) => `  k${n}: *a`)}`);
  await expect(render(memoryTree({ 'a.yaml': text }), '.', 'shop', memoryKinds())).rejects.toThrow(
    'more than 67108864 bytes together',
  );
});

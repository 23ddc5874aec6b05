import { describe, expect, test } from 'vitest';
import { builtinKinds } from '../kinds.ts';
import { openApiV2 } from './v2.ts';
import { openApiV3 } from './v3.ts';

interface Document {
  readonly paths: Record<string, Record<string, Record<string, unknown>>>;
  readonly components?: { readonly schemas: Record<string, Record<string, unknown>> };
  readonly definitions?: Record<string, Record<string, unknown>>;
}

const versions = new Map(
  builtinKinds.map(({ group, version }) => [`${group}/${version}`, { group, version }]),
);
const documents = [...versions].map(([name, one]): [string, Document] => [
  name,
  openApiV3(builtinKinds, one) as unknown as Document,
]);
const v2 = openApiV2(builtinKinds) as unknown as Document;

function references(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) references(item, found);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref' && typeof inner === 'string') found.add(inner);
      else references(inner, found);
    }
  return found;
}

const operationIds = ({ paths }: Document): unknown[] =>
  Object.values(paths)
    .flatMap((item) => Object.values(item))
    .map(({ operationId }) => operationId)
    .filter((id) => id !== undefined);

describe.each([...documents, ['v2', v2] as [string, Document]])('%s', (_name, document) => {
  test('every reference leads somewhere', () => {
    const known = new Set([
      ...Object.keys(document.components?.schemas ?? {}).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(document.definitions ?? {}).map((name) => `#/definitions/${name}`),
    ]);
    expect([...references(document)].filter((one) => !known.has(one))).toEqual([]);
  });

  test('no operation has an empty list of parameters, which readers would lose', () => {
    const lists = Object.values(document.paths).flatMap((item) => [
      item.parameters,
      ...Object.values(item).map(({ parameters }) => parameters),
    ]);
    expect(lists.filter((list) => Array.isArray(list) && list.length === 0)).toEqual([]);
  });

  test('operation ids are unique', () => {
    const ids = operationIds(document);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('deployments: what kubectl looks for', () => {
  const apps = documents.find(([name]) => name === 'apps/v1')?.[1];
  const patch = apps?.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}']?.patch;
  expect(patch).toMatchObject({
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': { group: 'apps', version: 'v1', kind: 'Deployment' },
  });
  const names = ((patch?.parameters ?? []) as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(['dryRun', 'fieldManager', 'fieldValidation', 'force']);
  expect(
    Object.keys(apps?.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale'] ?? {}),
  ).toEqual(['parameters', 'get', 'patch', 'put']);
  expect(apps?.components?.schemas['io.k8s.api.core.v1.PodSpec']?.properties).toMatchObject({
    containers: {
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-patch-merge-key': 'name',
    },
  });
});

test('every kind, and every field of our own, says what it is', () => {
  for (const kind of builtinKinds) expect(kind.type.description, kind.kind).toBeTruthy();
  const own =
    documents.find(([name]) => name.startsWith('gitops.gantry.dev/'))?.[1].components?.schemas ?? {};
  const silent = Object.entries(own)
    .filter(([name]) => name.startsWith('dev.gantry.') && !name.endsWith('List'))
    .flatMap(([name, schema]) =>
      Object.entries(schema.properties as Record<string, Record<string, unknown>>)
        .filter(([field, one]) => !OBJECT_FIELDS.has(field) && one.description === undefined)
        .map(([field]) => `${name}.${field}`),
    );
  expect(silent).toEqual([]);
});

const OBJECT_FIELDS = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);

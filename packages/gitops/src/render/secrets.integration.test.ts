import type { Resource } from '@gantry/client/port';
import { applications, events, plans, secrets } from '@gantry/client/resources';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fixture, until } from '../testing/fixture.ts';

let fixture: Fixture;
const told: string[] = [];

beforeAll(async () => {
  fixture = await Fixture.start();
});
afterAll(() => fixture.close());

/** Stands for the values of Secrets: as text, as a number, in Base64. */
const TEXT = 'swordfish';
const NUMBER = '7733991155';
const BASE64 = Buffer.from(TEXT).toString('base64');

const secret = (rest: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\n${rest}`;
const APPLIED: Readonly<Record<string, Record<string, string | undefined>>> = {
  'a value': { 'a.yaml': secret(`stringData: {password: ${TEXT}}\n`) },
  'another value': { 'a.yaml': secret(`data: {password: ${Buffer.from(`${TEXT}2`).toString('base64')}}\n`) },
  'an annotation': {
    'a.yaml': secret(`data: {password: ${BASE64}}\n`).replace(
      '{name: keys}',
      `{name: keys, annotations: {a: ${TEXT}}}`,
    ),
  },
};
const REFUSED: Readonly<Record<string, Record<string, string | undefined>>> = {
  'no Base64': { 'a.yaml': secret(`data: {password: "${TEXT}!"}\n`) },
  'another type': { 'a.yaml': secret(`stringData: {password: {a: ${TEXT}}}\n`) },
  'a number': { 'a.yaml': secret(`stringData: {password: ${NUMBER}}\n`) },
  'a list': { 'a.yaml': secret(`data: [${TEXT}]\n`) },
  'a text for the whole': { 'a.yaml': secret(`stringData: ${TEXT}\n`) },
  'another field': { 'a.yaml': secret(`passwords: {password: ${TEXT}}\n`) },
  'bad YAML': { 'a.yaml': secret(`stringData: {password: *${TEXT}}\n`) },
  'another bad YAML': { 'a.yaml': secret(`stringData:\n  password: "${TEXT}\n`) },
  'a tag': { 'a.yaml': secret(`stringData: {password: !${TEXT} {}}\n`) },
  'a key twice': { 'a.yaml': secret(`stringData:\n  password: ${TEXT}\n  password: ${TEXT}2\n`) },
  'a bad key': { 'a.yaml': secret(`stringData: {"pass word": ${TEXT}}\n`) },
  'a literal without a key': {
    'a.yaml': undefined,
    'kustomization.yaml': `secretGenerator: [{name: keys, literals: [${TEXT}]}]\n`,
  },
  'a kustomization that is no YAML': {
    'kustomization.yaml': `secretGenerator: [{name: keys, literals: [*${TEXT}]}]\n`,
  },
  'a patch of another shape': {
    's.yaml': secret(`stringData: {password: ${TEXT}}\n`),
    'kustomization.yaml':
      'resources: [s.yaml]\nreplacements: [{source: {kind: Secret}, targets: [{select: {kind: Secret}, fieldPaths: ["stringData.password.*.x", "stringData.password.[a=b].c"]}]}]\n',
  },
  'labels into a value': {
    's.yaml': secret(`stringData: {password: ${TEXT}}\n`),
    'kustomization.yaml':
      'resources: [s.yaml]\nlabels: [{pairs: {a: b}, fields: [{path: stringData/password/x, create: true}]}]\n',
  },
  'a merge of another shape': {
    's.yaml': secret(`stringData: {password: ${TEXT}}\n`),
    'p.yaml': secret('stringData: {password: {a: b}}\n'),
    'kustomization.yaml': 'resources: [s.yaml]\npatches: [{path: p.yaml}]\n',
  },
  'a test that fails': {
    's.yaml': secret(`stringData: {password: ${TEXT}}\n`),
    'kustomization.yaml':
      'resources: [s.yaml]\npatches: [{target: {kind: Secret}, patch: \'[{"op": "test", "path": "/stringData/password", "value": "x"}]\'}]\n',
  },
};

const listed = async (resource: Resource): Promise<unknown> =>
  (await fixture.cluster.admin.list(resource, { namespace: 'vault' })).items;

test('values of Secrets are told nowhere: not to who pushes, in plans, events, the ledger or logs', async () => {
  const tree = await fixture.workTree('vault');
  const push = async (files: Record<string, string | undefined>, code: number): Promise<void> => {
    await tree.commit(files);
    const said = await tree.git('push', '--force', 'origin', 'main');
    told.push(said.text);
    expect(said.code, said.text).toBe(code);
    await tree.git('reset', '--hard', '--quiet', code === 0 ? 'HEAD' : 'HEAD~1');
  };
  for (const files of Object.values(APPLIED)) await push(files, 0);
  for (const files of Object.values(REFUSED)) await push(files, 1);
  const other = { data: { password: Buffer.from(`${TEXT}3`).toString('base64') } };
  await fixture.cluster.admin.patch(secrets, 'vault', 'keys', other, { type: 'merge' });
  await until(async () => {
    const { status } = await fixture.application('vault');
    told.push(JSON.stringify(status));
    expect(status?.sync).toBe('OutOfSync');
  });
  for (const resource of [applications, plans, events]) told.push(JSON.stringify(await listed(resource)));
  const entries = await fixture.cluster.admin.request<{ items: unknown[] }>('GET', LEDGER);
  expect(entries.items.length).toBeGreaterThan(Object.keys(REFUSED).length);
  told.push(JSON.stringify(entries), fixture.sync.log());
  const leaks = told
    .flatMap((text) => text.split(/\n|\\n|\},/))
    .filter((line) => [TEXT, NUMBER, BASE64, BASE64.slice(0, 11)].some((value) => line.includes(value)));
  expect(leaks).toEqual([]);
});

const LEDGER = '/apis/gitops.gantry.dev/v1alpha1/namespaces/vault/ledgerentries?manifests=true&limit=100';

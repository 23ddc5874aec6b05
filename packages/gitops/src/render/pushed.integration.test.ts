import { afterAll, beforeAll, expect, test } from 'vitest';
import { configMap, Fixture } from '../testing/fixture.ts';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.start();
});
afterAll(() => fixture.close());

const SETTINGS = configMap('settings', 'one');

test('a push of a kustomization is built, and a wrong one rejected with the line that is wrong', async () => {
  const tree = await fixture.workTree('kustom');
  await tree.commit({
    'base/kustomization.yaml': 'resources: [settings.yaml]\n',
    'base/settings.yaml': SETTINGS,
    'kustomization.yaml': 'resources: [base]\nnamePrefix: a-\nlabels:\n  - pairs: {team: x}\n',
  });
  const said = await tree.git('push', 'origin', 'main');
  expect(said.text).toMatch(/remote: \+ ConfigMap\/a-settings/);
  expect(said.code).toBe(0);
  const { status } = await fixture.application('kustom');
  expect(status?.objects).toMatchObject([{ name: 'a-settings', source: 'base/settings.yaml:1' }]);
  expect(await fixture.value('kustom', 'a-settings')).toBe('one');

  await tree.commit({
    'patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\nimmutible: true\n',
    'kustomization.yaml': 'resources: [base]\nnamePrefix: a-\npatches:\n  - path: patch.yaml\n',
  });
  const bad = await tree.git('push', 'origin', 'main');
  expect(bad.text).toContain('patch.yaml:4: ConfigMap/a-settings immutible: unknown field "immutible"');
  await tree.commit({ 'kustomization.yaml': 'resources: [base, none]\n' });
  expect((await tree.git('push', 'origin', 'main')).text).toContain(
    'kustomization.yaml:1: resources[1]: Invalid value: "none": there is no such file or folder in the commit',
  );
  await tree.commit({
    'kustomization.yaml': 'resources: [base]\nnamePrefix: a-\n',
    'base/settings.yaml': configMap('settings', 'two'),
  });
  expect((await tree.git('push', 'origin', 'main')).text).toContain('key: one → two (base/settings.yaml:6)');
  expect(await fixture.value('kustom', 'a-settings')).toBe('two');
});

test('a push of a chart is rendered with the values of the Application', async () => {
  const tree = await fixture.workTree('chart');
  await tree.commit({
    'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\n',
    'values.yaml': 'key: one\n',
    'templates/before.yaml': configMap('before', 'hook', '  annotations: {helm.sh/hook: pre-install}\n'),
    'templates/tested.yaml': configMap('tested', 'test', '  annotations: {helm.sh/hook: test}\n'),
    'templates/cm.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  key: {{ .Values.key }}\n{{- if .Capabilities.APIVersions.Has "gitops.gantry.dev/v1alpha1/Application" }}\n  served: "yes"\n{{- end }}\n',
  });
  expect((await tree.git('push', 'origin', 'main')).text).toMatch(/remote: \+ ConfigMap\/chart/);
  expect(await fixture.value('chart', 'chart')).toBe('one');
  // Hooks are run and not held; tests of a chart are for helm test alone.
  expect(await fixture.value('chart', 'before')).toBe('hook');
  await expect(fixture.value('chart', 'tested')).rejects.toThrow('not found');
  expect((await fixture.application('chart')).status?.objects?.map(({ name }) => name)).toEqual(['chart']);
  await fixture.patchApplication('chart', {
    spec: { source: { helm: { releaseName: 'other', values: { key: 'two' } } } },
  });
  await fixture.settled('chart', {
    sync: 'Synced',
    objects: [{ name: 'other', source: 'templates/cm.yaml:1' }] as never,
  });
  expect(await fixture.value('chart', 'other')).toBe('two');

  await tree.commit({ 'values.yaml': 'key: one\n', 'templates/bad.yaml': '{{ .Values.none.at.all }}\n' });
  expect((await tree.git('push', 'origin', 'main')).text).toContain(
    'templates/bad.yaml:1: .Values.none.at.all: ',
  );
});

test('a kustomization bomb is refused, and the sync goes on', async () => {
  const tree = await fixture.workTree('bomb');
  const lines = [`a: &a [${'x,'.repeat(9)}]`];
  for (let i = 1; i < 20; i++) {
    const [last, next] = [String.fromCharCode(96 + i), String.fromCharCode(97 + i)];
    lines.push(`${next}: &${next} [${`*${last},`.repeat(9)}]`);
  }
  await tree.commit({ 'bomb.yaml': lines.join('\n') });
  expect((await tree.git('push', 'origin', 'main')).text).toMatch(/bomb\.yaml:\d+: not YAML: /);
  await tree.commit({ 'bomb.yaml': undefined, 'a.yaml': SETTINGS });
  expect((await tree.git('push', 'origin', 'main')).code).toBe(0);
});

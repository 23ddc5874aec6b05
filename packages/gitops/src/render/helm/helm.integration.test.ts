import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { at, CHART, type HelmFixture, makeHelm } from '../../testing/helm-fixture.ts';
import { formatProblem, placeOfField } from '../source-object.ts';

let helm: HelmFixture;

beforeAll(() => {
  helm = makeHelm();
  vi.stubEnv('TMPDIR', helm.work);
});
afterAll(() => {
  vi.unstubAllEnvs();
  helm.close();
});

const run: HelmFixture['run'] = (...args) => helm.run(...args);
const problems = async (...args: Parameters<typeof run>): Promise<string[]> =>
  (await run(...args)).problems.map(formatProblem);

describe('a chart in Git', () => {
  test('is found by its Chart.yaml and rendered for this server, with CRDs and hooks', async () => {
    const { objects, problems: wrong } = await run(at('chart', CHART), 'chart');
    expect(wrong).toEqual([]);
    expect(objects.map(({ object, file }) => [object.kind, object.metadata.name, file])).toEqual([
      ['CustomResourceDefinition', 'widgets.example.com', 'chart/crds/widgets.yaml'],
      ['ConfigMap', 'has-widgets', 'chart/templates/job.yaml'],
      ['Deployment', 'web', 'chart/templates/deployment.yaml'],
      ['ConfigMap', 'before', 'chart/templates/job.yaml'],
    ]);
    const deployment = objects[2];
    expect(deployment?.object).toMatchObject({
      metadata: { namespace: 'shop', labels: { app: 'web', kube: 'v1.36.0' } },
      spec: { replicas: 1 },
    });
    expect(deployment && placeOfField(deployment, ['spec', 'replicas'])).toEqual({
      file: 'chart/templates/deployment.yaml',
      line: 10,
    });
    expect(objects[3]?.object.metadata).toMatchObject({
      namespace: 'shop',
      annotations: { 'helm.sh/hook': 'pre-install' },
    });
  });

  test('takes values files and the values of the Application, the later over the earlier', async () => {
    const files = {
      ...at('chart', CHART),
      'chart/prod.yaml': 'replicas: 3\nimage: {tag: "2"}\n',
      'shared/eu.yaml': 'image: {tag: "3"}\n',
    };
    const { objects, folders } = await run(files, 'chart', {
      releaseName: 'own',
      skipCRDs: true,
      valuesFiles: ['prod.yaml', '../shared/eu.yaml'],
      values: { image: { name: 'caddy' } },
    });
    expect(objects.map(({ object }) => object.metadata.name)).toEqual(['has-widgets', 'own', 'before']);
    expect(objects[1]?.object).toMatchObject({
      spec: { replicas: 3, template: { spec: { containers: [{ image: 'caddy:3' }] } } },
    });
    expect(folders).toEqual(['chart', 'shared']);
  });

  test('names file, line and text of a template that is none', async () => {
    const wrong = (template: string) =>
      problems({ ...at('chart', CHART), 'chart/templates/x.yaml': `a: 1\n${template}\n` }, 'chart');
    expect(await wrong('b: {{ .Values.x')).toEqual([
      'chart/templates/x.yaml:2: the template can\'t be parsed: unclosed action: "b: {{ .Values.x"',
    ]);
    expect(await wrong('b: {{ .Values.x }\nc: 1')).toEqual([
      'chart/templates/x.yaml:2: the template can\'t be parsed: unexpected "}" in operand: "b: {{ .Values.x }"',
    ]);
    expect(await wrong('b: {{ noSuch .Values.x }}')).toEqual([
      'chart/templates/x.yaml:2: the template can\'t be parsed: function "noSuch" not defined: "b: {{ noSuch .Values.x }}"',
    ]);
  });

  test('names template, line and value of what is wrong', async () => {
    const files = { ...at('chart', CHART), 'chart/bad.yaml': 'image: 7\n', 'chart/no.yaml': 'a: [\n' };
    expect(await problems(files, 'chart', { values: { extra: { must: '' } } })).toEqual([
      'chart/templates/fail.yaml:7: extra.must is needed',
    ]);
    expect(await problems(files, 'chart', { valuesFiles: ['bad.yaml'] })).toEqual([
      "chart/templates/deployment.yaml:15: .Values.image.name: can't evaluate field name in type interface {}: .Values.image is 7 (chart/bad.yaml:1)",
    ]);
    expect(await problems(files, 'chart', { values: { replicas: 'x' } })).toEqual([
      'chart/values.schema.json: .Values.replicas: got string, want integer: .Values.replicas is "x" (spec.source.helm.values)',
    ]);
    expect(await problems(files, 'chart', { values: { broken: true } })).toEqual([
      expect.stringMatching(/^chart\/templates\/fail\.yaml:\d+: what it renders to is not YAML: /),
    ]);
    expect(await problems(files, 'chart', { valuesFiles: ['no.yaml', 'none.yaml', '../../x'] })).toEqual([
      expect.stringMatching(/^chart\/no\.yaml:\d: not YAML: /),
      'chart/none.yaml: there is no such values file in the commit',
      '../../x: the values file leads out of the repository',
    ]);
    expect(await problems(files, 'chart', { releaseName: '--set' })).toEqual([
      'spec.source.helm.releaseName: Invalid value: "--set": a release is named in lower case, with at most 53 characters',
    ]);
    const dependent = {
      ...at('chart', CHART),
      'chart/Chart.yaml': `${CHART['Chart.yaml']}dependencies:\n  - {name: redis, version: 1.x, repository: https://charts.example.com}\n`,
    };
    expect(await problems(dependent, 'chart')).toEqual([
      'chart/Chart.yaml: dependencies: charts/ lacks redis: put it there with helm dependency update',
    ]);
    expect(await problems({ 'chart/x.yaml': '' }, 'chart', {})).toEqual([
      'chart: there is no Chart.yaml in this folder',
    ]);
  });

  test('uses dependencies that lie in charts/, and reads nothing through symbolic links', async () => {
    const files = {
      ...at('chart', CHART),
      ...at('chart/charts/sub', {
        'Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\n',
        'templates/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: from-sub\n',
      }),
      'chart/Chart.yaml': `${CHART['Chart.yaml']}dependencies:\n  - {name: sub, version: 0.1.0}\n`,
      'chart/templates/passwords.link.yaml': '/etc/passwd',
    };
    const { objects, problems: wrong } = await run(files, 'chart');
    expect(wrong).toEqual([]);
    const sub = objects.find(({ object }) => object.metadata.name === 'from-sub');
    expect(`${sub?.file}:${sub?.line}`).toBe('chart/charts/sub/templates/cm.yaml:1');
    expect(objects).toHaveLength(5);
  });

  test('that wants too much memory is ended', async () => {
    const wants = (template: string) =>
      run({ ...at('chart', CHART), 'chart/templates/much.yaml': template }, 'chart');
    await expect(wants('{{ repeat 5000000000 "x" }}')).rejects.toThrow('more memory than helm may have');
  });

  test('hides values that look like secrets', async () => {
    const files = { ...at('chart', CHART), 'chart/templates/x.yaml': '{{ .Values.db.password.value }}\n' };
    expect(await problems(files, 'chart', { values: { db: { password: 'hunter2' } } })).toEqual([
      expect.stringContaining('.Values.db.password is (hidden) (spec.source.helm.values)'),
    ]);
  });

  test('leaves nothing behind', async () => {
    await run(at('chart', CHART), 'chart');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('gantry-helm-'))).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HelmSource } from '@gantry/api/generated/types';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Credentials } from '../../git/credentials.ts';
import { memoryKinds, memoryTree } from '../../testing/memory-tree.ts';
import { render } from '../render.ts';
import { formatProblem, placeOfField } from '../source-object.ts';
import { Helm } from './helm.ts';
import { HelmBinary } from './helm-binary.ts';
import { runHelm } from './helm-process.ts';

const CHART: Readonly<Record<string, string>> = {
  'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.2.3\nappVersion: "9"\n',
  'values.yaml': 'replicas: 1\nimage:\n  name: nginx\n  tag: "1"\nextra: false\n',
  'values.schema.json': '{"properties":{"replicas":{"type":"integer"}}}',
  'crds/widgets.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
`,
  'templates/_helpers.tpl': '{{- define "demo.labels" -}}\napp: {{ .Release.Name }}\n{{- end }}\n',
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "demo.labels" . | nindent 4 }}
    kube: {{ .Capabilities.KubeVersion.Version | quote }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: demo
          image: {{ .Values.image.name }}:{{ .Values.image.tag }}
`,
  'templates/job.yaml': `{{- if .Capabilities.APIVersions.Has "example.com/v1/Widget" }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: has-widgets
{{- end }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: before
  annotations:
    helm.sh/hook: pre-install
`,
  'templates/fail.yaml': `{{- if .Values.extra }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: x
data:
  a: {{ required "extra.must is needed" .Values.extra.must }}
{{- end }}
{{- if .Values.broken }}
a: b
 c: [
{{- end }}
`,
};

const KINDS = {
  find: async (apiVersion: string, kind: string) =>
    (await memoryKinds().find(apiVersion, kind)) ??
    (kind === 'CustomResourceDefinition'
      ? { group: '', version: 'v1', kind, plural: 'crds', namespaced: false, verbs: ['patch'] }
      : undefined),
};

let work = '';
let helm: Helm;
let server: Server;
let registry = '';
const requests: string[] = [];
let isAway = false;
const blobs = new Map<string, { type: string; content: Buffer }>();

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'gantry-helm-test-'));
  vi.stubEnv('TMPDIR', work);
  helm = new Helm({
    cache: join(work, 'cache'),
    capabilities: { get: async () => ({ version: 'v1.36.0', apiVersions: ['v1', 'example.com/v1/Widget'] }) },
  });
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  publish('1.2.3');
  publish('1.3.0');
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
  rmSync(work, { recursive: true, force: true });
});

const at = (folder: string, files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
type Source = Omit<HelmSource, 'values'> & { readonly values?: object };

const run = (
  files: Readonly<Record<string, string>>,
  folder: string,
  source?: Source,
  credentials?: Credentials,
) =>
  render(
    memoryTree(files),
    folder,
    'shop',
    KINDS,
    {
      name: 'web',
      ...(source === undefined ? {} : { helm: source as HelmSource }),
      ...(credentials === undefined ? {} : { credentials: async () => credentials }),
    },
    { helm },
  );
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

describe('a chart of a repository', () => {
  const from = (repositoryURL: string, version?: string) => ({
    repositoryURL,
    chart: 'demo',
    ...(version === undefined ? {} : { version }),
  });

  test('is fetched once for a version', async () => {
    const files = { 'app/values.yaml': 'replicas: 5\n' };
    const source = { ...from(`http://${registry}/charts`, '1.2.3'), valuesFiles: ['values.yaml'] };
    const { objects, problems: wrong } = await run(files, 'app', source);
    expect(wrong).toEqual([]);
    const deployment = objects.find(({ object }) => object.kind === 'Deployment');
    expect(deployment?.object).toMatchObject({ spec: { replicas: 5 } });
    expect(deployment?.file).toBe('demo-1.2.3/templates/deployment.yaml');
    requests.length = 0;
    await run(files, 'app', source);
    expect(requests).toEqual([]);
  });

  test.each([
    ['http', undefined, '1.3.0'],
    ['http', '~1.2', '1.2.3'],
    ['oci', '>=1.0.0', '1.3.0'],
    ['oci', '1.2.3', '1.2.3'],
  ])('of %s and version %s is %s', async (protocol, range, version) => {
    const url = protocol === 'oci' ? `oci://${registry}/oci` : `http://${registry}/charts`;
    const { objects, problems: wrong } = await run({ 'app/x.txt': '' }, 'app', from(url, range));
    expect(wrong).toEqual([]);
    expect(objects[0]?.file).toBe(`demo-${version}/crds/widgets.yaml`);
  });

  test('of a range is asked for again after a while, and stays while the repository is away', async () => {
    const cache = join(work, 'cache/charts');
    const age = (): void => {
      for (const name of readdirSync(cache)) utimesSync(join(cache, name, 'current'), 0, 0);
    };
    const files = { 'app/x.txt': '' };
    const source = from(`http://${registry}/charts`, '^1.2');
    const title = async (): Promise<string | undefined> => (await run(files, 'app', source)).objects[0]?.file;
    expect(await title()).toMatch(/^demo-1\.3\.0\//);
    publish('1.4.0');
    expect(await title()).toMatch(/^demo-1\.3\.0\//);
    age();
    expect(await title()).toMatch(/^demo-1\.4\.0\//);
    age();
    isAway = true;
    expect(await title()).toMatch(/^demo-1\.4\.0\//);
    isAway = false;
  });

  test.each(['http', 'oci'])(
    'of %s is fetched with the credentials of a Secret, and by nobody else',
    async (protocol) => {
      const url = protocol === 'oci' ? `oci://${registry}/closed` : `http://${registry}/closed`;
      const files = { 'app/x.txt': '' };
      await expect(run(files, 'app', from(url, '1.2.3'))).rejects.toThrow("can't be fetched");
      const wrong = { username: 'ann', password: 'other' };
      await expect(run(files, 'app', from(url, '1.2.3'), wrong)).rejects.toThrow("can't be fetched");
      const { objects } = await run(files, 'app', from(url, '1.2.3'), {
        username: 'ann',
        password: 'pass word',
      });
      expect(objects[0]?.file).toBe('demo-1.2.3/crds/widgets.yaml');
      await expect(run(files, 'app', from(url, '1.2.3'))).rejects.toThrow("can't be fetched");
    },
  );

  test('that is not there, or not to be asked, is said', async () => {
    const files = { 'app/x.txt': '' };
    await expect(run(files, 'app', from(`http://${registry}/charts`, '7.0.0'))).rejects.toThrow(
      `chart demo 7.0.0 can't be fetched from http://${registry}/charts: `,
    );
    await expect(run(files, 'app', from('file:///etc'))).rejects.toThrow('use an https:// or oci:// address');
    await expect(run(files, 'app', from('http://charts.example.com'))).rejects.toThrow('use an https://');
    await expect(
      run(files, 'app', { repositoryURL: `http://${registry}/charts`, chart: '--help' }),
    ).rejects.toThrow('"--help" is no name of a chart');
    await expect(run(files, 'app', from('https://169.254.169.254/charts'))).rejects.toThrow(
      'link-local addresses',
    );
  });
});

test('a helm that was configured is used, or its absence said', async () => {
  const binary = new HelmBinary({ configured: '/nowhere/helm', cache: work });
  await expect(binary.find()).rejects.toThrow('there is no helm at /nowhere/helm, which was configured');
  const folder = join(work, 'bin');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'helm'), '#!/bin/sh\n', { mode: 0o755 });
  expect(await new HelmBinary({ path: folder, cache: work }).find()).toBe(join(folder, 'helm'));
});

test('a helm that prints too much, or takes too long, is ended', async () => {
  const script = (text: string): string => {
    const path = join(mkdtempSync(join(work, 'script-')), 'helm');
    writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return path;
  };
  const home = join(work, 'home');
  await expect(runHelm(script('exec yes'), { args: [], home })).rejects.toThrow(
    'the chart renders to more than 67108864 bytes',
  );
  await expect(runHelm(script('exec sleep 60'), { args: [], home, timeoutMs: 50 })).rejects.toThrow(
    'helm took longer than 0.05 s',
  );
  const env = await runHelm(script('exec env'), { args: [], home });
  expect(env).toContain(`HELM_CACHE_HOME=${home}/cache`);
  expect(env).not.toMatch(/^(USER|DATABASE_URL|NODE_\w+)=/m);
  await expect(runHelm(script('echo no >&2; exit 3'), { args: [], home })).rejects.toThrow('no');
});

test('several processes may unpack the same helm at once', async () => {
  const cache = join(work, 'shared');
  const found = await Promise.all([1, 2, 3].map(() => new HelmBinary({ path: '/nowhere', cache }).find()));
  expect(new Set(found)).toEqual(new Set([join(cache, 'helm')]));
  expect(readdirSync(cache)).toEqual(['helm']);
});

/** Packs the chart at a version, for the repository and the registry. */
function publish(version: string): void {
  const folder = join(work, 'pack', version, 'demo');
  for (const [path, text] of Object.entries(CHART)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), path === 'Chart.yaml' ? text.replace('1.2.3', version) : text);
  }
  const archive = join(work, `demo-${version}.tgz`);
  spawnSync('tar', ['-czf', archive, '-C', join(folder, '..'), 'demo']);
  const layer = keep(readFileSync(archive), 'application/vnd.cncf.helm.chart.content.v1.tar+gzip');
  const config = keep(
    Buffer.from(JSON.stringify({ name: 'demo', version, apiVersion: 'v2' })),
    'application/vnd.cncf.helm.config.v1+json',
  );
  const manifest = { schemaVersion: 2, mediaType: MANIFEST, config, layers: [layer] };
  const { digest } = keep(Buffer.from(JSON.stringify(manifest)), MANIFEST);
  tags.set(version, digest);
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const tags = new Map<string, string>();

function keep(content: Buffer, type: string) {
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  blobs.set(digest, { type, content });
  return { mediaType: type, digest, size: content.length };
}

/** A Helm repository below /charts, and as much of a registry as a pull needs. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  const asked = (request.url ?? '').split('?')[0] ?? '';
  requests.push(asked);
  const isClosed = asked.includes('/closed/');
  const path = asked.replace('/v2/closed/', '/v2/oci/').replace('/closed/', '/charts/');
  const basic = `Basic ${Buffer.from('ann:pass word').toString('base64')}`;
  if (isClosed && request.headers.authorization !== basic) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="charts"' }).end();
    return;
  }
  if (isAway) {
    response.writeHead(503).end();
    return;
  }
  const send = (type: string, content: Buffer | string, digest?: string): void => {
    const headers = { 'content-type': type, 'content-length': Buffer.byteLength(content) };
    response.writeHead(200, digest === undefined ? headers : { ...headers, 'docker-content-digest': digest });
    response.end(request.method === 'HEAD' ? undefined : content);
  };
  const [, archive] = /^\/charts\/(demo-[\d.]+\.tgz)$/.exec(path) ?? [];
  const [, reference] = /^\/v2\/oci\/demo\/(?:manifests|blobs)\/(.+)$/.exec(path) ?? [];
  const digest = reference === undefined ? undefined : (tags.get(reference) ?? reference);
  const blob = digest === undefined ? undefined : blobs.get(digest);
  if (path === '/charts/index.yaml') {
    const entries = [...tags.keys()].map(
      (version) => `    - {apiVersion: v2, name: demo, version: ${version}, urls: [demo-${version}.tgz]}\n`,
    );
    send('text/yaml', `apiVersion: v1\nentries:\n  demo:\n${entries.join('')}`);
  } else if (archive !== undefined) send('application/gzip', readFileSync(join(work, archive)));
  else if (path === '/v2/oci/demo/tags/list')
    send('application/json', JSON.stringify({ name: 'oci/demo', tags: [...tags.keys()] }));
  else if (path === '/v2/') send('application/json', '{}');
  else if (blob !== undefined) send(blob.type, blob.content, digest);
  else response.writeHead(404).end();
}

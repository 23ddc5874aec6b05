import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { configMap, deployment, service } from '../support/manifests.ts';

let gantry: Gantry;
beforeAll(async () => {
  gantry = await startGantry('--nodes', 'simulated:2');
  const k = gantry.kubectl();
  k('create', 'namespace', 'read');
  k.input(
    [deployment('web'), service('web'), configMap('settings', { a: '1' })].join('---'),
    '-n',
    'read',
    'apply',
    '-f',
    '-',
  );
  k('-n', 'read', 'rollout', 'status', 'deployment/web', '--timeout=50s');
});
afterAll(() => gantry?.purge());

describe.each(['1.32', '1.36'] as const)('kubectl %s reads', (version) => {
  let k: Kubectl;
  beforeAll(() => {
    k = gantry.kubectl(version).with({ namespace: 'read' });
  });

  test('tables have the columns people know', () => {
    const [header, first] = k('get', 'pods', '-o', 'wide').split('\n');
    expect(header?.split(/ {2,}/).map((cell) => cell.trim())).toEqual([
      'NAME',
      'READY',
      'STATUS',
      'RESTARTS',
      'AGE',
      'IP',
      'NODE',
      'NOMINATED NODE',
      'READINESS GATES',
    ]);
    expect(first).toMatch(
      /^web-\w+-\w+ +1\/1 +Running +0 +\d+\w* +10\.244\.\d+\.\d+ +sim-\d +<none> +<none>/,
    );
    const all = k('get', 'all');
    for (const line of [
      /^pod\/web-/m,
      /^service\/web +ClusterIP +10\./m,
      /^deployment.apps\/web +2\/2 +2 +2/m,
    ])
      expect(all).toMatch(line);
    expect(k('get', 'nodes')).toMatch(/^sim-0 +Ready +<none> +\S+ +v1\.36\./m);
    expect(k('get', 'services', '-A', '--show-labels')).toMatch(/component=apiserver,provider=kubernetes/);
    expect(k('get', 'pods', '-L', 'app')).toMatch(/AGE +APP\n.* web$/m);
  });

  test('every output format', () => {
    expect(k('get', 'deployment', 'web', '-o', 'name')).toBe('deployment.apps/web\n');
    expect(k('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')).toBe('2');
    expect(k('get', 'configmap', 'settings', '-o', 'go-template={{.data.a}}')).toBe('1');
    expect(JSON.parse(k('get', 'pods', '-o', 'json')).items).toHaveLength(2);
    expect(k('get', 'configmap', 'settings', '-o', 'yaml')).toContain('data:\n  a: "1"\nkind: ConfigMap\n');
    expect(k('get', 'pods', '-o', 'custom-columns=PHASE:.status.phase', '--no-headers')).toBe(
      'Running\nRunning\n',
    );
    expect(k('get', '--raw', '/api/v1/namespaces/read/configmaps/settings')).toContain('"kind":"ConfigMap"');
    expect(k('get', 'cm', 'settings', '-o', 'yaml', '--show-managed-fields')).toContain('managedFields:');
  });

  test('selectors, sorting and chunks', () => {
    expect(k('get', 'pods', '-l', 'app=web', '-o', 'name').trim().split('\n')).toHaveLength(2);
    expect(k('get', 'pods', '-l', 'app in (web),!nope,app!=x', '-o', 'name').trim().split('\n')).toHaveLength(
      2,
    );
    expect(k.try(['get', 'pods', '-l', 'app=other']).stderr).toBe('No resources found in read namespace.\n');
    expect(k('get', 'pods', '--field-selector', 'status.phase!=Running', '-o', 'name')).toBe('');
    expect(k('get', 'pods', '--field-selector', 'spec.nodeName=sim-0', '-o', 'name')).toMatch(/^pod\/web-/);
    expect(k.fails('get', 'pods', '--field-selector', 'spec.colour=red')).toContain(
      'field label not supported: spec.colour',
    );
    const sorted = k('get', 'pods', '--sort-by=.metadata.name', '-o', 'name').trim().split('\n');
    expect(sorted).toEqual([...sorted].sort());
    expect(k('get', 'pods', '--chunk-size=1', '--no-headers').trim().split('\n')).toHaveLength(2);
  });

  test('watching shows what changes', async () => {
    const name = `watched-${version.replace('.', '-')}`;
    const watch = k.start('get', 'configmaps', '--watch', '--output-watch-events');
    let seen = '';
    watch.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
    });
    try {
      await eventually(() => expect(seen).toMatch(/ADDED +settings/));
      k('create', 'configmap', name);
      k('delete', 'configmap', name);
      await eventually(() => expect(seen).toMatch(new RegExp(`ADDED +${name} .*\\nDELETED +${name} `)));
    } finally {
      watch.kill();
    }
  });

  test('describe tells the story of each kind', async () => {
    expect(k('describe', 'deployment', 'web')).toMatch(
      /Replicas: +2 desired \| 2 updated \| 2 total \| 2 available/,
    );
    await eventually(() =>
      expect(k('describe', k('get', 'pods', '-o', 'name').split('\n')[0] ?? '')).toMatch(
        /Normal +Scheduled .*Successfully assigned read\/web-/,
      ),
    );
    expect(k('describe', 'service', 'web')).toMatch(/Endpoints: +10\.244\.\d+\.\d+:80,10\.244\.\d+\.\d+:80/);
    expect(k('describe', 'node', 'sim-0')).toMatch(/Ready +True .*KubeletReady/);
    expect(k('describe', 'node', 'sim-0')).toMatch(/Non-terminated Pods: +\(\d+ in total\)/);
    expect(k('describe', 'namespace', 'read')).toMatch(/Status: +Active/);
    expect(k('describe', 'configmap', 'settings')).toMatch(/a:\n----\n1\n/);
    expect(k('describe', 'replicaset')).toMatch(/Controlled By: +Deployment\/web/);
    expect(k('describe', 'endpointslices')).toMatch(/TargetRef: +Pod\/web-/);
    expect(k('describe', 'serviceaccount', 'default')).toMatch(/Name: +default/);
  });

  test('explain reads the schema', () => {
    expect(k('explain', 'deployments.spec.replicas')).toMatch(
      /GROUP: +apps\nKIND: +Deployment\nVERSION: +v1\n\nFIELD: replicas <integer>/,
    );
    expect(k('explain', 'pods.spec.restartPolicy')).toMatch(
      /ENUM:\n {4}Always\n {4}Never\n {4}OnFailure\n\nDESCRIPTION:\n {4}\S[\s\S]*Default:\s+Always\./,
    );
    expect(k('explain', 'pods.spec.containers')).toMatch(/^ {2}image\t<string>\n {4}Name of the image/m);
    const recursive = k('explain', 'pods.spec', '--recursive');
    expect(recursive).toMatch(/^ {6}httpGet\t<HTTPGetAction>$/m);
    expect(k('explain', 'hpa', '--api-version=autoscaling/v1')).toMatch(/VERSION: +v1/);
    expect(k.fails('explain', 'pods.spec.nope')).toContain('field "nope" does not exist');
  });

  test('discovery, version and configuration', () => {
    expect(k('api-versions')).toMatch(/^apps\/v1$/m);
    expect(k('api-resources', '--namespaced=false', '-o', 'name')).toMatch(/^nodes$/m);
    expect(
      k('api-resources', '--verbs=list', '--api-group=apps', '-o', 'name').trim().split('\n').sort(),
    ).toEqual([
      'controllerrevisions.apps',
      'daemonsets.apps',
      'deployments.apps',
      'replicasets.apps',
      'statefulsets.apps',
    ]);
    expect(k('cluster-info')).toContain(`${gantry.status.apiUrl}`);
    expect(JSON.parse(k('version', '-o', 'json')).serverVersion.gitVersion).toMatch(/^v1\.36\.\d+\+gantry/);
    expect(k('config', 'view', '--minify')).toContain(gantry.status.apiUrl);
    expect(k('auth', 'whoami')).toMatch(/Username +admin/);
    expect(k('auth', 'can-i', 'delete', 'nodes')).toBe('yes\n');
    expect(k('auth', 'can-i', '--list')).toMatch(/^\*\.\* +\[\] +\[\] +\[\*\]$/m);
  });

  test('what is not served says so', () => {
    expect(k.fails('top', 'pods')).toBe('error: Metrics API not available\n');
    expect(k.fails('top', 'nodes')).toBe('error: Metrics API not available\n');
    expect(k.fails('certificate', 'approve', 'x')).toContain(
      'certificatesigningrequests.certificates.k8s.io "x" not found',
    );
    expect(k.fails('get', 'pod', 'nope')).toBe('Error from server (NotFound): pods "nope" not found\n');
    expect(k.fails('get', 'nopes')).toBe('error: the server doesn\'t have a resource type "nopes"\n');
    expect(k.fails('logs', 'deployment/web')).toContain('simulated');
    expect(k.fails('exec', 'deployment/web', '--', 'true')).toContain('simulated');
  });

  test('events and tokens', async () => {
    await eventually(() =>
      expect(k('events')).toMatch(/Normal +ScalingReplicaSet +Deployment\/web +Scaled up replica set/),
    );
    expect(k('events', '--for', 'deployment/web', '--types=Normal')).toContain('ScalingReplicaSet');
    expect(k('get', 'events', '--field-selector', 'involvedObject.kind=Pod')).toContain('Scheduled');
    expect(k('create', 'token', 'default', '--duration=10m').split('.')).toHaveLength(3);
  });

  test('mistakes are named', () => {
    const bad = (text: string, ...args: string[]) => k.try(['apply', '-f', '-', ...args], text).stderr;
    const unknown = deployment('bad').replace('replicas: 2', 'replcas: 2');
    expect(bad(unknown)).toMatch(/strict decoding error: unknown field "spec.replcas"/);
    expect(bad(unknown, '--server-side')).toMatch(
      /\.spec\.replcas: field not declared in schema|unknown field "spec.replcas"/,
    );
    expect(bad(deployment('bad').replace('replicas: 2', 'replicas: two'))).toMatch(
      /Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec\.spec\.replicas of type int32/,
    );
    expect(bad(deployment('bad').replace('{matchLabels: {app: bad}}', '{matchLabels: {app: x}}'))).toBe(
      'The Deployment "bad" is invalid: spec.template.metadata.labels: Invalid value: {"app":"bad"}: `selector` does not match template `labels`\n',
    );
    expect(bad(deployment('Bad_Name'))).toContain(
      'metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain',
    );
    expect(bad('apiVersion: v1\nkind: Nope\nmetadata: {name: x}\n')).toContain(
      'no matches for kind "Nope" in version "v1"',
    );
    expect(
      bad(
        configMap('x', {}).replace('metadata: {name: x}', 'metadata: {name: x, namespace: missing}'),
        '-n',
        'missing',
      ),
    ).toContain('namespaces "missing" not found');
    expect(k.fails('get', 'deployment', 'bad')).toContain('NotFound');
  });
});

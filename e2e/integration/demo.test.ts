import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import { type WorkingCopy, workingCopy } from '../support/git.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { canRunContainers } from '../support/machine.ts';
import { configMap, deployment } from '../support/manifests.ts';

const demo = fileURLToPath(new URL('../../manifests/demo', import.meta.url));
const NODE_PORT = 30080;

describe.runIf(canRunContainers)('push a folder of manifests, and it runs', () => {
  let gantry: Gantry;
  let k: Kubectl;
  let copy: WorkingCopy;
  beforeAll(async () => {
    gantry = await startGantry();
    k = gantry.kubectl().with({ namespace: 'guestbook' });
    copy = workingCopy(gantry.gitUrl('guestbook'));
    for (const file of readdirSync(demo)) copy.write(file, readFileSync(join(demo, file), 'utf8'));
  });
  afterAll(async () => {
    copy?.dispose();
    await gantry?.purge();
  });
  const page = async (url: string): Promise<string> => {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    return response.text();
  };
  const inPod = (...command: string[]): string => k('exec', 'client', '--', 'timeout', '10', ...command);

  test('the push prints the plan and the way to healthy', () => {
    const { code, output } = copy.push('first');
    expect(output).toMatch(/plan: 6 to create, 0 to change, 0 to prune, 0 unchanged/);
    for (const line of ['+ Namespace/guestbook', '+ Deployment/web', '+ Service/web', '+ Job/seed'])
      expect(output).toContain(line);
    expect(output).toMatch(/guestbook {2}Deployment\/web {2}2 of 2 pods ready/);
    expect(output).toMatch(/guestbook {2}health {2}Healthy/);
    expect(code).toBe(0);
    expect(k('get', 'deployment', 'web', '--no-headers')).toMatch(/^web +2\/2/);
    expect(k('get', 'application', 'guestbook', '-o', 'jsonpath={.status.sync}/{.status.health}')).toBe(
      'Synced/Healthy',
    );
    expect(k('logs', 'job/seed')).toBe('seeding the guestbook\ndone\n');
  });

  test('the service answers: ClusterIP and node port, from the host and from a pod', async () => {
    const clusterIp = k('get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}');
    const nodeIp = k(
      'get',
      'nodes',
      '-o',
      'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}',
    );
    k('run', 'client', '--image=busybox:1.35', '--restart=Never', '--', 'sleep', '3600');
    k('wait', '--for=condition=Ready', 'pod/client', '--timeout=50s');
    const urls = [`http://${clusterIp}/`, `http://127.0.0.1:${NODE_PORT}/`, `http://${nodeIp}:${NODE_PORT}/`];
    for (const url of urls) expect(await eventually(() => page(url)), url).toContain('Hello from Git');
    for (const url of [urls[0], urls[2]])
      expect(inPod('wget', '-qO-', url ?? ''), url).toContain('Hello from Git');
    const pods = new Set<string>();
    for (let index = 0; index < 40 && pods.size < 2; index++)
      pods.add(/web-[a-z0-9]+-[a-z0-9]+/.exec(await page(urls[1] ?? ''))?.[0] ?? '');
    expect(pods.size).toBe(2);
  });

  test('names resolve from a pod as the DNS specification says', () => {
    const clusterIp = k('get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}');
    for (const name of ['web', 'web.guestbook', 'web.guestbook.svc', 'web.guestbook.svc.cluster.local'])
      expect(inPod('wget', '-qO-', `http://${name}/`), name).toContain('Hello from Git');
    expect(inPod('nslookup', 'web.guestbook.svc.cluster.local')).toContain(`Address: ${clusterIp}`);
    expect(inPod('nslookup', 'kubernetes.default.svc.cluster.local')).toContain('Address: 10.96.0.1');
    expect(k.fails('exec', 'client', '--', 'nslookup', 'nope.guestbook.svc.cluster.local')).toBeDefined();
    expect(inPod('cat', '/etc/resolv.conf')).toContain(
      'search guestbook.svc.cluster.local svc.cluster.local cluster.local',
    );
    // The API, as any in-cluster client reaches it.
    expect(
      inPod('sh', '-c', 'echo | nc -w 2 $KUBERNETES_SERVICE_HOST $KUBERNETES_SERVICE_PORT; echo $?'),
    ).toContain('0');
  });

  test('an edit rolls out, and the push waits for it', async () => {
    const read = (file: string) => readFileSync(join(copy.folder, file), 'utf8');
    copy.write('config.yaml', read('config.yaml').replace('Hello from Git', 'Hello again'));
    copy.write(
      'web.yaml',
      read('web.yaml').replace('replicas: 2', 'replicas: 3').replace('cpu: 10m', 'cpu: 11m'),
    );
    const { code, output } = copy.push('more');
    expect(code).toBe(0);
    expect(output).toMatch(/plan: 0 to create, 2 to change, 0 to prune, 3 unchanged/);
    expect(output).toMatch(/~ ConfigMap\/guestbook {2}data\.MESSAGE: Hello from Git → Hello again/);
    expect(output).toMatch(/~ Deployment\/web .*spec\.replicas: 2 → 3/);
    expect(output).toMatch(/3 of 3 pods ready[\s\S]*health {2}Healthy/);
    expect(k('get', 'deployment', 'web', '--no-headers')).toMatch(/^web +3\/3 +3 +3/);
    await eventually(async () =>
      expect(await page(`http://127.0.0.1:${NODE_PORT}/`)).toContain('Hello again'),
    );
  });

  test('the same again changes nothing', () => {
    const { output } = copy.push('nothing');
    expect(output).toMatch(/plan: 0 to create, 0 to change, 0 to prune, 5 unchanged/);
  });

  test('a file that leaves Git leaves the cluster', async () => {
    copy.remove('job.yaml');
    const { output } = copy.push('without the job');
    expect(output).toMatch(/plan: 0 to create, 0 to change, 1 to prune, 4 unchanged/);
    expect(output).toContain('- Job/seed');
    await eventually(() => expect(k('get', 'jobs,pods', '-o', 'name')).not.toContain('seed'));
  });

  const bad: [name: string, manifest: string, said: RegExp][] = [
    [
      'an unknown field',
      configMap('bad', {}).replace('\ndata:', '\ndataa:'),
      /bad\.yaml:5: ConfigMap\/bad dataa: unknown field/,
    ],
    [
      'a wrong type',
      deployment('bad').replace('replicas: 2', 'replicas: two'),
      /bad\.yaml:8: Deployment\/bad spec\.replicas: Invalid value: "two": cannot unmarshal string into Go struct field DeploymentSpec\.spec\.replicas of type int32/,
    ],
    [
      'a value out of range',
      deployment('bad').replace('containerPort: 80', 'containerPort: 99999'),
      /bad\.yaml:\d+: Deployment\/bad spec\.template\.spec\.containers\[0\]\.ports\[0\]\.containerPort: .*between 1 and 65535/,
    ],
    [
      'a selector that misses',
      deployment('bad').replace('{matchLabels: {app: bad}}', '{matchLabels: {app: x}}'),
      /bad\.yaml:\d+: Deployment\/bad spec\.template\.metadata\.labels: .*`selector` does not match template `labels`/,
    ],
    [
      'a duplicate',
      configMap('guestbook', {}),
      /config\.yaml:1: ConfigMap\/guestbook metadata\.name: duplicate object: it stands at bad\.yaml:2 already/,
    ],
    [
      'an unknown kind',
      'apiVersion: v1\nkind: Nope\nmetadata: {name: x}\n',
      /bad\.yaml:\d+: Nope\/x .*no matches for kind "Nope" in version "v1"/,
    ],
    ['what is no YAML', 'a: [1\nb: 2\n', /bad\.yaml:\d+/],
    [
      'an object without a name',
      'apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n',
      /bad\.yaml:\d+: ConfigMap.*metadata\.name/,
    ],
  ];
  test.each(bad)('%s is rejected with file, line, field and reason', (_, manifest, said) => {
    const before = k('get', 'application', 'guestbook', '-o', 'jsonpath={.status.commit}');
    copy.write('bad.yaml', manifest);
    // One good change beside it must not slip in.
    copy.write('good.yaml', configMap('good', {}));
    const { code, output } = copy.push('bad');
    copy.git('reset', '-q', '--hard', 'HEAD^');
    expect(output).toMatch(/rejected, nothing was changed/);
    expect(output).toMatch(said);
    expect(code).not.toBe(0);
    expect(k.fails('get', 'configmap', 'good')).toContain('NotFound');
    expect(k('get', 'application', 'guestbook', '-o', 'jsonpath={.status.commit}')).toBe(before);
  });

  test('several mistakes are named together', () => {
    copy.write('one.yaml', configMap('one', {}).replace('\ndata:', '\ndataa:'));
    copy.write('two.yaml', deployment('two').replace('replicas: 2', 'replicas: two'));
    const { output } = copy.push('bad twice');
    copy.git('reset', '-q', '--hard', 'HEAD^');
    expect(output).toMatch(/one\.yaml:5: ConfigMap\/one dataa/);
    expect(output).toMatch(/two\.yaml:8: Deployment\/two spec\.replicas/);
  });

  test('the plan says what nothing here runs', () => {
    copy.write(
      'ingress.yaml',
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n',
    );
    const { code, output } = copy.push('ingress');
    expect(code).toBe(0);
    expect(output).toContain(
      '! Ingress/web  no ingress controller runs here: it is stored, but no traffic follows it',
    );
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { configMap, deployment } from '../support/manifests.ts';
import { Output } from '../support/output.ts';

/** What people do less often than the other kubectl suites' subjects, so that every command has been run once. */
let gantry: Gantry;
let folder: string;
let k: Kubectl;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-surface-'));
  gantry = await startGantry('--nodes', 'simulated:1');
  const admin = gantry.kubectl();
  admin('create', 'namespace', 'surface');
  k = admin.with({ namespace: 'surface' });
  k.input([deployment('web', 1), configMap('settings', { a: '1' })].join('---'), 'apply', '-f', '-');
  k('rollout', 'status', 'deployment/web', '--timeout=50s');
  file('columns.txt', 'NAME DATA\n.metadata.name .data.a\n');
  file('template.txt', '{{.data.a}}');
  file('path.txt', '{.data.a}');
  mkdirSync(join(folder, 'kustom'));
  file('kustom/base.yaml', configMap('built', { a: '1' }));
  file(
    'kustom/kustomization.yaml',
    'namePrefix: k-\nlabels: [{pairs: {from: kustomize}}]\nresources: [base.yaml]\nconfigMapGenerator: [{name: made, literals: [x=y]}]\n',
  );
});
afterAll(async () => {
  await gantry?.purge();
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string): string => join(folder, name);
const file = (name: string, text: string): string => {
  writeFileSync(path(name), text);
  return path(name);
};
/** A command line split at spaces; `@name` is a file of the test's folder. */
const words = (line: string): string[] =>
  line.split(' ').map((word) => word.replace(/(^|=)@/, (_, before: string) => `${before}${folder}/`));

type Row = readonly [line: string, output: RegExp];
const READS: readonly Row[] = [
  ['get cm settings -o jsonpath-as-json={.data}', /^\[\s+\{\s+"a": "1"\s+\}\s+\]\n$/],
  ['get cm settings -o jsonpath-file=@path.txt', /^1$/],
  ['get cm settings -o go-template-file=@template.txt', /^1$/],
  ['get cm settings -o custom-columns-file=@columns.txt', /^NAME +DATA\nsettings +1\n$/],
  ['get cm settings --template={{.kind}}', /^ConfigMap$/],
  ['get cm settings -o kyaml', /^---\n\{\n {2}apiVersion: "v1",/],
  ['get cm settings --show-kind --no-headers', /^configmap\/settings +1 /],
  ['get cm nope --ignore-not-found', /^$/],
  ['get cm,deploy -o name', /^configmap\/kube-root-ca\.crt\nconfigmap\/settings\ndeployment\.apps\/web\n$/],
  ['get cm --chunk-size=0 -o name', /configmap\/settings/],
  ['get deploy web --subresource=status -o name', /^deployment\.apps\/web\n$/],
  ['get deploy web --subresource=scale -o jsonpath={.kind}{.spec.replicas}', /^Scale1$/],
  ['get deploy.v1.apps/web -o jsonpath={.apiVersion}', /^apps\/v1$/],
  ['get hpa.v1.autoscaling -A', /^$/],
  ['get --raw /apis/apps/v1/namespaces/surface/deployments?limit=1', /^\{"kind":"DeploymentList"/],
  ['get --raw /readyz?verbose', /\[\+\]ping ok\n[\s\S]*readyz check passed/],
  ['get --raw /version', /"gitVersion": "v1\.36/],
  ['get --raw /metrics', /apiserver_request_total\{/],
  ['api-resources --categories=all -o name', /^pods$/m],
  [
    'api-resources --api-group=batch --sort-by=name -o wide',
    /^cronjobs +cj +batch\/v1 +true +CronJob +create,delete,/m,
  ],
  ['api-versions', /^admissionregistration\.k8s\.io\/v1$/m],
  ['explain deploy.spec.strategy', /FIELD: strategy <DeploymentStrategy>/],
  [
    'explain customresourcedefinitions.spec.versions --output=plaintext-openapiv2',
    /RESOURCE: versions <\[\]Object>/,
  ],
  ['explain pods --recursive -o plaintext-openapiv2', /KIND: +Pod\n/],
  ['cluster-info dump --namespaces=surface', /"kind": "DeploymentList"/],
  ['events --types=Normal -o json', /"kind": "List"|"kind": "EventList"/],
  ['label deploy web --list', /^app=web\n$/],
  ['annotate deploy web --list', /deployment\.kubernetes\.io\/revision=1/],
  ['rollout history deploy/web -o jsonpath={.kind}', /^Deployment|^ReplicaSet/],
  ['auth can-i create pods', /^yes\n$/],
  ['auth can-i get pods --subresource=log', /^yes\n$/],
  ['auth can-i get /healthz --as=ann', /^yes\n$/],
  ['auth can-i list deployments.apps/web -A', /^yes\n$/],
  ['auth can-i --list --as=ann', /\[\/healthz\]/],
  ['auth whoami -o jsonpath={.status.userInfo.groups}', /"system:authenticated"/],
  ['kustomize @kustom', /name: k-built\n/],
  ['completion bash', /__start_kubectl/],
  ['config get-contexts -o name', /\S+\n/],
  ['options', /--as-group/],
  ['version', /Server Version: v1\.36/],
  ['get cm settings -o yaml --show-managed-fields', /manager: kubectl-client-side-apply/],
  ['run x --image=nginx --dry-run=client -o yaml', /kind: Pod/],
];

const WRITES: readonly Row[] = [
  ['create cm raw --from-literal=a=b --dry-run=server -o jsonpath={.metadata.uid}', /^[0-9a-f-]{36}$/],
  ['create --validate=warn -f @kustom/base.yaml', /^configmap\/built created\n$/],
  ['apply -k @kustom', /^configmap\/k-built created\nconfigmap\/k-made-\w+ created\n$/],
  ['apply -k @kustom --server-side --force-conflicts', /^configmap\/k-built serverside-applied\n/],
  ['delete -k @kustom --now', /configmap "k-built" deleted/],
  ['label cm --all checked=yes', /configmap\/settings labeled/],
  ['label cm settings checked=no --overwrite', /labeled/],
  ['annotate cm -l checked=no note=x --field-manager=me', /annotated/],
  ['set env deploy/web --from=cm/settings --prefix=S_', /env updated/],
  ['set env deploy/web S_A-', /env updated/],
  ['set image deploy/web *=nginx:1.28 --dry-run=server', /image updated \(server dry run\)/],
  ['set resources deploy/web -c=web --requests=cpu=20m', /resource requirements updated/],
  ['create role viewer --verb=get --resource=pods,pods/log --resource-name=x', /created/],
  ['create rolebinding viewer --role=viewer --user=ann', /created/],
  ['set subject rolebinding viewer --group=team --serviceaccount=surface:default', /subjects updated/],
  ['apply set-last-applied -f @settings.yaml --create-annotation', /configured/],
  ['apply view-last-applied cm/settings -o json', /"a": "1"/],
  ['scale deploy web --replicas=2 --current-replicas=1 --timeout=30s', /scaled/],
  ['autoscale deploy web --max=3 --memory=70% --name=auto', /autoscaled/],
  ['expose deploy web --name=node --type=NodePort --port=80', /service\/node exposed/],
  ['create service clusterip headless --clusterip=None', /created/],
  ['create ingress in --class=c --rule=a.example/p*=web:80,tls=cert --annotation=x=y', /created/],
  ['create secret tls pair --cert=@tls.crt --key=@tls.key', /secret\/pair created/],
  ['create quota limited --hard=pods=50 --scopes=NotTerminating', /created/],
  ['create clusterrole surface-all --aggregation-rule=surface=yes', /created/],
  ['create token default --audience=other --duration=700s', /^[\w-]+\.[\w-]+\.[\w-]+$/],
  ['delete pods --field-selector=status.phase=Failed', /No resources found|^$/],
  ['delete cm built --wait=false --grace-period=1', /deleted/],
];

test.each(READS)('kubectl %s', (line, output) => {
  expect(k(...words(line))).toMatch(output);
});

test('what writes, each command by what it answers', () => {
  file('settings.yaml', configMap('settings', { a: '1' }));
  execFileSync(
    'openssl',
    [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=x'.split(' '),
      ...['-keyout', path('tls.key'), '-out', path('tls.crt')],
    ],
    { stdio: 'ignore' },
  );
  for (const [line, output] of WRITES) expect(k(...words(line)), line).toMatch(output);
});

test.each([
  ['get configmaps -n surface s', /^settings\n:4\n$/],
  ['get dep', /^deployments\.apps\n/],
  ['logs -n surface deployment/', /^deployment\/web\n/],
  ['get pods -n sur', /^surface\n/],
])('completes %s', (line, output) => {
  expect(gantry.kubectl()('__complete', ...words(line))).toMatch(output);
});

test('objects by raw paths', () => {
  const url = '/api/v1/namespaces/surface/configmaps';
  const made = file(
    'raw.json',
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'raw' } }),
  );
  expect(k('create', '--raw', url, '-f', made)).toContain('"name":"raw"');
  expect(k('replace', '--raw', `${url}/raw`, '-f', made)).toContain('"resourceVersion"');
  expect(k('delete', '--raw', `${url}/raw`)).toContain('"status":"Success"');
});

test('status by its subresource, with every writing command', () => {
  const ip = () => k('get', 'svc', 'lb', '-o', 'jsonpath={.status.loadBalancer.ingress[*].ip}');
  const status = (address: string) => `{"status":{"loadBalancer":{"ingress":[{"ip":"${address}"}]}}}`;
  k('create', 'service', 'loadbalancer', 'lb', '--tcp=80');
  k('patch', 'svc', 'lb', '-p', status('192.0.2.1'));
  expect(ip()).toBe('');
  k('patch', 'svc', 'lb', '--subresource=status', '-p', status('192.0.2.2'));
  expect(ip()).toBe('192.0.2.2');
  const editor = { KUBE_EDITOR: "sed -i 's/192.0.2.2/192.0.2.3/'" };
  k.with({ env: editor })('edit', 'svc', 'lb', '--subresource=status');
  expect(ip()).toBe('192.0.2.3');
  const applied = `{"apiVersion":"v1","kind":"Service","metadata":{"name":"lb"},${status('192.0.2.4').slice(1)}`;
  k.input(applied, 'apply', '-f', '-', '--server-side', '--subresource=status', '--force-conflicts');
  expect(ip()).toBe('192.0.2.4');
  file('lb.json', k('get', 'svc', 'lb', '-o', 'json').replace('192.0.2.4', '192.0.2.5'));
  k('replace', '-f', path('lb.json'), '--subresource=status');
  expect(ip()).toBe('192.0.2.5');
});

test('edit of the last applied configuration', () => {
  const edited = k.with({ env: { KUBE_EDITOR: `sed -i 's/"a": "1"/"a": "9"/;s/a: "1"/a: "9"/'` } });
  expect(edited('apply', 'edit-last-applied', 'configmap/settings')).toContain('edited');
  expect(k('apply', 'view-last-applied', 'configmap/settings')).toContain('a: "9"');
});

test('a set of objects that prunes by its own record', () => {
  const set = k.with({ env: { KUBECTL_APPLYSET: 'true' } });
  const args = ['apply', '-f', '-', '--prune', '--applyset=surface-set'];
  set.input([configMap('keep', {}), configMap('leave', {})].join('---'), ...args);
  expect(set.input(configMap('keep', {}), ...args)).toContain('configmap/leave pruned');
  expect(k('get', 'secret', 'surface-set', '-o', 'jsonpath={.metadata.labels}')).toContain('applyset');
});

test('certificates: asked for, approved and used; denied', async () => {
  const request = (name: string, user: string): string => {
    const key = path(`${name}.key`);
    const args = `req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${user}`.split(' ');
    const pem = execFileSync('openssl', [...args, '-keyout', key], { stdio: ['ignore', 'pipe', 'ignore'] });
    return JSON.stringify({
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name },
      spec: {
        request: pem.toString('base64'),
        signerName: 'kubernetes.io/kube-apiserver-client',
        usages: ['client auth'],
      },
    });
  };
  k.input(request('ann', 'ann'), 'create', '-f', '-');
  k.input(request('bob', 'bob'), 'create', '-f', '-');
  expect(k('get', 'csr', 'ann')).toMatch(
    /^ann +\S+ +kubernetes\.io\/kube-apiserver-client +admin +<none> +Pending/m,
  );
  expect(k('certificate', 'deny', 'bob')).toBe('certificatesigningrequest.certificates.k8s.io/bob denied\n');
  expect(k('get', 'csr', 'bob')).toMatch(/Denied/);
  expect(k('certificate', 'approve', 'ann')).toBe(
    'certificatesigningrequest.certificates.k8s.io/ann approved\n',
  );
  const signed = () => k('get', 'csr', 'ann', '-o', 'jsonpath={.status.certificate}');
  await eventually(() => expect(signed()).not.toBe(''));
  const certificate = file('ann.crt', Buffer.from(signed(), 'base64').toString());
  const credentials = [`--client-certificate=${certificate}`, `--client-key=${path('ann.key')}`];
  const server = [`--server=${gantry.status.apiUrl}`, `--certificate-authority=${gantry.status.ca}`];
  const ann = k.with({ env: { KUBECONFIG: '/dev/null' } });
  expect(ann(...server, ...credentials, 'auth', 'whoami')).toMatch(/Username +ann/);
});

test('roles are reconciled, not replaced', () => {
  const role = (verbs: string) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: grown, namespace: surface}\nrules: [{apiGroups: [""], resources: [pods], verbs: [${verbs}]}]\n`;
  expect(k.input(role('get'), 'auth', 'reconcile', '-f', '-')).toContain('reconciled');
  k.input(role('list'), 'auth', 'reconcile', '-f', '-');
  expect(k('get', 'role', 'grown', '-o', 'jsonpath={.rules[*].verbs[*]}')).toBe('get list');
  k.input(role('list'), 'auth', 'reconcile', '-f', '-', '--remove-extra-permissions');
  expect(k('get', 'role', 'grown', '-o', 'jsonpath={.rules[*].verbs[*]}')).toBe('list');
});

test('proxy serves the API on a plain port, and refuses what it filters', async () => {
  const proxy = new Output(k.start('proxy', '--port=0', '--reject-methods=DELETE'));
  const [, port] = await proxy.until(/Starting to serve on 127\.0\.0\.1:(\d+)/);
  const url = `http://127.0.0.1:${port}/api/v1/namespaces/surface/configmaps/settings`;
  expect(await (await fetch(url)).json()).toMatchObject({ kind: 'ConfigMap' });
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
  proxy.kill();
});

test('debug: a copy of a pod, and a pod on a node', async () => {
  const pod = k('get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[0].metadata.name}');
  k('debug', pod, '--copy-to=copied', '--image=busybox', '--share-processes', '--', 'true');
  expect(k('get', 'pod', 'copied', '-o', 'jsonpath={.spec.shareProcessNamespace}')).toBe('true');
  expect(k('debug', 'node/sim-0', '--image=busybox', '--', 'true')).toMatch(
    /Creating debugging pod node-debugger-sim-0/,
  );
});

describe('rollouts of the other kinds', () => {
  test.each(['daemonset', 'statefulset'])('%s: status, history, undo, restart', async (kind) => {
    const name = kind.slice(0, 3);
    const template = (image: string) =>
      `selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, image: "${image}"}]}}`;
    const text = `apiVersion: apps/v1\nkind: ${kind === 'daemonset' ? 'DaemonSet' : 'StatefulSet'}\nmetadata: {name: ${name}}\nspec: {${template('nginx:1.25')}}\n`;
    k.input(text, 'apply', '-f', '-');
    const target = `${kind}/${name}`;
    k('rollout', 'status', target, '--timeout=50s');
    k('set', 'image', target, 'c=nginx:1.26');
    k('rollout', 'status', target, '--timeout=50s');
    await eventually(() => expect(k('rollout', 'history', target)).toMatch(/^2 +<none>/m));
    expect(k('rollout', 'undo', target, '--to-revision=1')).toContain('rolled back');
    await eventually(() => expect(k('get', target, '-o', 'jsonpath={..image}')).toBe('nginx:1.25'));
    expect(k('rollout', 'restart', target)).toContain('restarted');
    k('rollout', 'status', target, '--timeout=50s');
    k('delete', target, '--timeout=50s');
  });
});

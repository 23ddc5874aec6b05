import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gantry, startGantry } from '../support/gantry.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { configMap, deployment, service } from '../support/manifests.ts';

let gantry: Gantry;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-write-'));
  gantry = await startGantry('--nodes', 'simulated:1');
});
afterAll(async () => {
  await gantry?.purge();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['1.32', '1.36'] as const)('kubectl %s writes', (version) => {
  let k: Kubectl;
  beforeAll(() => {
    const namespace = `write-${version.replace('.', '-')}`;
    gantry.kubectl()('create', 'namespace', namespace);
    k = gantry.kubectl(version).with({ namespace });
  });
  const apply = (text: string, ...args: string[]) => k.input(text, 'apply', '-f', '-', ...args);

  test('client-side apply creates, leaves alone, changes and removes fields', () => {
    expect(apply(configMap('one', { a: '1', b: '2' }))).toBe('configmap/one created\n');
    expect(apply(configMap('one', { a: '1', b: '2' }))).toBe('configmap/one unchanged\n');
    k('patch', 'configmap', 'one', '-p', '{"data":{"foreign":"kept"}}');
    expect(apply(configMap('one', { a: '3' }))).toBe('configmap/one configured\n');
    expect(JSON.parse(k('get', 'configmap', 'one', '-o', 'jsonpath={.data}'))).toEqual({
      a: '3',
      foreign: 'kept',
    });
    expect(apply(deployment('app'))).toBe('deployment.apps/app created\n');
    expect(apply(deployment('app'))).toBe('deployment.apps/app unchanged\n');
    expect(k('apply', 'view-last-applied', 'deployment/app')).toContain('image: nginx:1.25');
  });

  test('server-side apply: owners, conflicts, and force', () => {
    const text = configMap('owned', { a: '1' });
    expect(apply(text, '--server-side')).toBe('configmap/owned serverside-applied\n');
    const revision = k('get', 'cm', 'owned', '-o', 'jsonpath={.metadata.resourceVersion}');
    expect(apply(text, '--server-side')).toBe('configmap/owned serverside-applied\n');
    expect(k('get', 'cm', 'owned', '-o', 'jsonpath={.metadata.resourceVersion}')).toBe(revision);
    const other = ['apply', '-f', '-', '--server-side', '--field-manager=other'];
    const conflict = k.try(other, configMap('owned', { a: '2' }));
    expect(conflict.code).toBe(1);
    expect(conflict.stderr).toContain('Apply failed with 1 conflict: conflict with "kubectl": .data.a');
    expect(k.try([...other, '--force-conflicts'], configMap('owned', { a: '2' })).code).toBe(0);
    expect(k('get', 'cm', 'owned', '-o', 'jsonpath={.data.a}')).toBe('2');
    apply(configMap('owned', {}), '--server-side', '--force-conflicts');
    expect(k('get', 'cm', 'owned', '-o', 'jsonpath={.data.a}')).toBe('2');
  });

  test('what repeats an apply changes nothing, whatever was defaulted', () => {
    const text = `
apiVersion: batch/v1
kind: Job
metadata: {name: idle}
spec:
  template:
    metadata: {labels: {part: idle}}
    spec:
      restartPolicy: Never
      containers:
        - name: idle
          image: busybox
          env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: plain}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: plain, image: busybox}]}}}
---
apiVersion: v1
kind: Secret
metadata: {name: idle}
stringData: {key: value}
---
${deployment('idle')}
---
${service('idle')}`;
    apply(text, '--server-side');
    k('rollout', 'status', 'deployment/idle', '--timeout=50s');
    k('wait', '--for=condition=complete', 'job/idle', 'job/plain', '--timeout=50s');
    // The original's defaults see the generated labels when a Job is read.
    expect(k('get', 'job', 'plain', '-o', 'jsonpath={.metadata.labels.job-name}')).toBe('plain');
    const generations = () =>
      k(
        'get',
        'deployment,job,secret,service',
        '-o',
        'jsonpath={range .items[*]}{.kind} {.metadata.generation} {.metadata.managedFields[0].time}{"\\n"}{end}',
      );
    const versions = () =>
      k('get', 'job,secret,service', '-o', 'jsonpath={.items[*].metadata.resourceVersion}');
    const [before, revisions] = [generations(), versions()];
    apply(text, '--server-side');
    expect(generations()).toBe(before);
    expect(versions()).toBe(revisions);
  });

  test('dry runs and diffs show, and change nothing', () => {
    apply(configMap('dry', { a: '1' }));
    const changed = join(folder, 'dry.yaml');
    writeFileSync(changed, configMap('dry', { a: '2' }));
    expect(k('apply', '-f', changed, '--dry-run=server')).toBe('configmap/dry configured (server dry run)\n');
    expect(k('create', 'configmap', 'never', '--dry-run=server', '-o', 'name')).toBe('configmap/never\n');
    expect(k.fails('get', 'configmap', 'never')).toContain('NotFound');
    const diff = k.try(['diff', '-f', changed]);
    expect(diff.code).toBe(1);
    expect(diff.stdout).toMatch(/^- {2}a: "1"\n\+ {2}a: "2"$/m);
    expect(k.try(['diff', '--server-side', '-f', changed, '--force-conflicts']).code).toBe(1);
    expect(k('get', 'configmap', 'dry', '-o', 'jsonpath={.data.a}')).toBe('1');
    expect(k('delete', 'configmap', 'dry', '--dry-run=server')).toContain('configmap "dry" deleted');
    expect(k('get', 'configmap', 'dry', '-o', 'name')).toBe('configmap/dry\n');
  });

  test('apply --prune removes what left the set', () => {
    const labelled = (name: string) => configMap(name, {}).replace('{name:', '{labels: {set: p}, name:');
    apply(`${labelled('keep')}---${labelled('drop')}`, '-l', 'set=p');
    const pruned = apply(labelled('keep'), '--prune', '-l', 'set=p', '--prune-allowlist=core/v1/ConfigMap');
    expect(pruned).toMatch(/configmap\/drop pruned/);
    expect(k('get', 'configmap', '-l', 'set=p', '-o', 'name')).toBe('configmap/keep\n');
  });

  test('every generator of create', () => {
    const created = (...args: string[]) => k('create', '-o', 'name', ...args).trim();
    writeFileSync(join(folder, 'settings.txt'), 'colour=red\n');
    expect(created('deployment', 'made', '--image=nginx', '--replicas=0')).toBe('deployment.apps/made');
    expect(created('service', 'clusterip', 'cip', '--tcp=80:8080')).toBe('service/cip');
    expect(created('service', 'nodeport', 'np', '--tcp=80')).toBe('service/np');
    expect(created('service', 'externalname', 'en', '--external-name=example.com')).toBe('service/en');
    expect(created('service', 'loadbalancer', 'lb', '--tcp=80')).toBe('service/lb');
    expect(created('configmap', 'cm', `--from-file=${folder}/settings.txt`, '--from-literal=x=y')).toBe(
      'configmap/cm',
    );
    expect(created('secret', 'generic', 'sec', '--from-literal=k=v')).toBe('secret/sec');
    expect(
      created(
        'secret',
        'docker-registry',
        'reg',
        '--docker-server=r',
        '--docker-username=u',
        '--docker-password=p',
      ),
    ).toBe('secret/reg');
    expect(created('serviceaccount', 'sa')).toBe('serviceaccount/sa');
    expect(created('job', 'job', '--image=busybox', '--', 'true')).toBe('job.batch/job');
    expect(created('cronjob', 'cron', '--image=busybox', '--schedule=0 0 1 1 *')).toBe('cronjob.batch/cron');
    expect(created('job', 'from-cron', '--from=cronjob/cron')).toBe('job.batch/from-cron');
    expect(created('role', 'r', '--verb=get,list', '--resource=pods,deployments.apps')).toBe(
      'role.rbac.authorization.k8s.io/r',
    );
    expect(created('rolebinding', 'rb', '--role=r', '--serviceaccount=default:default')).toBe(
      'rolebinding.rbac.authorization.k8s.io/rb',
    );
    expect(created('clusterrole', `cr-${version}`, '--verb=get', '--resource=nodes')).toBe(
      `clusterrole.rbac.authorization.k8s.io/cr-${version}`,
    );
    expect(created('clusterrolebinding', `crb-${version}`, '--clusterrole=view', '--user=x')).toBe(
      `clusterrolebinding.rbac.authorization.k8s.io/crb-${version}`,
    );
    expect(created('quota', 'q', '--hard=configmaps=100')).toBe('resourcequota/q');
    expect(created('poddisruptionbudget', 'pdb', '--selector=app=x', '--min-available=1')).toBe(
      'poddisruptionbudget.policy/pdb',
    );
    expect(created('priorityclass', `pc-${version.replace('.', '-')}`, '--value=5')).toContain(
      'priorityclass.scheduling.k8s.io/pc-',
    );
    expect(created('ingress', 'ing', '--rule=a.example/=made:80')).toBe('ingress.networking.k8s.io/ing');
    expect(k('get', 'configmap', 'cm', '-o', 'jsonpath={.data.settings\\.txt}')).toBe('colour=red\n');
    expect(k('get', 'secret', 'sec', '-o', 'jsonpath={.data.k}')).toBe('dg==');
    expect(k('get', 'service', 'np', '-o', 'jsonpath={.spec.ports[0].nodePort}')).toMatch(/^3[0-2]\d{3}$/);
    expect(k.fails('create', 'configmap', 'cm')).toBe(
      'error: failed to create configmap: configmaps "cm" already exists\n',
    );
  });

  test('edit, with any editor', () => {
    apply(configMap('edited', { a: '1' }));
    const editor = { KUBE_EDITOR: `sed -i 's/a: "1"/a: "edited"/'` };
    expect(k.with({ env: editor })('edit', 'configmap', 'edited')).toBe('configmap/edited edited\n');
    expect(k('get', 'configmap', 'edited', '-o', 'jsonpath={.data.a}')).toBe('edited');
    expect(k.with({ env: { KUBE_EDITOR: 'true' } }).try(['edit', 'configmap', 'edited']).stderr).toContain(
      'Edit cancelled, no changes made.',
    );
  });

  test('patch: strategic, merge, JSON, and subresources', () => {
    const get = (path: string) => k('get', 'deployment', 'app', '-o', `jsonpath={${path}}`);
    k(
      'patch',
      'deployment',
      'app',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}}',
    );
    expect(get('.spec.template.spec.containers[*].name').split(' ').sort()).toEqual(['app', 'side']);
    k(
      'patch',
      'deployment',
      'app',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"side","$patch":"delete"}]}}}}',
    );
    expect(get('.spec.template.spec.containers[*].name')).toBe('app');
    k('patch', 'deployment', 'app', '--type=merge', '-p', '{"metadata":{"annotations":{"x":"y"}}}');
    expect(get('.metadata.annotations.x')).toBe('y');
    k(
      'patch',
      'deployment',
      'app',
      '--type=json',
      '-p',
      '[{"op":"test","path":"/metadata/annotations/x","value":"y"},{"op":"remove","path":"/metadata/annotations/x"}]',
    );
    expect(get('.metadata.annotations.x')).toBe('');
    expect(
      k.fails(
        'patch',
        'deployment',
        'app',
        '--type=json',
        '-p',
        '[{"op":"remove","path":"/metadata/annotations/x"}]',
      ),
    ).toContain('the server rejected our request due to an error in our request');
    k('patch', 'deployment', 'app', '--subresource=scale', '--type=merge', '-p', '{"spec":{"replicas":1}}');
    expect(get('.spec.replicas')).toBe('1');
    k('create', 'service', 'loadbalancer', 'status', '--tcp=80');
    k(
      'patch',
      'service',
      'status',
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}}',
    );
    expect(k('get', 'service', 'status')).toContain('192.0.2.1');
    expect(k('patch', 'deployment', 'app', '-p', '{"spec":{"replicas":1}}')).toBe(
      'deployment.apps/app patched (no change)\n',
    );
  });

  test('label, annotate, set, expose and replace', () => {
    expect(k('label', 'deployment', 'app', 'tier=front')).toBe('deployment.apps/app labeled\n');
    expect(k.fails('label', 'deployment', 'app', 'tier=back')).toContain(
      "'tier' already has a value (front), and --overwrite is false",
    );
    expect(k('label', 'deployment', 'app', 'tier-')).toBe('deployment.apps/app unlabeled\n');
    expect(k.fails('label', 'deployment', 'app', 'bad=a b')).toContain(
      'a valid label must be an empty string or consist of alphanumeric characters',
    );
    expect(k('annotate', 'deployment', 'app', 'note=hi')).toBe('deployment.apps/app annotated\n');
    expect(k('set', 'image', 'deployment/app', 'app=nginx:1.27')).toBe('deployment.apps/app image updated\n');
    expect(k('set', 'env', 'deployment/app', 'A=b')).toBe('deployment.apps/app env updated\n');
    expect(k('set', 'env', 'deployment/app', '--list')).toContain('A=b');
    expect(k('set', 'resources', 'deployment/app', '--limits=cpu=100m,memory=64Mi')).toBe(
      'deployment.apps/app resource requirements updated\n',
    );
    expect(k('set', 'serviceaccount', 'deployment/app', 'default')).toBe(
      'deployment.apps/app serviceaccount updated\n',
    );
    expect(k('expose', 'deployment', 'app', '--port=80', '--target-port=http')).toBe('service/app exposed\n');
    expect(k('set', 'selector', 'service', 'app', 'app=other')).toBe('service/app selector updated\n');
    const file = join(folder, `replace-${version}.yaml`);
    writeFileSync(file, configMap('replaced', { a: '1' }));
    expect(k.fails('replace', '-f', file)).toContain('configmaps "replaced" not found');
    k('create', '-f', file);
    writeFileSync(file, configMap('replaced', { b: '2' }));
    expect(k('replace', '-f', file)).toBe('configmap/replaced replaced\n');
    expect(k('get', 'configmap', 'replaced', '-o', 'jsonpath={.data}')).toBe('{"b":"2"}');
    expect(k('replace', '--force', '-f', file)).toMatch(
      /configmap "replaced" deleted.*\nconfigmap\/replaced replaced\n/,
    );
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { configMap, deployment } from '../support/manifests.ts';
import { Output } from '../support/output.ts';

let gantry: Gantry;
beforeAll(async () => {
  gantry = await startGantry('--nodes', 'simulated:2');
});
afterAll(() => gantry?.purge());

describe.each(['1.32', '1.36'] as const)('kubectl %s runs workloads', (version) => {
  const namespace = `run-${version.replace('.', '-')}`;
  let k: Kubectl;
  beforeAll(() => {
    gantry.kubectl()('create', 'namespace', namespace);
    k = gantry.kubectl(version).with({ namespace });
    k.input(deployment('app'), 'apply', '-f', '-');
    k('rollout', 'status', 'deployment/app', '--timeout=50s');
  });
  const pods = () => k('get', 'pods', '-l', 'app=app', '-o', 'name').trim().split('\n').filter(Boolean);

  test('rollout: image, history, undo, pause, resume, restart', async () => {
    k('set', 'image', 'deployment/app', 'app=nginx:1.26');
    k('annotate', 'deployment/app', 'kubernetes.io/change-cause=to 1.26');
    expect(k('rollout', 'status', 'deployment/app', '--timeout=50s')).toContain(
      'deployment "app" successfully rolled out',
    );
    await eventually(() =>
      expect(k('rollout', 'history', 'deployment/app')).toMatch(/^1 +<none>\n2 +to 1\.26$/m),
    );
    expect(k('rollout', 'history', 'deployment/app', '--revision=1')).toContain('nginx:1.25');
    expect(k('rollout', 'undo', 'deployment/app')).toBe('deployment.apps/app rolled back\n');
    k('rollout', 'status', 'deployment/app', '--timeout=50s');
    expect(k('get', 'deployment', 'app', '-o', 'jsonpath={.spec.template.spec.containers[0].image}')).toBe(
      'nginx:1.25',
    );
    expect(k('rollout', 'pause', 'deployment/app')).toBe('deployment.apps/app paused\n');
    k('set', 'image', 'deployment/app', 'app=nginx:1.27');
    expect(k.fails('rollout', 'restart', 'deployment/app')).toContain(
      "can't restart paused deployment (run rollout resume first)",
    );
    expect(k('rollout', 'resume', 'deployment/app')).toBe('deployment.apps/app resumed\n');
    k('rollout', 'status', 'deployment/app', '--timeout=50s');
    const before = pods();
    expect(k('rollout', 'restart', 'deployment/app')).toBe('deployment.apps/app restarted\n');
    k('rollout', 'status', 'deployment/app', '--timeout=50s');
    await eventually(() => expect(pods().filter((pod) => before.includes(pod))).toEqual([]));
    expect(pods()).toHaveLength(2);
  });

  test('scale and autoscale', async () => {
    expect(k('scale', 'deployment/app', '--replicas=4')).toBe('deployment.apps/app scaled\n');
    k('wait', '--for=jsonpath={.status.readyReplicas}=4', 'deployment/app', '--timeout=50s');
    expect(k.fails('scale', 'deployment/app', '--current-replicas=9', '--replicas=1')).toContain(
      'Expected replicas to be 9, was 4',
    );
    k('scale', 'deployment/app', '--replicas=2');
    await eventually(() => expect(pods()).toHaveLength(2));
    expect(
      k(
        'autoscale',
        'deployment',
        'app',
        '--min=1',
        '--max=5',
        version === '1.36' ? '--cpu=50%' : '--cpu-percent=50',
      ),
    ).toBe('horizontalpodautoscaler.autoscaling/app autoscaled\n');
    expect(k('get', 'hpa', 'app')).toMatch(/^app +Deployment\/app +cpu: <unknown>\/50% +1 +5 /m);
    k('delete', 'hpa', 'app');
  });

  test('wait: conditions, paths, deletion, and in vain', async () => {
    expect(k('wait', '--for=condition=Available', 'deployment/app', '--timeout=30s')).toBe(
      'deployment.apps/app condition met\n',
    );
    expect(
      k('wait', '--for=jsonpath={.status.phase}=Running', 'pods', '-l', 'app=app', '--timeout=30s'),
    ).toMatch(/condition met/);
    expect(k.fails('wait', '--for=condition=Nope', 'deployment/app', '--timeout=1s')).toContain(
      'timed out waiting for the condition on deployments/app',
    );
    k('create', 'configmap', 'going');
    const waiting = new Output(k.start('wait', '--for=delete', 'configmap/going', '--timeout=30s'));
    k('delete', 'configmap', 'going');
    expect(await waiting.ended()).toBe(0);
    if (version === '1.36') {
      const created = new Output(k.start('wait', '--for=create', 'configmap/coming', '--timeout=30s'));
      k('create', 'configmap', 'coming');
      expect(await created.ended()).toBe(0);
    }
  });

  test('a Job and a CronJob', () => {
    k('create', 'job', 'once', '--image=busybox', '--', 'true');
    k('wait', '--for=condition=Complete', 'job/once', '--timeout=50s');
    expect(k('get', 'job', 'once')).toMatch(/^once +Complete +1\/1/m);
    k('create', 'cronjob', 'nightly', '--image=busybox', '--schedule=0 3 * * *', '--', 'true');
    expect(k('get', 'cronjob')).toMatch(/^nightly +0 3 \* \* \* +<none> +False +0 +<none>/m);
    k('create', 'job', 'tonight', '--from=cronjob/nightly');
    k('wait', '--for=condition=Complete', 'job/tonight', '--timeout=50s');
    expect(k.try(['create', 'cronjob', 'bad', '--image=busybox', '--schedule=often']).stderr).toContain(
      'spec.schedule: Invalid value: "often"',
    );
    k('delete', 'job,cronjob', '--all', '--timeout=50s');
  });

  test('delete: background, orphan, foreground, force, by label, all', async () => {
    const replicaSet = k('get', 'replicasets', '-o', 'name', '-l', 'app=app').trim().split('\n');
    k('delete', 'deployment', 'app', '--cascade=orphan');
    expect(k('get', 'replicasets', '-o', 'name', '-l', 'app=app').trim().split('\n').sort()).toEqual(
      replicaSet.sort(),
    );
    await eventually(() =>
      expect(k('get', 'replicasets', '-o', 'jsonpath={.items[*].metadata.ownerReferences}')).toBe(''),
    );
    k.input(deployment('app'), 'apply', '-f', '-');
    k('rollout', 'status', 'deployment/app', '--timeout=50s');
    k('delete', 'deployment', 'app', '--cascade=foreground', '--timeout=50s');
    expect(pods().length).toBeLessThanOrEqual(2);
    k('delete', 'replicasets', '--all', '--timeout=50s');
    await eventually(() => expect(pods()).toEqual([]));
    k('run', 'stuck', '--image=busybox', '--overrides={"spec":{"nodeName":"no-such-node"}}');
    expect(k.try(['delete', 'pod', 'stuck', '--force', '--grace-period=0']).stdout).toMatch(
      /pod "stuck" force deleted/,
    );
    for (const name of ['one', 'two'])
      k.input(configMap(name, {}).replace('{name:', '{labels: {set: d}, name:'), 'create', '-f', '-');
    expect(k('delete', 'configmap', '-l', 'set=d')).toMatch(
      /configmap "one" deleted.*\nconfigmap "two" deleted/,
    );
    expect(k('delete', 'configmap', 'nope', '--ignore-not-found')).toBe('');
    expect(k.fails('delete', 'configmap', 'nope')).toContain('configmaps "nope" not found');
  });

  test('cordon, drain, taint and uncordon move pods', async () => {
    k.input(deployment('move', 4), 'apply', '-f', '-');
    k('rollout', 'status', 'deployment/move', '--timeout=50s');
    expect(k('cordon', 'sim-0')).toBe('node/sim-0 cordoned\n');
    expect(k('get', 'nodes')).toMatch(/^sim-0 +Ready,SchedulingDisabled/m);
    expect(
      k('drain', 'sim-0', '--ignore-daemonsets', '--delete-emptydir-data', '--force', '--timeout=50s'),
    ).toContain('node/sim-0 drained');
    const nodes = () => k('get', 'pods', '-l', 'app=move', '-o', 'jsonpath={.items[*].spec.nodeName}');
    await eventually(() => expect(nodes()).toBe('sim-1 sim-1 sim-1 sim-1'));
    expect(k('uncordon', 'sim-0')).toBe('node/sim-0 uncordoned\n');
    expect(k('taint', 'nodes', 'sim-1', 'broken=true:NoExecute')).toBe('node/sim-1 tainted\n');
    await eventually(() => expect(nodes()).toBe('sim-0 sim-0 sim-0 sim-0'));
    expect(k('taint', 'nodes', 'sim-1', 'broken-')).toBe('node/sim-1 untainted\n');
    k('delete', 'deployment', 'move', '--timeout=50s');
  });

  test('a disruption budget holds a drain back, and says so', async () => {
    k.input(deployment('guarded', 1), 'apply', '-f', '-');
    k('create', 'poddisruptionbudget', 'guarded', '--selector=app=guarded', '--min-available=1');
    k('rollout', 'status', 'deployment/guarded', '--timeout=50s');
    const node = k('get', 'pods', '-l', 'app=guarded', '-o', 'jsonpath={.items[0].spec.nodeName}');
    const drained = k.try([
      'drain',
      node,
      '--ignore-daemonsets',
      '--force',
      '--timeout=3s',
      '--pod-selector=app=guarded',
    ]);
    k('uncordon', node);
    expect(drained.code).toBe(1);
    expect(drained.stderr).toContain("Cannot evict pod as it would violate the pod's disruption budget.");
    k('delete', 'deployment,pdb', 'guarded', '--timeout=50s');
  });

  test('run, and a namespace that takes all it holds with it', () => {
    expect(k('run', 'alone', '--image=nginx', '--labels=a=b', '--env=X=y', '--port=80', '--expose')).toBe(
      'service/alone created\npod/alone created\n',
    );
    k('wait', '--for=condition=Ready', 'pod/alone', '--timeout=30s');
    k('delete', 'namespace', namespace, '--timeout=50s');
    expect(k.fails('get', 'namespace', namespace)).toContain('NotFound');
    expect(k.try(['get', 'pods']).stderr).toContain('No resources found');
    expect(k.fails('create', 'configmap', 'x')).toContain(`namespaces "${namespace}" not found`);
  });
});

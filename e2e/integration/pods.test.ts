import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { canRunContainers } from '../support/machine.ts';
import { configMap } from '../support/manifests.ts';

/** Metadata and the containers' common part are short, so that each test shows what it is about. */
const pod = (name: string, spec: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  terminationGracePeriodSeconds: 1
${spec.replaceAll(/^/gm, '  ')}
`;

describe.runIf(canRunContainers)('pods on a real node', () => {
  let gantry: Gantry;
  let k: Kubectl;
  beforeAll(async () => {
    gantry = await startGantry();
    k = gantry.kubectl();
  });
  afterAll(() => gantry?.purge());
  const create = (text: string) => k.input(text, 'create', '-f', '-');
  const field = (name: string, path: string) => k('get', 'pod', name, '-o', `jsonpath={${path}}`);
  const ready = (name: string) => k('wait', '--for=condition=Ready', `pod/${name}`, '--timeout=40s');

  test('a liveness probe that fails restarts; one that fails at readiness only takes out of service', async () => {
    create(
      pod(
        'sick',
        `containers:
  - name: live
    image: busybox:1.35
    command: [sh, -c, "touch /tmp/ok; sleep 3600"]
    livenessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 1, failureThreshold: 1}
  - name: web
    image: busybox:1.35
    command: [sh, -c, "mkdir /srv; echo ok > /srv/ready; httpd -f -p 8080 -h /srv"]
    readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1, failureThreshold: 1}`,
      ),
    );
    k('expose', 'pod', 'sick', '--port=80', '--target-port=8080');
    ready('sick');
    const addresses = () =>
      k(
        'get',
        'endpointslices',
        '-l',
        'kubernetes.io/service-name=sick',
        '-o',
        'jsonpath={.items[0].endpoints[0].conditions.ready}',
      );
    await eventually(() => expect(addresses()).toBe('true'));
    k('exec', 'sick', '-c', 'web', '--', 'rm', '/srv/ready');
    await eventually(() => expect(addresses()).toBe('false'));
    k('exec', 'sick', '-c', 'live', '--', 'rm', '/tmp/ok');
    await eventually(() =>
      expect(field('sick', '.status.containerStatuses[?(@.name=="live")].restartCount')).toBe('1'),
    );
    expect(field('sick', '.status.containerStatuses[?(@.name=="web")].restartCount')).toBe('0');
    await eventually(() => {
      const events = k('events', '--for', 'pod/sick');
      expect(events).toMatch(/Warning +Unhealthy .*Liveness probe failed: cat: can't open '\/tmp\/ok'/);
      expect(events).toMatch(
        /Warning +Unhealthy .*Readiness probe failed: HTTP probe failed with statuscode: 404/,
      );
      expect(events).toMatch(/Normal +Killing .*Container live failed liveness probe, will be restarted/);
    });
  });

  test('init containers, a sidecar, and the hooks run in order', async () => {
    create(
      pod(
        'ordered',
        `restartPolicy: Never
volumes: [{name: log, emptyDir: {}}]
initContainers:
  - {name: first, image: "busybox:1.35", command: [sh, -c, "echo first >> /log/log"], volumeMounts: [{name: log, mountPath: /log}]}
  - {name: sidecar, image: "busybox:1.35", restartPolicy: Always, command: [sh, -c, "echo sidecar >> /log/log; sleep 3600"], volumeMounts: [{name: log, mountPath: /log}]}
containers:
  - name: main
    image: busybox:1.35
    command: [sh, -c, "sleep 1; echo main >> /log/log; cat /log/log"]
    volumeMounts: [{name: log, mountPath: /log}]`,
      ),
    );
    k('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/ordered', '--timeout=40s');
    expect(k('logs', 'ordered', '-c', 'main')).toBe('first\nsidecar\nmain\n');
  });

  test('a Job runs to completion, retries, and gives up', () => {
    k('create', 'job', 'works', '--image=busybox:1.35', '--', 'sh', '-c', 'echo $((6*7))');
    k('wait', '--for=condition=Complete', 'job/works', '--timeout=40s');
    expect(k('logs', 'job/works')).toBe('42\n');
    k.input(
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: fails}\nspec:\n  backoffLimit: 0\n  template: {spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.35", command: ["false"]}]}}\n',
      'create',
      '-f',
      '-',
    );
    k('wait', '--for=condition=Failed', 'job/fails', '--timeout=40s');
    expect(k('get', 'job', 'fails', '-o', 'jsonpath={.status.conditions[?(@.type=="Failed")].reason}')).toBe(
      'BackoffLimitExceeded',
    );
  });

  test('a claim of the default class gets a local volume that outlives its pod', async () => {
    create(
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}\n',
    );
    const user = (name: string, command: string) =>
      pod(
        name,
        `restartPolicy: Never
volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
containers: [{name: c, image: "busybox:1.35", command: [sh, -c, "${command}"], volumeMounts: [{name: data, mountPath: /data}]}]`,
      );
    for (const [name, command] of [
      ['writer', 'echo kept > /data/file'],
      ['reader', 'cat /data/file'],
    ] as const) {
      create(user(name, command));
      k('wait', '--for=jsonpath={.status.phase}=Succeeded', `pod/${name}`, '--timeout=40s');
    }
    expect(k('logs', 'reader')).toBe('kept\n');
    const folder = k('get', 'pv', '-o', 'jsonpath={.items[0].spec.local.path}{.items[0].spec.hostPath.path}');
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept\n');
    k('delete', 'pod', 'writer', 'reader');
    k('delete', 'pvc', 'data', '--timeout=40s');
    k('wait', '--for=delete', 'pv', '--all', '--timeout=40s');
    await eventually(() => expect(existsSync(folder)).toBe(false));
  });

  test('config maps and secrets arrive as files and variables, and files follow changes', async () => {
    k.input(configMap('live', { colour: 'red' }), 'apply', '-f', '-');
    k('create', 'secret', 'generic', 'hidden', '--from-literal=key=s3cret');
    create(
      pod(
        'reads',
        `volumes: [{name: conf, configMap: {name: live}}, {name: info, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}]
containers:
  - name: c
    image: busybox:1.35
    command: [sleep, "3600"]
    envFrom: [{secretRef: {name: hidden}}, {configMapRef: {name: live}}]
    env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}, {name: MIX, value: "$(key)-$(NODE)"}]
    volumeMounts: [{name: conf, mountPath: /conf}, {name: info, mountPath: /info}]`,
      ),
    );
    ready('reads');
    const read = (file: string) => k('exec', 'reads', '--', 'cat', file);
    expect(read('/conf/colour')).toBe('red');
    expect(read('/info/labels')).toContain('app="reads"');
    const node = field('reads', '.spec.nodeName');
    expect(k('exec', 'reads', '--', 'sh', '-c', 'echo $key $colour $MIX')).toBe(
      `s3cret red s3cret-${node}\n`,
    );
    k.input(configMap('live', { colour: 'blue' }), 'apply', '-f', '-');
    await eventually(() => expect(read('/conf/colour')).toBe('blue'), 90_000);
  });

  test('what keeps a pod from starting is said where people look', async () => {
    create(pod('noimage', 'containers: [{name: c, image: "registry.invalid/none:1"}]'));
    create(
      pod(
        'noconfig',
        'containers: [{name: c, image: "busybox:1.35", envFrom: [{configMapRef: {name: nope}}]}]',
      ),
    );
    create(
      pod('toobig', 'containers: [{name: c, image: "busybox:1.35", resources: {requests: {cpu: "1000"}}}]'),
    );
    create(pod('crashes', 'containers: [{name: c, image: "busybox:1.35", command: ["false"]}]'));
    await eventually(() => {
      const table = k('get', 'pods');
      expect(table).toMatch(/^noimage +0\/1 +(ErrImagePull|ImagePullBackOff)/m);
      expect(table).toMatch(/^noconfig +0\/1 +CreateContainerConfigError/m);
      expect(table).toMatch(/^toobig +0\/1 +Pending/m);
      expect(table).toMatch(/^crashes +0\/1 +(CrashLoopBackOff|Error)/m);
    });
    await eventually(() => {
      const events = k('events');
      expect(events).toMatch(/Pod\/toobig +0\/1 nodes are available: 1 Insufficient cpu/);
      expect(events).toMatch(/Pod\/noconfig +Error: configmap "nope" not found/);
      expect(events).toMatch(/Pod\/crashes +Back-off restarting failed container c in pod crashes_default/);
      expect(events).toMatch(/Pod\/noimage +Failed to pull image "registry\.invalid\/none:1"/);
    });
    k('delete', 'pod', 'noimage', 'noconfig', 'toobig', 'crashes', '--timeout=40s');
  });

  test('limits are the kernel’s, and killing for memory is told', async () => {
    create(
      pod(
        'greedy',
        `restartPolicy: Never
containers: [{name: c, image: "busybox:1.35", command: [sh, -c, "tail /dev/zero"], resources: {limits: {memory: 16Mi, cpu: 500m}}}]`,
      ),
    );
    await eventually(() =>
      expect(field('greedy', '.status.containerStatuses[0].state.terminated.reason')).toBe('OOMKilled'),
    );
    expect(field('greedy', '.status.qosClass')).toBe('Guaranteed');
  });

  test('a DaemonSet, a StatefulSet and static network settings', async () => {
    create(
      `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {terminationGracePeriodSeconds: 1, containers: [{name: c, image: "busybox:1.35", command: [sleep, "3600"]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {hostNetwork: true, terminationGracePeriodSeconds: 1, containers: [{name: c, image: "busybox:1.35", command: [sleep, "3600"]}]}
`,
    );
    k('rollout', 'status', 'statefulset/db', '--timeout=50s');
    k('rollout', 'status', 'daemonset/agent', '--timeout=50s');
    expect(field('db-1', '.spec.hostname')).toBe('db-1');
    await eventually(() =>
      expect(k('exec', 'db-0', '--', 'nslookup', 'db-1.db.default.svc.cluster.local')).toContain(
        field('db-1', '.status.podIP'),
      ),
    );
    const agent = k(
      'get',
      'pods',
      '-l',
      'app=agent',
      '-o',
      'jsonpath={.items[0].status.podIP} {.items[0].status.hostIP}',
    ).split(' ');
    expect(agent[0]).toBe(agent[1]);
  });

  test('deleted pods leave nothing on the node', async () => {
    k('delete', 'statefulset,daemonset,job,service', '--all', '--timeout=50s');
    k('delete', 'pods', '--all', '--timeout=50s');
    await eventually(() => expect(readdirSync(join(gantry.data, 'node/pods'))).toEqual([]));
  });
});

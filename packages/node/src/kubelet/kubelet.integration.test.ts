import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Pod } from '@gantry/api/generated/types';
import { createInformerFactory } from '@gantry/client/informer-factory';
import type { PatchOptions, Resource } from '@gantry/client/port';
import { configMaps, pods } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import type { KubeObject } from '@gantry/machinery/object';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectCri } from '../cri/client.ts';
import type { Cri } from '../cri/port.ts';
import { unmountVolumes } from '../volumes/volumes.ts';
import { Cgroups } from './cgroups.ts';
import { Kubelet } from './kubelet.ts';

/** A real containerd in a network namespace of its own; the API server is a fake, so pods have no token. */
const canRun =
  process.getuid?.() === 0 && existsSync('/usr/bin/containerd') && existsSync('/usr/lib/cni/bridge');
const namespace = `gantry-test-${process.pid}`;
const cgroupParent = `gantry-test-${process.pid}`;
const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};
const WAIT = { timeout: 30_000, interval: 50 };

/** Runs inside the namespace: pod network, images, registry, containerd; undone when stdin ends. */
const HELPER = `
const [dir, src] = process.argv.slice(1);
const load = (path) => import(src + path);
const { setUpPodNetwork, tearDownPodNetwork } = await load('pod-network/pod-network.ts');
const { ensureImages } = await load('images/ensure.ts');
const { startRegistry } = await load('images/registry.ts');
const { launchContainerd, containerdPaths } = await load('containerd/launch.ts');
const log = { info() {}, warn: console.error, error: console.error, debug() {} };
const paths = containerdPaths(dir);
const network = { bridge: 'gt0', podCidr: '10.250.99.0/24', clusterCidr: '10.250.0.0/16', serviceCidr: '10.251.0.0/16',
  cniConfDir: paths.cniConfDir, ipamDir: dir + '/ipam' };
await setUpPodNetwork(network);
const runtime = await launchContainerd(dir, log);
const images = await ensureImages({ dataDir: dir, log, scope: 'local' });
const registry = await startRegistry({ imagesDir: images.dir, certsDir: paths.certsDir });
console.log('unix://' + paths.socket);
for await (const _ of process.stdin);
await registry.close();
await runtime.stop();
await tearDownPodNetwork(network);
`;

/** Status conditions merge by type in the API; the fake replaces lists. */
class StatusClient extends FakeClient {
  override async patch<T extends KubeObject>(
    resource: Resource<T>,
    space: string,
    name: string,
    patch: unknown,
    options: PatchOptions,
  ): Promise<T> {
    const status = (
      patch as {
        status?: {
          conditions?: { type: string }[];
          podIPs?: object[];
          hostIPs?: object[];
          resources?: Record<string, unknown>;
        };
      }
    ).status;
    if (status === undefined) return await super.patch(resource, space, name, patch, options);
    const old = (await this.get(pods, space, name)).status?.conditions ?? [];
    const changed = new Set(status.conditions?.map(({ type }) => type));
    const addresses = (list: object[] | undefined) => list?.filter((item) => !('$patch' in item));
    const { $patch: _, ...resources } = status.resources ?? {};
    const merged = {
      ...status,
      ...(status.resources === undefined ? {} : { resources }),
      ...(status.podIPs === undefined ? {} : { podIPs: addresses(status.podIPs) }),
      ...(status.hostIPs === undefined ? {} : { hostIPs: addresses(status.hostIPs) }),
      conditions: [
        ...old.filter(({ type }) => !changed.has(type)),
        ...(status.conditions ?? []).filter((condition) => !('$patch' in condition)),
      ],
    };
    return await super.patch(resource, space, name, { ...(patch as object), status: merged }, options);
  }
}

let dir: string;
let helper: ChildProcess;
let endpoint: string;
let cri: Cri;
let client: StatusClient;
let kubelet: Kubelet | undefined;
let stop: AbortController;
const events: string[] = [];

async function startKubelet(): Promise<void> {
  stop = new AbortController();
  const informers = createInformerFactory(client);
  kubelet = await Kubelet.create({
    config: {
      nodeName: 'n1',
      nodeIp: '10.0.0.1',
      rootDir: join(dir, 'node'),
      logsDir: join(dir, 'logs'),
      instance: namespace,
      clusterDns: '10.251.0.10',
      clusterDomain: 'cluster.local',
      memoryCapacityBytes: 2 ** 30,
      restrictOomScoreAdj: true,
    },
    cgroupParent,
    cri,
    criEndpoint: endpoint,
    runtimeKind: 'containerd',
    client,
    informers,
    events: { event: (_object, _type, reason) => events.push(reason) },
    log: quiet,
    clock: { now: () => Date.now() },
    node: { nodeName: 'n1', hostIp: '10.0.0.1', allocatable: {} },
  });
  await informers.startAll(stop.signal);
  await kubelet.start();
}

function endKubelet(): void {
  kubelet?.close();
  kubelet = undefined;
  stop.abort();
}

const status = (name: string) => client.peek(pods, 'default', name)?.status;
const createPod = (name: string, spec: Partial<Pod['spec']> & { containers: Pod['spec']['containers'] }) =>
  client.create(pods, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName: 'n1', terminationGracePeriodSeconds: 1, ...spec },
  });
const shell = (name: string, script: string) => ({
  name,
  image: 'busybox:1.35',
  command: ['sh', '-c', script],
});

beforeAll(async () => {
  if (!canRun) return;
  dir = await mkdtemp(join(tmpdir(), 'gantry-node-'));
  execFileSync('ip', ['netns', 'add', namespace]);
  execFileSync('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
  const src = new URL('../', import.meta.url).href;
  const flags = ['--input-type=module', '-e', HELPER, dir, src];
  helper = spawn('nsenter', [`--net=/run/netns/${namespace}`, process.execPath, ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (helper.stdout === null) throw new Error('no helper');
  [endpoint] = (await once(createInterface(helper.stdout), 'line')) as [string];
  cri = connectCri(endpoint);
  client = new StatusClient();
  await startKubelet();
});

afterEach(async () => {
  if (!canRun) return;
  for (const pod of client.all(pods)) {
    await client.delete(pods, 'default', pod.metadata.name, { gracePeriodSeconds: 0 });
  }
  await expect.poll(() => client.all(pods).length, WAIT).toBe(0);
  await expect.poll(async () => (await cri.listPodSandboxes()).length, WAIT).toBe(0);
});

afterAll(async () => {
  if (!canRun) return;
  endKubelet();
  cri.close();
  helper.stdin?.end();
  await once(helper, 'exit');
  await unmountVolumes(join(dir, 'node'));
  await new Cgroups(cgroupParent).removeAll();
  execFileSync('ip', ['netns', 'del', namespace]);
  await rm(dir, { recursive: true, force: true });
});

describe.runIf(canRun)('a pod on a real runtime', () => {
  it('runs its init containers and containers with volumes, and ends with its object', async () => {
    await client.create(configMaps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cm', namespace: 'default' },
      data: { key: 'from the map\n' },
    });
    const volumeMounts = [{ name: 'work', mountPath: '/work' }];
    await createPod('full', {
      volumes: [
        { name: 'work', emptyDir: {} },
        { name: 'cm', configMap: { name: 'cm' } },
      ],
      initContainers: [{ ...shell('init', 'echo from init > /work/file'), volumeMounts }],
      containers: [
        {
          ...shell('main', "cat /work/file /cm/key; trap 'exit 0' TERM; while true; do sleep 0.1; done"),
          volumeMounts: [...volumeMounts, { name: 'cm', mountPath: '/cm' }],
          readinessProbe: { exec: { command: ['test', '-f', '/work/file'] }, periodSeconds: 1 },
        },
      ],
    });
    const ready = () => status('full')?.conditions?.find(({ type }) => type === 'Ready')?.status;
    await expect.poll(ready, WAIT).toBe('True');
    expect(status('full')).toMatchObject({
      phase: 'Running',
      podIP: expect.stringMatching(/^10\.250\.99\./),
    });
    const log = kubelet?.find('default', 'full')?.runtime.containers[0]?.logPath ?? '';
    await expect.poll(() => readFile(log, 'utf8')).toMatch(/from init[\s\S]*from the map/);
    const uid = client.peek(pods, 'default', 'full')?.metadata.uid ?? '';
    await client.delete(pods, 'default', 'full');
    await expect.poll(() => status('full'), WAIT).toBeUndefined();
    await expect.poll(() => existsSync(join(dir, 'node', 'pods', uid))).toBe(false);
  });

  it('is restarted with its last words kept, then backs off', async () => {
    await createPod('crash', {
      containers: [shell('c', 'echo -n last words > /dev/termination-log; exit 3')],
    });
    await expect
      .poll(() => status('crash')?.containerStatuses?.[0]?.state?.waiting?.reason, WAIT)
      .toBe('CrashLoopBackOff');
    expect(status('crash')?.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 3, message: 'last words', reason: 'Error' } },
    });
    expect(events).toContain('BackOff');
  });

  it('succeeds when its containers have, by its restart policy', async () => {
    await createPod('once', { restartPolicy: 'Never', containers: [shell('c', 'exit 0')] });
    await expect.poll(() => status('once')?.phase, WAIT).toBe('Succeeded');
  });

  it('has an image as a volume, which nobody can write', async () => {
    const script = 'test -f /img/bin/busybox && ! touch /img/x 2>/dev/null';
    await createPod('image', {
      restartPolicy: 'Never',
      volumes: [{ name: 'img', image: { reference: 'busybox:1.35' } }],
      containers: [{ ...shell('c', script), volumeMounts: [{ name: 'img', mountPath: '/img' }] }],
    });
    await expect.poll(() => status('image')?.phase, WAIT).toBe('Succeeded');
    const uid = client.peek(pods, 'default', 'image')?.metadata.uid ?? '';
    expect(existsSync(join(dir, 'node', 'pods', uid, 'volumes', 'kubernetes.io~image', 'img'))).toBe(true);
    await client.delete(pods, 'default', 'image');
    await expect.poll(() => existsSync(join(dir, 'node', 'pods', uid)), WAIT).toBe(false);
    const snapshots = execFileSync('ctr', [
      ...['--address', endpoint.replace('unix://', ''), '--namespace', 'k8s.io', 'snapshots', 'ls'],
    ]);
    expect(snapshots.toString()).not.toContain('kubernetes.io~image');
  });

  it('grows in place, as a whole, without a restart', async () => {
    const level = (memory: string) => ({ requests: { memory }, limits: { memory } });
    await createPod('grows', { resources: level('32Mi'), containers: [shell('c', 'sleep 1000')] });
    await expect.poll(() => status('grows')?.phase, WAIT).toBe('Running');
    const before = status('grows')?.containerStatuses?.[0]?.containerID;
    const pod = client.peek(pods, 'default', 'grows');
    if (pod === undefined) throw new Error('no pod');
    const spec = { ...pod.spec, resources: level('64Mi') };
    await client.patch(pods, 'default', 'grows', { spec }, { type: 'merge' });
    await expect
      .poll(() => status('grows')?.resources, WAIT)
      .toEqual({ requests: { memory: '64Mi' }, limits: { memory: '64Mi' } });
    await expect.poll(() => events, WAIT).toContain('ResizeCompleted');
    expect(status('grows')?.containerStatuses?.[0]).toMatchObject({ containerID: before, restartCount: 0 });
  });

  it('says why it can not start', async () => {
    const missing = { configMapRef: { name: 'nope' } };
    await createPod('config', { containers: [{ ...shell('c', 'true'), envFrom: [missing] }] });
    const waiting = () => status('config')?.containerStatuses?.[0]?.state?.waiting;
    await expect.poll(waiting, WAIT).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "nope" not found',
    });
  });

  it('is adopted by the next agent, unharmed; one whose object went meanwhile is removed', async () => {
    await createPod('stays', { containers: [shell('c', 'sleep 1000')] });
    await createPod('goes', { containers: [shell('c', 'sleep 1000')] });
    const id = (name: string) => status(name)?.containerStatuses?.[0]?.containerID;
    await expect
      .poll(() => [status('stays')?.phase, status('goes')?.phase], WAIT)
      .toEqual(['Running', 'Running']);
    const before = id('stays');
    endKubelet();
    await client.delete(pods, 'default', 'goes', { gracePeriodSeconds: 0 });
    await startKubelet();
    await expect.poll(async () => (await cri.listPodSandboxes()).length, WAIT).toBe(1);
    expect(id('stays')).toBe(before);
    expect(status('stays')?.containerStatuses?.[0]?.restartCount).toBe(0);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, type Status, startGantry } from '../support/gantry.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { canRunContainers } from '../support/machine.ts';
import { service } from '../support/manifests.ts';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - {name: web, image: "gantry/demo:1.0", ports: [{name: http, containerPort: 8080}]}
`;

/** What this Gantry put on the machine, as far as the machine shows it. */
function traces(data: string): Record<string, string[]> {
  const output = (command: string, ...args: string[]): string[] =>
    spawnSync(command, args, { encoding: 'utf8' }).stdout.trim().split('\n').filter(Boolean);
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data);
      } catch {
        return false;
      }
    });
  return {
    processes,
    mounts: readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .filter((line) => line.includes(data)),
    tables: output('nft', 'list', 'tables'),
    links: output('ip', '-o', 'link')
      .map((line) => line.split(': ')[1] ?? '')
      .filter((name) => !/^(lo|gantry-test)/.test(name)),
    files: existsSync(data) ? [data] : [],
  };
}

/** Pod sandboxes' cgroups of pods with these uids. */
function cgroupsOf(uids: readonly string[]): string[] {
  const found = spawnSync('find', ['/sys/fs/cgroup', '-maxdepth', '6', '-type', 'd'], {
    encoding: 'utf8',
  }).stdout.split('\n');
  return found.filter((path) =>
    uids.some((uid) => path.includes(uid) || path.includes(uid.replaceAll('-', '_'))),
  );
}

describe.runIf(canRunContainers)('a node’s life', () => {
  let gantry: Gantry;
  let k: Kubectl;
  let before: Record<string, string[]>;
  beforeAll(async () => {
    before = traces('/nowhere');
    gantry = await startGantry();
    k = gantry.kubectl();
    k.input([WEB, service('web', 'NodePort')].join('---'), 'apply', '-f', '-');
    k('rollout', 'status', 'deployment/web', '--timeout=50s');
  });
  afterAll(() => gantry?.purge());
  const containers = () =>
    k(
      'get',
      'pods',
      '-l',
      'app=web',
      '-o',
      'jsonpath={range .items[*]}{.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}{"\\n"}{end}',
    )
      .trim()
      .split('\n')
      .sort();
  const serves = () =>
    eventually(async () => {
      const port = k('get', 'service', 'web', '-o', 'jsonpath={.spec.ports[0].nodePort}');
      const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) });
      expect(await response.text()).toContain('Gantry demo');
    });
  const status = async (): Promise<Status> =>
    JSON.parse((await gantry.run('status', '-o', 'json')).output) as Status;

  test('runs in a network namespace of the test’s own', () => {
    // Otherwise traces of other Gantries would be taken for this one's.
    expect(readlinkSync('/proc/self/ns/net')).toMatch(/^net:/);
    expect(before.tables).toEqual([]);
  });

  test('down leaves the pods, and the next start adopts them', async () => {
    await serves();
    const running = containers();
    expect((await gantry.run('down')).output).toBe('Stopped; pods go on running\n');
    await gantry.start();
    await eventually(() => expect(k('get', 'nodes', '--no-headers')).toMatch(/ Ready /));
    expect(containers()).toEqual(running);
    await serves();
  });

  test.each(['containerd', 'node-agent', 'apiserver'])(
    '%s, killed: the same containers run on',
    async (name) => {
      const running = containers();
      const pid = (await status()).components.find((component) => component.name === name)?.pid ?? 0;
      process.kill(pid, 'SIGKILL');
      await eventually(async () => {
        const now = await status();
        expect(now.components.find((component) => component.name === name)?.pid).not.toBe(pid);
        expect(now.ready).toBe(true);
      }, 60_000);
      await eventually(() => expect(containers()).toEqual(running));
      await serves();
      // The node still starts and ends pods.
      k('delete', 'pod', '-l', 'app=web', '--wait=true', '--timeout=50s');
      await eventually(() => k('rollout', 'status', 'deployment/web', '--timeout=40s'), 60_000);
      await serves();
    },
  );

  test('a container that is killed from outside starts again', async () => {
    const [pod = ''] = k('get', 'pods', '-l', 'app=web', '-o', 'name').split('\n');
    k.try(['exec', pod, '--', 'sh', '-c', 'kill -TERM 1']);
    await eventually(() =>
      expect(k('get', pod, '-o', 'jsonpath={.status.containerStatuses[0].restartCount}')).toBe('1'),
    );
    await serves();
  });

  test('down --purge leaves no trace', async () => {
    const uids = k('get', 'pods', '-A', '-o', 'jsonpath={.items[*].metadata.uid}').split(' ');
    expect(cgroupsOf(uids).length).toBeGreaterThan(0);
    const during = traces(gantry.data);
    for (const kind of ['processes', 'mounts', 'tables', 'links', 'files'])
      expect(during[kind]?.length, kind).toBeGreaterThan(0);
    const { code, output } = await gantry.run('down', '--purge');
    expect([code, output]).toEqual([0, `Removed everything under ${gantry.data}\n`]);
    expect(traces(gantry.data)).toEqual({ ...before, files: [], processes: [], mounts: [] });
    expect(cgroupsOf(uids)).toEqual([]);
  });
});

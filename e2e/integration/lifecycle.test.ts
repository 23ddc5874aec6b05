import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { freePort, type Gantry, runCli, type Status, startGantry } from '../support/gantry.ts';
import { configMap, deployment } from '../support/manifests.ts';

let gantry: Gantry;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-lifecycle-'));
  gantry = await startGantry('--nodes', 'simulated:1');
});
afterAll(async () => {
  await gantry?.purge();
  rmSync(folder, { recursive: true, force: true });
});

/** `gantry up` that must fail: its exit code, and the lines that it said. */
async function refused(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const { code, output } = await runCli(['up', '--detach', '--nodes', 'simulated:1', ...args]);
  return { code, lines: output.trim().split('\n') };
}
async function ports(): Promise<string[]> {
  return ['--api-port', String(await freePort()), '--console-port', String(await freePort())];
}
const status = async (): Promise<Status> =>
  JSON.parse((await gantry.run('status', '-o', 'json')).output) as Status;

/** One that has ended but was not yet waited for is not alive. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('status', () => {
  test('tells people and programs where everything is', async () => {
    const now = await status();
    expect(now.ready).toBe(true);
    expect(now.components.map(({ name }) => name).sort()).toEqual([
      'apiserver',
      'console',
      'controller-manager',
      'node-agent',
      'postgres',
    ]);
    for (const component of now.components) {
      expect(component.health, component.name).toBe('healthy');
      expect(component.pid).toBeGreaterThan(0);
      expect(component.memory).toBeGreaterThan(0);
    }
    for (const path of [now.kubeconfig, now.ca, now.logs]) expect(existsSync(path), path).toBe(true);
    expect(now.adminUser).toBe('admin');
    expect(now.adminPassword).toMatch(/^\S{12,}$/);
    expect(now.gitUrl).toMatch(/\/git\/NAME\.git$/);
    expect((await fetch(`${now.consoleUrl}/healthz`)).status).toBe(200);
    const table = await gantry.run('status');
    expect([table.code, table.output]).toEqual([0, expect.stringMatching(/^COMPONENT +HEALTH/)]);
  });

  test('of a folder where nothing runs', async () => {
    const { code, output } = await runCli(['status', '--data', join(folder, 'empty')]);
    expect(code).toBe(3);
    expect(output).toMatch(/Gantry does not run on .*empty: nothing was started there yet/);
  });
});

describe('what cannot start says why in one line', () => {
  test('a second one on the same data', async () => {
    const { code, lines } = await refused('--data', gantry.data, ...(await ports()));
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch(/Gantry already runs on .* \(process \d+\): see `npx gantry status/);
    expect((await status()).ready).toBe(true);
  });

  test('a port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const data = join(folder, 'port');
    const { code, lines } = await refused(
      '--data',
      data,
      '--api-port',
      String(port),
      '--console-port',
      String(await freePort()),
    );
    server.close();
    expect(code).toBe(1);
    expect(lines.join('\n')).toMatch(new RegExp(`^gantry: .*${port}.*in use`));
    await runCli(['down', '--data', data, '--purge']);
  });

  test('a database that is not there, or refuses', async () => {
    const data = join(folder, 'database');
    const nobody = await refused(
      '--data',
      data,
      '--database-url',
      `postgresql://u:p@127.0.0.1:${await freePort()}/x`,
      ...(await ports()),
    );
    expect(nobody.code).toBe(1);
    expect(nobody.lines.at(-1)).toMatch(
      /nothing answers on Postgres at 127\.0\.0\.1:\d+: is it running, and is the database URL right\?$/,
    );
    const nonsense = await refused('--data', data, '--database-url', 'nonsense', ...(await ports()));
    expect(nonsense).toEqual({
      code: 2,
      lines: [expect.stringMatching(/--database-url: "nonsense" is not a URL/)],
    });
    await runCli(['down', '--data', data, '--purge']);
  });

  test('a container runtime that does not answer', async () => {
    // Not below `folder`: only a data folder itself is opened for Postgres's user.
    const data = mkdtempSync(join(tmpdir(), 'gantry-no-runtime-'));
    const args = ['--data', data, ...(await ports())];
    const { code, output } = await runCli(['up', ...args, '--cri-endpoint', 'unix:///nowhere.sock']);
    expect(code).toBe(1);
    expect(output.trim().split('\n').at(-1)).toBe(
      'gantry: no CRI v1 runtime answers at unix:///nowhere.sock: start it, or leave out --cri-endpoint',
    );
    expect(output).not.toContain('Node.js v');
    expect((await runCli(['down', '--data', data, '--purge'])).code).toBe(0);
    expect(existsSync(data)).toBe(false);
  });

  test('wrong flags', async () => {
    for (const [flag, value, said] of [
      ['--nodes', 'many', /--nodes: "many" is not simulated:N/],
      ['--api-port', '70000', /--api-port: "70000" is not a port/],
      ['--cluster-cidr', '10.0.0.0', /--cluster-cidr: "10\.0\.0\.0" is not an IPv4 range/],
      ['--proxy-mode', 'magic', /--proxy-mode: "magic" is none of/],
      ['--nope', 'x', /unknown option '--nope'/],
    ] as const) {
      const { code, output } = await runCli(['up', flag, value]);
      expect(code, flag).toBeGreaterThan(0);
      expect(output).toMatch(said);
    }
    expect((await runCli(['nope'])).output).toMatch(/unknown command 'nope'/);
  });
});

describe('what fails heals', () => {
  test.each(['apiserver', 'controller-manager', 'console', 'node-agent', 'postgres'])(
    '%s, killed',
    async (name) => {
      const k = gantry.kubectl();
      k.input(configMap(`before-${name}`, { kept: 'yes' }), 'apply', '-f', '-');
      const pid = (await status()).components.find((component) => component.name === name)?.pid ?? 0;
      process.kill(pid, 'SIGKILL');
      await eventually(async () => {
        const now = (await status()).components.find((component) => component.name === name);
        expect(now?.pid).not.toBe(pid);
        expect((await status()).ready).toBe(true);
      }, 60_000);
      await eventually(() =>
        expect(k('get', 'configmap', `before-${name}`, '-o', 'jsonpath={.data.kept}')).toBe('yes'),
      );
      await eventually(() => k.input(deployment(`after-${name}`, 1), 'apply', '-f', '-'));
      await eventually(() => k('rollout', 'status', `deployment/after-${name}`, '--timeout=20s'), 60_000);
    },
  );

  test('the supervisor, killed: the next start takes over', async () => {
    const before = gantry.kubectl()('get', 'configmaps', '-o', 'name');
    const { code, output } = await runCli(['status', '--data', gantry.data, '-o', 'json']);
    expect(code, output).toBe(0);
    const lock = JSON.parse(readFileSync(join(gantry.data, 'lock'), 'utf8')) as { pid: number };
    process.kill(lock.pid, 'SIGKILL');
    await gantry.start();
    expect(gantry.kubectl()('get', 'configmaps', '-o', 'name')).toBe(before);
  });
});

test('down, and up again: all is there; down --purge: nothing is', async () => {
  const before = gantry.kubectl()('get', 'configmaps,deployments', '-o', 'name');
  const pids = (await status()).components.map(({ pid }) => pid ?? 0);
  const down = await gantry.run('down');
  expect([down.code, down.output]).toEqual([0, expect.stringMatching(/^Stopped/)]);
  for (const pid of pids) expect(isAlive(pid), `process ${pid}`).toBe(false);
  expect((await gantry.run('status')).code).toBe(3);
  expect((await gantry.run('down')).code).toBe(0);
  await gantry.start();
  expect(gantry.kubectl()('get', 'configmaps,deployments', '-o', 'name')).toBe(before);
  expect((await gantry.run('down', '--purge')).code).toBe(0);
  expect(existsSync(gantry.data)).toBe(false);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Cri } from '../cri/port.ts';
import { CriError } from '../cri/port.ts';
import { ContainerProber } from './container-prober.ts';
import { portOf, runProbe } from './probe.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(status: (path: string) => number): Promise<number> {
  const server = createServer((request, response) => {
    const code = status(request.url ?? '');
    response.writeHead(code, code === 302 ? { location: '/ok' } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const criOf = (exec: Cri['execSync']): Cri => ({ execSync: exec }) as Partial<Cri> as Cri;
const target = (port: number, cri: Cri = criOf(() => Promise.reject(new Error('unused')))) => ({
  cri,
  containerId: 'id',
  container: { name: 'c', ports: [{ name: 'http', containerPort: port }] },
  podIp: '127.0.0.1',
});

describe('probes', () => {
  it('take 200 to 399 for good and follow redirects on the host', async () => {
    const port = await serve((path) => ({ '/ok': 204, '/moved': 302, '/bad': 500 })[path] ?? 404);
    const get = (path: string) => runProbe({ httpGet: { path, port: 'http' } }, target(port));
    expect(await get('/ok')).toEqual({ outcome: 'success', output: '' });
    expect(await get('/moved')).toMatchObject({ outcome: 'success' });
    expect(await get('/bad')).toEqual({
      outcome: 'failure',
      output: 'HTTP probe failed with statuscode: 500',
    });
  });

  it('take a redirect to another host for good, with a warning', async () => {
    const server = createServer((_, response) =>
      response.writeHead(302, { location: 'http://0.0.0.0/' }).end('Found elsewhere'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect(await runProbe({ httpGet: { port } }, target(port))).toEqual({
      outcome: 'success',
      output: '',
      warning: 'Probe terminated redirects, Response body: Found elsewhere',
    });
  });

  it('fail where a container sends them round in circles', async () => {
    const server = createServer((_, response) => response.writeHead(302, { location: '/' }).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const { outcome, output } = await runProbe({ httpGet: { port } }, target(port));
    expect([outcome, output.split(': ')[1]]).toEqual(['failure', 'stopped after 10 redirects']);
  });

  it('say that nothing listens', async () => {
    const port = await serve(() => 200);
    for (const close of closers.splice(0)) close();
    expect(await runProbe({ tcpSocket: { port } }, target(port))).toEqual({
      outcome: 'failure',
      output: `dial tcp 127.0.0.1:${port}: connect: connection refused`,
    });
  });

  it('take a command’s exit code, and its timeout for a failure', async () => {
    const answer = (exitCode: number) =>
      criOf(async () => ({ stdout: Buffer.from('out'), stderr: Buffer.from('err'), exitCode }));
    const probe = { exec: { command: ['x', 'y'] } };
    expect(await runProbe(probe, target(1, answer(0)))).toMatchObject({ outcome: 'success' });
    expect(await runProbe(probe, target(1, answer(3)))).toEqual({ outcome: 'failure', output: 'outerr' });
    const slow = criOf(() => Promise.reject(new CriError('ExecSync', 4, 'deadline')));
    expect(await runProbe(probe, target(1, slow))).toEqual({
      outcome: 'failure',
      output: 'command timed out: "x y" timed out after 1s',
    });
    const lost = criOf(() => Promise.reject(new CriError('ExecSync', 14, 'gone')));
    expect(await runProbe(probe, target(1, lost))).toMatchObject({ outcome: 'error' });
  });

  it('find a port by its name', () => {
    expect(portOf('http', { ports: [{ name: 'http', containerPort: 80 }] })).toBe(80);
    expect(() => portOf('https', { ports: [] })).toThrow('invalid port number: https');
  });
});

describe('a container’s prober', () => {
  it('holds readiness back until startup has passed', async () => {
    const port = await serve(() => 200);
    const changes: string[] = [];
    const prober: ContainerProber = new ContainerProber({
      target: target(port),
      container: {
        name: 'c',
        startupProbe: { tcpSocket: { port }, periodSeconds: 1 },
        readinessProbe: { httpGet: { port, path: '/' }, periodSeconds: 1 },
      },
      startedAt: Date.now(),
      onChange: () => changes.push(`${prober.started} ${prober.ready}`),
      onFailure: () => undefined,
    });
    closers.push(() => prober.stop());
    expect([prober.started, prober.ready]).toEqual([false, false]);
    await expect.poll(() => changes).toEqual(['true false', 'true true']);
  });

  it('gives a container up after failureThreshold failures', async () => {
    const port = await serve(() => 500);
    const failures: string[] = [];
    const prober = new ContainerProber({
      target: target(port),
      container: {
        name: 'c',
        livenessProbe: { httpGet: { port, path: '/' }, periodSeconds: 1, failureThreshold: 1 },
      },
      startedAt: Date.now(),
      onChange: () => undefined,
      onFailure: (kind, outcome) => failures.push(`${kind} ${outcome}`),
    });
    closers.push(() => prober.stop());
    await expect.poll(() => prober.failed).toBe('liveness');
    expect(failures).toEqual(['liveness failure']);
  });
});

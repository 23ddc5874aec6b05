import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import type { Socket } from 'node:net';
import { PassThrough, Readable, Writable } from 'node:stream';
import {
  Attach,
  CoreV1Api,
  Exec,
  KubeConfig,
  Log,
  PortForward,
  type V1Status,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import { canRunContainers } from '../support/machine.ts';

const namespace = 'default';
const SCRIPT =
  'mkdir -p /srv; echo served > /srv/index.html; httpd -p 8080 -h /srv; echo begin; while read line; do echo got $line; done; sleep 3600';

/** Keeps what is written to it. */
class Sink extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

describe.runIf(canRunContainers)('@kubernetes/client-node streams', () => {
  let gantry: Gantry;
  let config: KubeConfig;
  beforeAll(async () => {
    gantry = await startGantry();
    config = new KubeConfig();
    config.loadFromFile(gantry.status.kubeconfig);
    const core = config.makeApiClient(CoreV1Api);
    const container = {
      ...{ name: 'main', image: 'busybox:1.35', command: ['sh', '-c', SCRIPT] },
      ...{ stdin: true, tty: false },
    };
    const body = {
      metadata: { name: 'shell', labels: { app: 'shell' } },
      spec: { terminationGracePeriodSeconds: 1, containers: [container] },
    };
    await eventually(() => core.createNamespacedPod({ namespace, body }));
    await eventually(async () => {
      const { status } = await core.readNamespacedPod({ namespace, name: 'shell' });
      expect(status?.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
    });
  });
  afterAll(() => gantry?.purge());

  /** Runs a script in the pod to its end. */
  async function exec(script: string, stdin: Readable | null, tty = false) {
    const [stdout, stderr] = [new Sink(), new Sink()];
    const status = await new Promise<V1Status>((resolve, reject) => {
      new Exec(config)
        .exec(
          namespace,
          'shell',
          'main',
          ['sh', '-c', script],
          stdout,
          tty ? null : stderr,
          stdin,
          tty,
          resolve,
        )
        .catch(reject);
    });
    return { stdout: stdout.text, stderr: stderr.text, status };
  }

  test('exec: output, input to its end, and how it ended', async () => {
    const done = await exec('cat; echo err >&2', Readable.from(['typed\n']));
    expect([done.stdout, done.stderr, done.status.status]).toEqual(['typed\n', 'err\n', 'Success']);
    const failed = await exec('exit 7', null);
    expect(failed.status).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      message: expect.stringMatching(/^command terminated with non-zero exit code: .*7$/),
      details: { causes: [{ reason: 'ExitCode', message: '7' }] },
    });
    const big = await exec('wc -c', Readable.from([Buffer.alloc(300_000, 'x')]));
    expect(big.stdout.trim()).toBe('300000');
    expect((await exec('tty', null, true)).stdout).toMatch(/^\/dev\/pts\/\d+\r\n$/);
  });

  test('attach sees what the container writes and reads', async () => {
    const [stdin, stdout] = [new PassThrough(), new Sink()];
    const socket = await new Attach(config).attach(namespace, 'shell', 'main', stdout, null, stdin, false);
    await eventually(() => {
      stdin.write('hello\n');
      expect(stdout.text).toContain('got hello\n');
    });
    socket.close();
  });

  test('port-forward carries HTTP', async () => {
    const [input, output, errors] = [new PassThrough(), new Sink(), new Sink()];
    const socket = await new PortForward(config).portForward(
      namespace,
      'shell',
      [8080],
      output,
      errors,
      input,
    );
    input.write('GET /index.html HTTP/1.0\r\n\r\n');
    await eventually(() => expect(output.text).toMatch(/^HTTP\/1\.[01] 200 OK\r\n[\s\S]*served\n$/));
    expect(errors.text).toBe('');
    if ('close' in socket) socket.close();
  });

  test('port-forward as kubectl asks for it, as a tunnel, is agreed to', async () => {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const { ca, cert, key } = options;
    const path = `/api/v1/namespaces/${namespace}/pods/shell/portforward`;
    const protocol = 'SPDY/3.1+portforward.k8s.io';
    const asking = request(new URL(path, config.getCurrentCluster()?.server), {
      ...{ ca, cert, key },
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'sec-websocket-protocol': protocol,
      },
    }).end();
    const [answer, socket] = (await once(asking, 'upgrade')) as [IncomingMessage, Socket];
    socket.destroy();
    expect([answer.statusCode, answer.headers['sec-websocket-protocol']]).toEqual([101, protocol]);
  });

  test('log: whole, its beginning, and on as it grows', async () => {
    const log = async (options: object): Promise<string> => {
      const sink = new Sink();
      await new Log(config).log(namespace, 'shell', 'main', sink, options);
      await once(sink, 'finish');
      return sink.text;
    };
    expect(await log({})).toMatch(/^begin\n/);
    expect(await log({ limitBytes: 3 })).toBe('beg');
    const before = await log({});
    const followed = log({ follow: true, limitBytes: before.length + 'more\n'.length });
    await exec('echo more > /proc/1/fd/1', null);
    expect(await followed).toBe(`${before}more\n`);
    await expect(new Log(config).log(namespace, 'nobody', 'main', new Sink())).rejects.toMatchObject({
      code: 404,
    });
  });
});

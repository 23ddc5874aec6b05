import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { canRunContainers } from '../support/machine.ts';
import { Output } from '../support/output.ts';

const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: talker, labels: {app: talker}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - {name: main, image: "busybox:1.35", command: [sh, -c, "i=0; while true; do i=$((i+1)); echo line $i; sleep 0.2; done"]}
    - {name: side, image: "busybox:1.35", command: [sh, -c, "echo from the side; while true; do sleep 1; done"]}
---
apiVersion: v1
kind: Pod
metadata: {name: shell, labels: {app: shell}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - {name: shell, image: "busybox:1.35", stdin: true, tty: false, command: [sh, -c, "mkdir -p /srv; echo served > /srv/index.html; httpd -p 8080 -h /srv; while read line; do echo got $line; done; sleep 3600"]}
---
apiVersion: v1
kind: Pod
metadata: {name: crasher}
spec:
  containers:
    - {name: main, image: "busybox:1.35", command: [sh, -c, "echo about to fail; sleep 1; exit 3"]}
`;

describe.runIf(canRunContainers)('streams to and from containers', () => {
  let gantry: Gantry;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gantry-streams-'));
    gantry = await startGantry();
    const k = gantry.kubectl();
    k.input(PODS, 'apply', '-f', '-');
    k('wait', '--for=condition=Ready', 'pod/talker', 'pod/shell', '--timeout=50s');
  });
  afterAll(async () => {
    await gantry?.purge();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(['1.32', '1.36'] as const)('kubectl %s', (version) => {
    let k: Kubectl;
    beforeAll(() => {
      k = gantry.kubectl(version);
    });

    test('logs: whole, tail, since, timestamps, by label, of each container', async () => {
      expect(k('logs', 'talker', '-c', 'main')).toMatch(/^line 1\nline 2\n/);
      expect(k('logs', 'talker')).toMatch(/^line 1\n/);
      expect(k('logs', 'talker', '-c', 'main', '--tail=2').trim().split('\n')).toHaveLength(2);
      expect(k('logs', 'talker', '-c', 'main', '--timestamps', '--tail=1')).toMatch(
        /^\d{4}-\d\d-\d\dT[\d:.]+Z line \d+\n$/,
      );
      expect(k('logs', 'talker', '-c', 'main', '--since=1h', '--limit-bytes=6')).toBe('line 1');
      expect(k('logs', 'talker', '--all-containers', '--prefix')).toMatch(
        /^\[pod\/talker\/side\] from the side$/m,
      );
      expect(k('logs', '-l', 'app=talker', '-c', 'side')).toBe('from the side\n');
      expect(k.fails('logs', 'talker', '-c', 'nope')).toContain('container nope is not valid for pod talker');
      await eventually(() => expect(k('logs', 'crasher', '--previous')).toBe('about to fail\n'));
    });

    test('logs --follow goes on until the container ends', async () => {
      const follow = new Output(k.start('logs', '-f', 'talker', '-c', 'main', '--tail=1'));
      const [, first = '0'] = await follow.until(/line (\d+)/);
      await follow.until(new RegExp(`line ${Number(first) + 3}\\n`));
      follow.kill();
      const name = `short-${version.replace('.', '-')}`;
      k(
        'run',
        name,
        '--image=busybox:1.35',
        '--restart=Never',
        '--',
        'sh',
        '-c',
        'echo begin; sleep 2; echo end',
      );
      k('wait', '--for=condition=Ready', `pod/${name}`, '--timeout=30s');
      expect(k('logs', '-f', name)).toBe('begin\nend\n');
    });

    test('exec: output, exit code, input', () => {
      expect(k('exec', 'shell', '--', 'echo', 'a  b')).toBe('a  b\n');
      const failed = k.try(['exec', 'shell', '--', 'sh', '-c', 'echo out; echo err >&2; exit 7']);
      expect([failed.code, failed.stdout]).toEqual([7, 'out\n']);
      expect(failed.stderr).toContain('err\n');
      expect(failed.stderr).toContain('command terminated with exit code 7');
      const big = 'x'.repeat(300_000);
      expect(k.input(big, 'exec', '-i', 'shell', '--', 'wc', '-c').trim()).toBe('300000');
      expect(k.fails('exec', 'shell', '--', 'no-such-program')).toMatch(/no-such-program/);
      expect(k.fails('exec', 'nope', '--', 'true')).toContain('pods "nope" not found');
      expect(k('exec', 'talker', '-c', 'side', '--', 'hostname')).toBe('talker\n');
    });

    test('exec -it is a terminal', async () => {
      const command = `'${k.path}' exec -it shell -- sh`;
      const terminal = new Output(
        spawn('script', ['-qefc', `stty rows 33 cols 77; ${command}`, '/dev/null'], {
          env: { ...k.env, TERM: 'xterm' },
        }),
      );
      await terminal.until(/# /);
      terminal.type('tty && stty size\r');
      await terminal.until(/\/dev\/pts\/\d+\s+33 77/);
      terminal.type('exit 5\r');
      expect(await terminal.ended()).toBe(5);
    });

    test('attach sees what the container writes and reads', async () => {
      const attached = new Output(k.start('attach', '-i', 'shell'));
      await eventually(() => {
        attached.type('hello\n');
        expect(attached.text).toContain('got hello');
      });
      attached.kill();
    });

    test('cp in both directions, folders too', () => {
      const from = join(folder, `from-${version}`);
      mkdirSync(join(from, 'deep'), { recursive: true });
      writeFileSync(join(from, 'deep/file.txt'), 'content');
      writeFileSync(join(from, 'big.bin'), Buffer.alloc(2 << 20, 7));
      k('cp', from, `shell:/tmp/copy-${version}`);
      expect(k('exec', 'shell', '--', 'cat', `/tmp/copy-${version}/deep/file.txt`)).toBe('content');
      const back = join(folder, `back-${version}`);
      k('cp', `shell:/tmp/copy-${version}`, back);
      expect(readFileSync(join(back, 'deep/file.txt'), 'utf8')).toBe('content');
      expect(readFileSync(join(back, 'big.bin')).equals(readFileSync(join(from, 'big.bin')))).toBe(true);
      k.try(['cp', 'shell:/nope', join(folder, 'nope')]);
      expect(existsSync(join(folder, 'nope'))).toBe(false);
    });

    test('port-forward carries HTTP, and many connections at once', async () => {
      const forward = new Output(k.start('port-forward', 'pod/shell', ':8080'));
      const [, port] = await forward.until(/Forwarding from 127\.0\.0\.1:(\d+) -> 8080/);
      const url = `http://127.0.0.1:${port}/index.html`;
      const bodies = await Promise.all(Array.from({ length: 8 }, async () => (await fetch(url)).text()));
      expect(new Set(bodies)).toEqual(new Set(['served\n']));
      forward.kill();
    });

    test('port-forward to a port where nobody listens says so', async () => {
      const forward = new Output(k.start('port-forward', 'pod/shell', ':9'));
      const [, port] = await forward.until(/Forwarding from 127\.0\.0\.1:(\d+)/);
      connect(Number(port), '127.0.0.1')
        .on('error', () => undefined)
        .end('x');
      await forward.until(/an error occurred forwarding|lost connection|refused/i);
      forward.kill();
    });

    test('debug adds a container to a running pod', () => {
      const name = `debugger-${version.replace('.', '-')}`;
      k(
        'debug',
        'shell',
        '--image=busybox:1.35',
        '--container',
        name,
        '--target=shell',
        '--',
        'sh',
        '-c',
        'ps; echo debugged',
      );
      k(
        'wait',
        '--timeout=30s',
        'pod/shell',
        `--for=jsonpath={.status.ephemeralContainerStatuses[?(@.name=="${name}")].state.terminated.reason}=Completed`,
      );
      const logs = k('logs', 'shell', '-c', name);
      expect(logs).toContain('debugged');
      expect(logs).toContain('httpd');
    });

    test('run --rm -i shows the output and cleans up', () => {
      const name = `once-${version.replace('.', '-')}`;
      const output = k(
        'run',
        name,
        '--rm',
        '-i',
        '--image=busybox:1.35',
        '--restart=Never',
        '--',
        'sh',
        '-c',
        'sleep 1; echo ran',
      );
      expect(output).toContain('ran');
      expect(k.fails('get', 'pod', name)).toContain('NotFound');
    });
  });
});

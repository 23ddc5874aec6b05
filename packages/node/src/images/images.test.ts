import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStatic } from './busybox.ts';
import { readIndex, writeImage, writeIndex } from './oci.ts';
import { pauseProgram } from './pause.ts';
import { defaultPullPolicy, formatImageReference, parseImageReference } from './reference.ts';
import { startRegistry } from './registry.ts';
import { writeTar } from './tar.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-images-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

describe('image references', () => {
  it.each([
    ['busybox', 'docker.io/library/busybox:latest'],
    ['busybox:1.35', 'docker.io/library/busybox:1.35'],
    ['gantry/demo:1.0', 'docker.io/gantry/demo:1.0'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
    [`a@sha256:${'0'.repeat(64)}`, `docker.io/library/a@sha256:${'0'.repeat(64)}`],
  ])('completes %s', (text, full) => {
    expect(formatImageReference(parseImageReference(text))).toBe(full);
  });

  it.each(['', 'a b', 'a:', '-a', 'a@sha256:12', 'a//b'])('refuses %j', (text) => {
    expect(() => parseImageReference(text)).toThrow('invalid reference format');
  });

  it('says that names are lower case', () => {
    expect(() => parseImageReference('BusyBox')).toThrow(
      'repository name (library/BusyBox) must be lowercase',
    );
  });

  it('pulls always what has no tag of its own', () => {
    expect([defaultPullPolicy('a'), defaultPullPolicy('a:latest'), defaultPullPolicy('a:1')]).toEqual([
      'Always',
      'Always',
      'IfNotPresent',
    ]);
  });
});

describe('pause', () => {
  it('is a static program for both architectures', () => {
    for (const arch of ['x64', 'arm64'] as const) {
      const program = pauseProgram(arch);
      expect(isStatic(program)).toBe(true);
      expect(program.length).toBeLessThan(300);
    }
  });

  it.runIf(process.arch === 'x64' && process.platform === 'linux')('ends with 0 on SIGTERM', async () => {
    const file = join(dir, 'pause');
    await writeFile(file, pauseProgram('x64'), { mode: 0o755 });
    const child = spawn(file, { stdio: 'ignore' });
    // Asleep as itself: the signals are blocked by then.
    const status = (): Promise<string> => readFile(`/proc/${child.pid}/status`, 'utf8');
    await expect.poll(status).toMatch(/^Name:\s+pause\n[\s\S]*^State:\s+S/m);
    child.kill('SIGCHLD');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

describe('registry', () => {
  const image = {
    name: 'docker.io/library/a',
    tags: ['1'],
    entries: [{ type: 'file' as const, path: 'etc/x', mode: 0o644, data: Buffer.from('hello') }],
    config: {},
  };

  it('serves a manifest and its layers under the name of another registry', async () => {
    const digest = await writeImage(dir, image);
    await writeIndex(dir, { stamp: 's', images: { [image.name]: { '1': digest } } });
    const certsDir = join(dir, 'certs.d');
    const registry = await startRegistry({ imagesDir: dir, certsDir });
    try {
      const base = `http://127.0.0.1:${registry.port}/v2/library/a`;
      const answer = await fetch(`${base}/manifests/1?ns=docker.io`);
      expect(answer.headers.get('docker-content-digest')).toBe(digest);
      const manifest = (await answer.json()) as { layers: { digest: string }[] };
      const layer = await fetch(`${base}/blobs/${manifest.layers[0]?.digest}?ns=docker.io`);
      const tar = gunzipSync(Buffer.from(await layer.arrayBuffer()));
      expect(tar.toString('latin1', 0, 5)).toBe('etc/x');
      expect(tar.toString('latin1', 512, 517)).toBe('hello');
      const elsewhere = await fetch(`${base}/manifests/1?ns=quay.io`);
      expect(elsewhere.status).toBe(404);
      expect((await fetch(`${base}/blobs/..%2f..%2findex.json?ns=docker.io`)).status).toBe(404);
      expect((await fetch(`${base}/manifests/1?ns=docker.io`, { method: 'PUT' })).status).toBe(405);
    } finally {
      await registry.close();
    }
  });

  it('waits for an image that is being made', async () => {
    await writeIndex(dir, { stamp: 's', images: {} });
    const made = Promise.withResolvers<void>();
    const registry = await startRegistry({ imagesDir: dir, pending: () => made.promise });
    try {
      const asked = fetch(`http://127.0.0.1:${registry.port}/v2/library/a/manifests/1?ns=docker.io`);
      const digest = await writeImage(dir, image);
      await writeIndex(dir, { stamp: 's', images: { [image.name]: { '1': digest } } });
      made.resolve();
      expect((await asked).status).toBe(200);
    } finally {
      await registry.close();
    }
  });

  it('knows no index in an empty folder', async () => {
    expect(await readIndex(dir)).toBeUndefined();
  });
});

describe('tar', () => {
  it('splits long paths and refuses what does not fit', () => {
    const long = `${'d'.repeat(90)}/${'f'.repeat(60)}`;
    const file = { type: 'file' as const, mode: 0o644, data: Buffer.alloc(0) };
    const block = writeTar([{ ...file, path: long }]);
    expect(block.toString('latin1', 345, 435)).toBe('d'.repeat(90));
    expect(() => writeTar([{ ...file, path: 'x'.repeat(300) }])).toThrow('path too long');
  });
});

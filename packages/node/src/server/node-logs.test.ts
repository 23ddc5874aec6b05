import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import type { Container } from '../cri/types.ts';
import { CONTAINER_NAME, POD_NAME, POD_NAMESPACE, POD_UID } from '../kubelet/labels.ts';
import { serveNodeLogs } from './node-logs.ts';
import { runningPods } from './running-pods.ts';

let dir: string;
const server = createServer((request, response) => {
  serveNodeLogs(decodeURIComponent((request.url ?? '/').slice(1)), response, join(dir, 'log')).catch(() =>
    response.destroy(),
  );
});

const special = createSocket();

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-logs-'));
  await mkdir(join(dir, 'log', 'sub'), { recursive: true });
  await writeFile(join(dir, 'log', 'a<b.log'), 'a line\n');
  await writeFile(join(dir, 'log', 'empty'), '');
  await writeFile(join(dir, 'secret'), 'secret');
  await symlink(join(dir, 'secret'), join(dir, 'log', 'link'));
  await symlink(dir, join(dir, 'log', 'up'));
  await symlink('sub', join(dir, 'log', 'down'));
  await new Promise<void>((done) => special.listen(join(dir, 'log', 'socket'), done));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  server.close();
  special.close();
  await rm(dir, { recursive: true });
});

it.each([
  ['a%3Cb.log', 200, /^a line\n$/],
  ['empty', 200, /^$/],
  ['', 200, /<a href="\.\/a%3Cb\.log">a&lt;b\.log<\/a>[\s\S]*<a href="\.\/sub\/">/],
  ['none', 404, /not found/],
  ['link', 404, /not found/],
  ['up', 404, /not found/],
  ['up%2Fsecret', 404, /not found/],
  ['down', 200, /<pre>\n<\/pre>/],
  ['socket', 404, /not found/],
  ['..%2Fsecret', 404, /not found/],
])('answers %s with %i', async (path, code, body) => {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/${path}`);
  expect([response.status, await response.text()]).toEqual([code, expect.stringMatching(body)]);
});

test('running pods are those of which a container runs', () => {
  const container = (uid: string, name: string, state: Container['state']): Container => ({
    id: name,
    podSandboxId: '',
    metadata: null,
    image: { image: 'i' },
    imageRef: '',
    state,
    createdAt: '0',
    labels: { [POD_UID]: uid, [POD_NAME]: `p-${uid}`, [POD_NAMESPACE]: 'ns', [CONTAINER_NAME]: name },
    annotations: {},
  });
  expect(
    runningPods([
      container('1', 'a', 'CONTAINER_RUNNING'),
      container('1', 'b', 'CONTAINER_RUNNING'),
      container('2', 'c', 'CONTAINER_EXITED'),
    ]),
  ).toEqual([
    {
      metadata: { name: 'p-1', namespace: 'ns', uid: '1' },
      spec: {
        containers: [
          { name: 'a', image: 'i' },
          { name: 'b', image: 'i' },
        ],
      },
    },
  ]);
});

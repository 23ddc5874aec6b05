import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, issueLeaf, type KeyPair } from '@gantry/pki/certificate';
import { createLogger } from '@gantry/runtime/logger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type NodeServer, startNodeServer } from './server.ts';

let dir: string;
let server: NodeServer;
let ca: KeyPair;
const client = (authority: KeyPair, commonName: string) =>
  issueLeaf(authority, { subject: { commonName }, usage: 'client' });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-node-tls-'));
  ca = await createAuthority('ca');
  const own = await issueLeaf(ca, {
    subject: { commonName: 'node' },
    usage: 'server',
    hosts: ['127.0.0.1'],
  });
  const file = async (name: string, text: string) => {
    await writeFile(join(dir, name), text);
    return join(dir, name);
  };
  server = await startNodeServer({
    source: { find: () => undefined, pods: () => [], checkHealth: () => undefined },
    cri: {} as never,
    stats: {} as never,
    log: createLogger('test', 'error', () => undefined),
    port: 0,
    certFile: await file('node.crt', own.cert),
    keyFile: await file('node.key', own.key),
    clientCaFile: await file('ca.crt', ca.cert),
    metrics: async () => '',
  });
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

const get = (path: string, own?: KeyPair) =>
  new Promise<number>((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, ca: ca.cert, agent: false, ...own }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', reject)
      .end();
  });

it('answers the apiserver, and tells others who they would have to be', async () => {
  expect(await get('/healthz', await client(ca, 'kube-apiserver-kubelet-client'))).toBe(200);
  expect(await get('/healthz', await client(ca, 'system:node:a'))).toBe(403);
  expect(await get('/healthz')).toBe(401);
  const foreign = await createAuthority('other');
  expect(await get('/healthz', await client(foreign, 'kube-apiserver-kubelet-client'))).toBe(401);
});

it('takes a command as long as the apiserver does, in the address', async () => {
  const own = await client(ca, 'kube-apiserver-kubelet-client');
  expect(await get(`/healthz?command=${'a'.repeat(64 * 1024)}`, own)).toBe(200);
});

import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createAuthority, issueLeaf } from '@gantry/pki/certificate';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GitServer, startGitServer } from '../testing/git-server.ts';
import { Network } from './network.ts';
import { pinnedRequest } from './pinned-request.ts';
import { RemoteClones } from './remote.ts';

let git: GitServer;
let head: string;
let secure: Server;
let proxy: Server;
let ca: string;
let asked: string[];
const sockets = new Set<Socket>();

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listening = async (server: Server): Promise<void> => {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
};

/** To the Git server, whatever the host. */
function forward(request: IncomingMessage, response: ServerResponse, path: string): void {
  const { port } = new URL(git.url);
  const { method, headers } = request;
  const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answer) =>
    answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)),
  );
  request.pipe(onward);
}

/** The Git server, the same by TLS as secure.invalid, and a proxy to which any name is one of them. */
beforeAll(async () => {
  git = await startGitServer();
  head = await git.commit({ 'a.yaml': 'a: 1\n' });
  const authority = await createAuthority('Other');
  ca = authority.cert;
  const leaf = await issueLeaf(authority, {
    subject: { commonName: 'git' },
    usage: 'server',
    hosts: ['secure.invalid'],
  });
  secure = createSecureServer({ cert: leaf.cert, key: leaf.key }, (request, response) =>
    forward(request, response, request.url ?? ''),
  );
  await listening(secure);
  proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]} ${request.headers['proxy-authorization']}`);
    const { pathname, search } = new URL(request.url ?? '');
    forward(request, response, pathname + search);
  }).on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization']}`);
    const tunnel = connect(portOf(secure), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  await listening(proxy);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  secure.close();
  proxy.close();
  await git.close();
});
beforeEach(() => {
  asked = [];
});

const BASIC = `Basic ${btoa('ann:pw')}`;
const network = (more: Record<string, string> = {}): Network => {
  const address = `http://ann:pw@127.0.0.1:${portOf(proxy)}`;
  return new Network({ env: { HTTPS_PROXY: address, HTTP_PROXY: address, ...more } });
};
const clones = (name: string, over = network()): RemoteClones => new RemoteClones(join(git.root, name), over);

test('Git is fetched through the proxy, which alone knows the name', async () => {
  const remote = { url: 'http://plain.invalid/app.git', credentials: undefined };
  const at = clones('plain');
  expect((await at.refs(remote)).branches).toEqual({ main: head });
  await at.ensure({ namespace: 'shop', name: 'app' }, head, [], async () => remote);
  expect(asked[0]).toBe(`GET http://plain.invalid/app.git/info/refs ${BASIC}`);
  expect(asked).toContain(`POST http://plain.invalid/app.git/git-upload-pack ${BASIC}`);
});

test('so it is by TLS, to the end of the tunnel', async () => {
  const remote = { url: 'https://secure.invalid/app.git', credentials: { ca } };
  const at = clones('secure');
  expect((await at.refs(remote)).branches).toEqual({ main: head });
  await at.ensure({ namespace: 'shop', name: 'app' }, head, [], async () => remote);
  expect(new Set(asked)).toEqual(new Set([`CONNECT secure.invalid:443 ${BASIC}`]));
  await expect(at.refs({ ...remote, credentials: undefined })).rejects.toThrow(
    "secure.invalid can't be read",
  );
});

test('a request goes the same way', async () => {
  const url = new URL('https://secure.invalid/app.git/info/refs');
  const response = await pinnedRequest(network(), url, {
    method: 'POST',
    body: Buffer.from('x'),
    ca,
    timeoutMs: 9_000,
  });
  response.destroy();
  expect(response.statusCode).toBeGreaterThan(0);
  expect(asked).toEqual([`CONNECT secure.invalid:443 ${BASIC}`]);
});

test('NO_PROXY is honoured, and the rules hold with a proxy and without', async () => {
  const direct = clones('direct', network({ NO_PROXY: 'plain.invalid' }));
  const refs = (at: RemoteClones, url: string) => at.refs({ url, credentials: undefined });
  await expect(refs(direct, 'http://plain.invalid/app.git')).rejects.toThrow('plain.invalid is not found');
  await expect(refs(clones('own'), git.url)).rejects.toThrow('addresses of the machine itself');
  await expect(refs(clones('own'), 'http://169.254.169.254/x')).rejects.toThrow('link-local');
  git.instead = (_request, response) => {
    response.writeHead(302, { location: `${git.url}/info/refs?service=git-upload-pack` }).end();
    return true;
  };
  try {
    await expect(refs(clones('own'), 'http://plain.invalid/app.git')).rejects.toThrow(
      'addresses of the machine itself',
    );
  } finally {
    git.instead = undefined;
  }
});

import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, get as httpsGet, request as httpsRequest, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAuthority, issueLeaf, type KeyPair } from '@gantry/pki/certificate';
import { createTokenSigner } from '@gantry/pki/jwt';
import { writeKubeconfig } from '@gantry/pki/kubeconfig';
import { loadAuthority } from '@gantry/pki/pki';
import { newCertificateRequest } from '@gantry/pki/testing/request';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from './testing/api-process.ts';

const manager = fileURLToPath(new URL('../../controller-manager/src/main.ts', import.meta.url));

const POLICY = `
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: RequestResponse, resources: [{group: "", resources: [configmaps]}], namespaces: [default]}
- {level: Metadata}
`;

/** An OIDC issuer: discovery and keys over HTTPS. */
interface Issuer {
  readonly url: string;
  readonly ca: string;
  sign(claims: Record<string, unknown>): string;
  close(): void;
}

async function startIssuer(): Promise<Issuer> {
  const authority: KeyPair = await createAuthority('issuer-ca');
  const leaf = await issueLeaf(authority, {
    subject: { commonName: 'issuer' },
    usage: 'server',
    hosts: ['127.0.0.1'],
  });
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey: KeyObject = pair.publicKey;
  const sign = createTokenSigner(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const header = Buffer.from(sign({}).split('.')[0] ?? '', 'base64url').toString();
  const { kid } = JSON.parse(header) as { kid: string };
  let url = '';
  const server: Server = createServer({ cert: leaf.cert, key: leaf.key }, (request, response) => {
    const body =
      request.url === '/keys'
        ? { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] }
        : { issuer: url, jwks_uri: `${url}/keys` };
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    ca: authority.cert,
    sign: (claims) => sign({ iss: url, aud: 'gantry', exp: Math.floor(Date.now() / 1000) + 600, ...claims }),
    close: () => server.close(),
  };
}

let issuer: Issuer;
let proxies: KeyPair;
let api: ApiProcess;
let controllers: ChildProcess | undefined;
beforeAll(async () => {
  issuer = await startIssuer();
  proxies = await createAuthority('proxies');
  api = await startApiProcess(async (data) => {
    await writeFile(join(data, 'policy.yaml'), POLICY);
    await writeFile(join(data, 'proxies.crt'), proxies.cert);
    await writeFile(
      join(data, 'authn.yaml'),
      JSON.stringify({
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'AuthenticationConfiguration',
        jwt: [
          {
            issuer: { url: issuer.url, audiences: ['gantry'], certificateAuthority: issuer.ca },
            claimMappings: {
              username: { expression: '"oidc:" + claims.sub' },
              groups: { claim: 'groups', prefix: 'oidc:' },
            },
            userValidationRules: [
              { expression: "!user.username.startsWith('oidc:system:')", message: 'no system users' },
            ],
          },
        ],
        anonymous: { enabled: true, conditions: [{ path: '/livez' }] },
      }),
    );
    return [
      ...['--audit-policy-file', join(data, 'policy.yaml'), '--audit-log-path', join(data, 'audit.log')],
      ...['--audit-database-days', '7', '--enable-bootstrap-token-auth'],
      ...['--authentication-config', join(data, 'authn.yaml')],
      ...['--requestheader-client-ca-file', join(data, 'proxies.crt')],
      ...['--requestheader-allowed-names', 'front'],
    ];
  });
  const pki = (file: string): string => join(api.data, 'pki', file);
  controllers = spawn(
    process.execPath,
    [
      ...[manager, '--kubeconfig', await api.asUser('system:kube-controller-manager')],
      ...['--leader-elect=false', '--root-ca-file', pki('ca.crt')],
      ...['--cluster-signing-cert-file', pki('ca.crt'), '--cluster-signing-key-file', pki('ca.key')],
      ...['--service-account-private-key-file', pki('sa.key')],
    ],
    { stdio: 'ignore' },
  );
});
afterAll(async () => {
  const ended = new Promise((resolve) => controllers?.once('exit', resolve));
  if (controllers?.kill('SIGTERM')) await ended;
  await api?.stop();
  issuer.close();
});

const kubectl = async (args: string, input?: string): Promise<string> =>
  (await api.kubectl(args.split(' '), input === undefined ? {} : { input })).out;

function post(
  path: string,
  options: { readonly cert: string; readonly key: string; readonly headers: Record<string, string> },
): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', ...options.headers };
    const target = { host: '127.0.0.1', port: api.port, path, ca: api.ca, method: 'POST', agent: false };
    const request = httpsRequest({ ...target, ...options, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve([response.statusCode ?? 0, Buffer.concat(chunks).toString()]));
    });
    request.on('error', reject);
    request.end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }));
  });
}

/** A kubeconfig whose only credential is a token. */
async function withToken(token: string): Promise<string> {
  const file = join(api.data, `kubeconfig-${token.slice(-12).replaceAll(/[^\w]/g, '')}`);
  const text = await readFile(api.kubeconfig, 'utf8');
  await writeFile(
    file,
    text.replace(/client-certificate-data: .*\n/, `token: ${token}\n`).replace(/ *client-key-data: .*\n/, ''),
  );
  return file;
}
const whoami = async (kubeconfig: string): Promise<string> =>
  (await api.kubectl(['auth', 'whoami'], { kubeconfig })).out;

describe('users', () => {
  it('have certificates that kubectl got by a request', async () => {
    const { request, key } = await newCertificateRequest({ commonName: 'jane', organizations: ['dev'] });
    const csr = {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name: 'jane' },
      spec: {
        request: Buffer.from(request).toString('base64'),
        signerName: 'kubernetes.io/kube-apiserver-client',
        usages: ['client auth'],
        expirationSeconds: 3600,
      },
    };
    expect(await kubectl('create -f -', JSON.stringify(csr))).toContain('created');
    expect(await kubectl('get csr jane')).toMatch(
      /jane +\d+s +kubernetes.io\/kube-apiserver-client +tester +60m +Pending/,
    );
    expect(await kubectl('certificate approve jane')).toContain('jane approved');
    const certificate = await vi.waitUntil(
      async () => (await kubectl('get csr jane -o jsonpath={.status.certificate}')) || undefined,
      { timeout: 30_000 },
    );
    expect(await kubectl('get csr jane')).toContain('Approved,Issued');
    const file = join(api.data, 'kubeconfig-jane');
    const cert = Buffer.from(certificate, 'base64').toString();
    await writeKubeconfig(file, {
      server: `https://127.0.0.1:${api.port}`,
      ca: api.ca,
      user: 'jane',
      cert,
      key,
    });
    const answer = await whoami(file);
    expect(answer).toMatch(/Username +jane/);
    expect(answer).toMatch(/Groups +\[dev system:authenticated\]/);
    expect(answer).toMatch(/credential-id +\[X509SHA256=[0-9a-f]{64}\]/);
  });

  it('come from an OIDC issuer, by its rules', async () => {
    const answer = await whoami(await withToken(issuer.sign({ sub: 'alice', groups: ['dev'], jti: 'j1' })));
    expect(answer).toMatch(/Username +oidc:alice/);
    expect(answer).toMatch(/Groups +\[oidc:dev system:authenticated\]/);
    expect(answer).toContain('[JTI=j1]');
    for (const claims of [{ sub: 'system:x' }, { sub: 'alice', aud: 'other' }, { sub: 'alice', exp: 1 }])
      expect(await whoami(await withToken(issuer.sign(claims)))).toContain('Unauthorized');
  });

  it('are service accounts, with tokens of every kind', async () => {
    expect(await kubectl('create serviceaccount web')).toContain('created');
    const token = (await kubectl('create token web --duration 10m')).trim();
    expect(await whoami(await withToken(token))).toMatch(/Username +system:serviceaccount:default:web/);
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: { name: 'web', annotations: { 'kubernetes.io/service-account.name': 'web' } },
    };
    expect(await kubectl('create -f -', JSON.stringify(secret))).toContain('created');
    const data = await vi.waitUntil(
      async () => (await kubectl('get secret web -o jsonpath={.data.token}')) || undefined,
      { timeout: 30_000 },
    );
    const old = Buffer.from(data, 'base64').toString();
    expect(await whoami(await withToken(old))).toMatch(/Username +system:serviceaccount:default:web/);
    await vi.waitUntil(
      async () => (await kubectl('get secret web -o yaml')).includes('kubernetes.io/legacy-token-last-used'),
      { timeout: 10_000 },
    );
    await kubectl('delete secret web');
    expect(await whoami(await withToken(old))).toContain('Unauthorized');
  });

  it('are nodes that join, by a bootstrap token', async () => {
    const token = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'bootstrap.kubernetes.io/token',
      metadata: { name: 'bootstrap-token-abcdef', namespace: 'kube-system' },
      stringData: {
        ...{ 'token-id': 'abcdef', 'token-secret': '0123456789abcdef' },
        ...{ 'usage-bootstrap-authentication': 'true', 'usage-bootstrap-signing': 'true' },
      },
    };
    await kubectl('create -f -', JSON.stringify(token));
    expect(await whoami(await withToken('abcdef.0123456789abcdef'))).toMatch(
      /Username +system:bootstrap:abcdef/,
    );
    await kubectl('-n kube-public create configmap cluster-info --from-literal=kubeconfig=text');
    await vi.waitUntil(
      async () =>
        (await kubectl('-n kube-public get configmap cluster-info -o yaml')).includes(
          'jws-kubeconfig-abcdef',
        ),
      { timeout: 30_000 },
    );
  });

  it('are nobody on few paths only', async () => {
    const get = (path: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port: api.port, path, ca: api.ca };
        httpsGet(options, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    expect(await get('/livez')).toBe(200);
    expect(await get('/version')).toBe(401);
  });

  it('are those whom a proxy vouches for, with a certificate of its own authority', async () => {
    const review = async (authority: KeyPair, commonName: string): Promise<[number, string]> => {
      const leaf = await issueLeaf(authority, { subject: { commonName }, usage: 'client' });
      return post('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
        ...{ cert: leaf.cert, key: leaf.key },
        headers: { 'x-remote-user': 'carol', 'x-remote-group': 'dev', 'x-remote-extra-scopes': 'a' },
      });
    };
    const [code, body] = await review(proxies, 'front');
    expect(code).toBe(201);
    expect(JSON.parse(body)).toMatchObject({
      status: {
        userInfo: {
          username: 'carol',
          groups: ['dev', 'system:authenticated'],
          extra: { scopes: ['a'] },
        },
      },
    });
    expect((await review(proxies, 'other'))[0]).toBe(401);
    // The users' authority signs no proxies: the headers are nothing.
    const users = await loadAuthority(join(api.data, 'pki'));
    expect(JSON.parse((await review(users, 'front'))[1])).toMatchObject({
      status: { userInfo: { username: 'front' } },
    });
    expect((await review(await createAuthority('stranger'), 'front'))[0]).toBe(401);
  });
});

describe('audit', () => {
  it('tells in a file and in the database who did what', async () => {
    await kubectl('-n default create configmap seen --from-literal=x=1 --as=bob --as-group=system:masters');
    const line = (await readFile(join(api.data, 'audit.log'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .find(({ objectRef, verb }) => verb === 'create' && (objectRef as { name?: string })?.name === 'seen');
    expect(line).toMatchObject({
      level: 'RequestResponse',
      stage: 'ResponseComplete',
      user: { username: 'tester' },
      impersonatedUser: { username: 'bob', groups: ['system:masters', 'system:authenticated'] },
      sourceIPs: ['127.0.0.1'],
      requestObject: { kind: 'ConfigMap', data: { x: '1' } },
      responseObject: { kind: 'ConfigMap', data: { x: '1' } },
      annotations: { 'authorization.k8s.io/decision': 'allow' },
    });
    const path = '/apis/audit.gantry.dev/v1alpha1/events?name=seen&verb=create';
    const found = await vi.waitUntil(
      async () => {
        const list = JSON.parse(await kubectl(`get --raw ${path}`)) as { items: Record<string, unknown>[] };
        return list.items[0];
      },
      { timeout: 10_000 },
    );
    expect(found.auditID).toBe(line?.auditID);
    const denied = await api.kubectl(['get', '--raw', path], { kubeconfig: await api.asUser('eve') });
    expect(denied.out).toContain('User "eve" cannot list resource "events" in API group "audit.gantry.dev"');
  });
});

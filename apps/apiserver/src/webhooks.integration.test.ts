import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAuthority, issueLeaf } from '@gantry/pki/certificate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from './testing/api-process.ts';

interface Asked {
  readonly path: string;
  readonly body: {
    readonly kind: string;
    readonly spec?: Record<string, unknown>;
    readonly items?: readonly Record<string, unknown>[];
  };
}

const asked: Asked[] = [];

/** What the other server knows: one token, and that erin may list pods and nobody may touch the namespace `sealed`. */
function answer({ path, body }: Asked): object {
  const spec = (body.spec ?? {}) as {
    token?: string;
    user?: string;
    resourceAttributes?: { verb?: string; resource?: string; namespace?: string };
  };
  if (path === '/authn')
    return spec.token === 'known-elsewhere'
      ? { status: { authenticated: true, user: { username: 'erin', groups: ['guests'] } } }
      : { status: { authenticated: false, error: 'never seen' } };
  const { verb, resource, namespace } = spec.resourceAttributes ?? {};
  if (namespace === 'sealed') return { status: { allowed: false, denied: true, reason: 'it is sealed' } };
  return { status: { allowed: spec.user === 'erin' && verb === 'list' && resource === 'pods' } };
}

let server: Server;
let api: ApiProcess;
beforeAll(async () => {
  const authority = await createAuthority('webhooks-ca');
  const subject = { commonName: 'webhooks' };
  const leaf = await issueLeaf(authority, { subject, usage: 'server', hosts: ['127.0.0.1'] });
  server = createServer({ cert: leaf.cert, key: leaf.key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked['body'];
      const one: Asked = { path: (request.url ?? '').split('?', 1)[0] ?? '', body };
      asked.push(one);
      response.end(JSON.stringify(answer(one)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  api = await startApiProcess(async (data) => {
    const kubeconfig = async (name: string): Promise<string> => {
      const file = join(data, `${name}.kubeconfig`);
      const cluster = {
        server: `https://127.0.0.1:${port}/${name}`,
        'certificate-authority-data': Buffer.from(authority.cert).toString('base64'),
      };
      const context = { cluster: 'c', user: 'u' };
      const config = {
        ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'x' },
        clusters: [{ name: 'c', cluster }],
        users: [{ name: 'u', user: {} }],
        contexts: [{ name: 'x', context }],
      };
      await writeFile(file, JSON.stringify(config));
      return file;
    };
    const policy = join(data, 'policy.yaml');
    await writeFile(
      policy,
      JSON.stringify({
        ...{ apiVersion: 'audit.k8s.io/v1', kind: 'Policy' },
        rules: [{ level: 'Metadata', users: ['erin'] }],
      }),
    );
    const authorization = join(data, 'authorization.yaml');
    const webhook = {
      ...{ timeout: '5s', subjectAccessReviewVersion: 'v1', failurePolicy: 'Deny' },
      ...{ matchConditionSubjectAccessReviewVersion: 'v1' },
      connectionInfo: { type: 'KubeConfigFile', kubeConfigFile: await kubeconfig('authz') },
      matchConditions: [{ expression: "request.user == 'erin'" }],
    };
    await writeFile(
      authorization,
      JSON.stringify({
        ...{ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AuthorizationConfiguration' },
        authorizers: [
          { type: 'Webhook', name: 'other', webhook },
          { type: 'Node', name: 'node' },
          { type: 'RBAC', name: 'rbac' },
        ],
      }),
    );
    return [
      ...['--authentication-token-webhook-config-file', await kubeconfig('authn')],
      ...['--authentication-token-webhook-version', 'v1', '--authorization-config', authorization],
      ...['--audit-policy-file', policy, '--audit-webhook-config-file', await kubeconfig('audit')],
      ...['--audit-webhook-batch-max-wait', '50ms'],
    ];
  });
});
afterAll(async () => {
  await api?.stop();
  server.close();
});

describe('other servers', () => {
  const kubectl = async (token: string, ...args: string[]): Promise<string> => {
    const file = join(api.data, `kubeconfig-${token}`);
    const cluster = {
      server: `https://127.0.0.1:${api.port}`,
      'certificate-authority-data': Buffer.from(api.ca).toString('base64'),
    };
    await writeFile(
      file,
      JSON.stringify({
        ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'x' },
        clusters: [{ name: 'c', cluster }],
        users: [{ name: 'u', user: { token } }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      }),
    );
    return (await api.kubectl(args, { kubeconfig: file })).out;
  };

  it('know whose a token is, and what its user may do', async () => {
    expect(await kubectl('known-elsewhere', 'auth', 'whoami')).toMatch(
      /Groups +\[guests system:authenticated\]/,
    );
    expect(await kubectl('unknown', 'auth', 'whoami')).toContain('Unauthorized');
    expect(await kubectl('known-elsewhere', 'get', 'pods', '-n', 'default')).toContain('No resources found');
    expect(await kubectl('known-elsewhere', 'get', 'secrets', '-n', 'default')).toContain(
      'User "erin" cannot list resource "secrets" in API group "" in the namespace "default"',
    );
    expect(await kubectl('known-elsewhere', 'get', 'pods', '-n', 'sealed')).toContain(
      'in the namespace "sealed": it is sealed',
    );
    expect(await kubectl('known-elsewhere', 'auth', 'can-i', 'list', 'pods')).toContain('yes');
    const others = asked.filter(({ path, body }) => path === '/authz' && body.spec?.user !== 'erin');
    expect(others).toEqual([]);
  });

  it('get audit events', async () => {
    const events = await vi.waitUntil(
      () => {
        const all = asked.filter(({ path }) => path === '/audit').flatMap(({ body }) => body.items ?? []);
        return all.some(({ verb }) => verb === 'list') ? all : undefined;
      },
      { timeout: 10_000 },
    );
    expect(events.find(({ stage, verb }) => verb === 'list' && stage === 'ResponseComplete')).toMatchObject({
      user: { username: 'erin' },
      objectRef: { resource: 'pods', namespace: 'default' },
    });
  });
});

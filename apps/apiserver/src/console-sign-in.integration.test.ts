import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from './testing/api-process.ts';
import { type OidcProvider, startOidcProvider } from './testing/oidc-provider.ts';

const client = { id: 'gantry-console', secret: 'of the console' };
const USERS = '/apis/users.gantry.dev/v1alpha1/localusers';

let provider: OidcProvider;
let api: ApiProcess;
beforeAll(async () => {
  provider = await startOidcProvider(client);
  api = await startApiProcess(async (data) => {
    await writeFile(join(data, 'issuer.crt'), provider.ca);
    await writeFile(join(data, 'secret'), `${client.secret}\n`);
    return [
      ...['--oidc-issuer-url', provider.url, '--oidc-client-id', 'kubectl'],
      ...['--oidc-ca-file', join(data, 'issuer.crt'), '--oidc-username-claim', 'email'],
      ...['--oidc-groups-claim', 'groups', '--oidc-groups-prefix', 'acme:'],
      ...['--console-oidc-client-id', client.id, '--console-oidc-client-secret-file', join(data, 'secret')],
      ...['--console-oidc-label', 'Acme', '--audit-database-days', '1'],
    ];
  });
});
afterAll(async () => {
  await api?.stop();
  provider?.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A browser's jar of cookies, and its requests to the API server as the front passes them on. */
class Browser {
  readonly jar = new Map<string, string>();

  async ask(
    path: string,
    options: { readonly method?: string; readonly body?: unknown; readonly authorization?: string } = {},
  ): Promise<Answer> {
    const { method = 'GET', body, authorization } = options;
    const headers = {
      cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-forwarded-host': 'console.test:8080',
      'x-forwarded-proto': 'http',
      'x-gantry-csrf': '1',
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const answer = await new Promise<Answer>((resolve, reject) => {
      const { port, ca } = api;
      const outgoing = httpsRequest({ host: '127.0.0.1', port, ca, path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }

  async call<T>(procedure: string, input?: unknown): Promise<T> {
    const { status, text } = await this.ask(`/trpc/${procedure}`, { method: 'POST', body: input ?? {} });
    expect(status, text).toBe(200);
    return (JSON.parse(text) as { result: { data: T } }).result.data;
  }

  async query<T>(procedure: string): Promise<T> {
    const { status, text } = await this.ask(`/trpc/${procedure}`);
    expect(status, text).toBe(200);
    return (JSON.parse(text) as { result: { data: T } }).result.data;
  }

  /** To the issuer and back; gives the address that it sent back to, and what came of that. */
  async signIn(next = '/applications'): Promise<{ readonly back: URL; readonly answer: Answer }> {
    const begun = await this.ask(`/oidc/start?next=${encodeURIComponent(next)}`);
    expect(begun.status, begun.text).toBe(302);
    const at = await new Promise<string>((resolve, reject) => {
      httpsRequest(begun.headers.location ?? '', { ca: provider.ca }, (response) => {
        response.resume();
        resolve(response.headers.location ?? '');
      })
        .on('error', reject)
        .end();
    });
    const back = new URL(at);
    return { back, answer: await this.ask(`${back.pathname}${back.search}`) };
  }
}

const alice = { sub: '1', email: 'alice@acme.test', email_verified: true, groups: ['dev', 'ops'] };

describe('sign-in by an OIDC issuer', () => {
  it('starts a session with the names and groups that tokens of the issuer have', async () => {
    provider.person = alice;
    const browser = new Browser();
    expect(await browser.query('session.ways')).toEqual({ oidc: 'Acme' });
    const { back, answer } = await browser.signIn('/applications?ns=web"x');
    expect(back.origin).toBe('http://console.test:8080');
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).toContain('content="0;url=/applications?ns=web&quot;x"');
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^gantry-session=\S+; Path=\/; HttpOnly; SameSite=Strict; /,
    );
    expect([...browser.jar.keys()]).toEqual(['gantry-session']);
    expect(await browser.query('session.me')).toEqual({
      name: 'alice@acme.test',
      groups: ['acme:dev', 'acme:ops', 'system:authenticated'],
      mustChangePassword: false,
      hasPassword: false,
    });
    // Her rights are those of RBAC.
    expect((await browser.ask('/api/v1/secrets')).status).toBe(403);
    await api.kubectl([
      'create',
      'clusterrolebinding',
      'dev',
      '--clusterrole=cluster-admin',
      '--group=acme:dev',
    ]);
    await vi.waitFor(async () => expect((await browser.ask('/api/v1/secrets')).status).toBe(200));
  });

  it('can be ended from another browser', async () => {
    provider.person = alice;
    const [one, other] = [new Browser(), new Browser()];
    await one.signIn();
    await other.signIn();
    const sessions = await one.query<{ id: string; isCurrent: boolean }[]>('session.sessions');
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    await one.call('session.revoke');
    await vi.waitFor(async () => expect(await other.query('session.me')).toBeNull(), { timeout: 15_000 });
    expect(await one.query('session.me')).toMatchObject({ name: 'alice@acme.test' });
  });

  it('is refused without the cookie of its beginning, with another state, by a replay, and when declined', async () => {
    provider.person = alice;
    const [victim, attacker] = [new Browser(), new Browser()];
    const { back } = await attacker.signIn();
    const forged = await victim.ask(`${back.pathname}${back.search}`);
    expect(forged.headers.location).toBe('/signin?problem=expired');
    await victim.ask('/oidc/start');
    const swapped = await victim.ask(`${back.pathname}${back.search}`);
    expect(swapped.headers.location).toBe('/signin?problem=failed');
    provider.wrongNonce = 'of another time';
    expect((await victim.signIn()).answer.headers.location).toBe('/signin?problem=failed');
    provider.wrongNonce = undefined;
    provider.person = { ...alice, email: 'system:admin' };
    expect((await victim.signIn()).answer.headers.location).toBe('/signin?problem=failed');
    provider.person = undefined;
    expect((await victim.signIn()).answer.headers.location).toBe('/signin?problem=denied');
    expect(victim.jar.size).toBe(0);
  });

  it('leads to no other site', async () => {
    provider.person = alice;
    for (const next of ['//evil.test/', '/\\evil.test', 'https://evil.test/']) {
      const { answer } = await new Browser().signIn(next);
      expect(answer.text).toContain('content="0;url=/"');
    }
  });
});

describe('a first password', () => {
  it('lets the session change it and nothing else, while programs go on with it', async () => {
    const password = (await readFile(join(api.data, 'admin-password'), 'utf8')).trim();
    const browser = new Browser();
    expect(await browser.call('session.signIn', { name: 'admin', password })).toEqual({
      name: 'admin',
      passwordIsInitial: true,
    });
    expect(await browser.query('session.me')).toMatchObject({ mustChangePassword: true });
    expect((await browser.ask('/trpc/discovery.kinds')).status).toBe(403);
    expect((await browser.ask('/api/v1/namespaces')).status).toBe(403);
    const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
    expect((await new Browser().ask('/api/v1/namespaces', { authorization })).status).toBe(200);
    await browser.call('session.changePassword', {
      oldPassword: password,
      newPassword: 'correct horse battery',
    });
    expect(await browser.query('session.me')).toMatchObject({ mustChangePassword: false, hasPassword: true });
    expect((await browser.ask('/api/v1/namespaces')).status).toBe(200);
  });

  it('is what an administrator gives to a new user, and the audit log tells', async () => {
    const admin = new Browser();
    await admin.call('session.signIn', { name: 'admin', password: 'correct horse battery' });
    const { password } = await admin.call<{ password: string }>('users.create', {
      name: 'eve',
      groups: ['dev'],
    });
    const eve = new Browser();
    await eve.call('session.signIn', { name: 'eve', password });
    expect(await eve.query('session.me')).toMatchObject({ mustChangePassword: true });
    await admin.call('users.update', { name: 'eve', disabled: true });
    await vi.waitFor(async () => expect(await eve.query('session.me')).toBeNull(), { timeout: 15_000 });
    const query = encodeURIComponent(
      JSON.stringify({
        resource: { group: '', version: 'v1', plural: 'secrets' },
        ...{ namespace: 'default', name: 'token', reveal: true },
      }),
    );
    await api.kubectl(['create', 'secret', 'generic', 'token', '--from-literal=a=b']);
    const revealed = await admin.ask(`/trpc/resources.get?input=${query}`);
    expect(revealed.text).toContain('Yg==');
    await vi.waitFor(async () => {
      const events = '/apis/audit.gantry.dev/v1alpha1/events?user=admin&limit=100';
      const { text } = await admin.ask(events);
      expect(text).toContain('/api/v1/namespaces/default/secrets/token?reveal=true');
      expect(text).toContain(`${USERS}/eve`);
      expect(text).not.toContain(password);
    });
  });
});

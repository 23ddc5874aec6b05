import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuthorization } from '../authorization/authorization.ts';
import { virtualHandlers } from '../reviews/handlers.ts';
import { context, FakeState, pod, statusOf } from '../testing/fakes.ts';
import { type Authentication, createAuthentication } from './authentication.ts';
import type { LocalUserLookup } from './local-users.ts';
import { loadServiceAccountKeys, type ServiceAccountKeys } from './service-account-keys.ts';

const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const START = Date.parse('2030-01-01T00:00:00Z');

/** CN=jane, O=dev, O=ops; valid from 2026 to 2126. */
const certificate = Buffer.from(
  [
    'MIIBrTCCAVOgAwIBAgIUJ+YZlEpOIQlSopzwvtnkqmdLmogwCgYIKoZIzj0EAwIwKzEMMAoGA1UECgwDZGV2MQwwCgYDVQQKDANv',
    'cHMxDTALBgNVBAMMBGphbmUwIBcNMjYxMTIyMTAzMjA0WhgPMjEyNjEwMjkxMDMyMDRaMCsxDDAKBgNVBAoMA2RldjEMMAoGA1UE',
    'CgwDb3BzMQ0wCwYDVQQDDARqYW5lMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVcHb+cc3fAtXSsrHj8w7IM0oEppHuWEqcR7Y',
    '7zWLS2G0tZfw8i5bTdooBtrwGYRVk4EzI9f1869ompmDKg61G6NTMFEwHQYDVR0OBBYEFFGsJZsUrOlzJ9mExpneELFJqwGKMB8G',
    'A1UdIwQYMBaAFFGsJZsUrOlzJ9mExpneELFJqwGKMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAMKNYndqFWqo',
    'eiUr2YgGWXtAZxzKKDRBC1bS/ZDaRdX4AiBvJE+rDqNfAyIHExrlAkp+wcDh3hKC01r95rRBTFLkUQ==',
  ].join(''),
  'base64',
);

const newPem = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

let keys: ServiceAccountKeys;
beforeAll(() => {
  keys = loadServiceAccountKeys(newPem());
});

const bob = { name: 'bob', groups: ['gantry:admins'] };
const users = (over: Partial<LocalUserLookup> = {}): LocalUserLookup => ({
  verifyPassword: async (name, password) => (name === 'bob' && password === 'secret' ? bob : undefined),
  lookupSession: async (cookie) => (cookie === 'live' ? bob : undefined),
  lookupToken: async (token) => (token === 'gantry_ok' ? bob : undefined),
  ...over,
});

interface Setup {
  readonly authentication: Authentication;
  readonly state: FakeState;
  readonly clock: { now: number };
}
function setUp(lookup: LocalUserLookup = users()): Setup {
  const state = new FakeState([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'ns', uid: 'sa-1' } },
    pod('p', { serviceAccountName: 'web', nodeName: 'n1' }),
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', uid: 'node-1' } },
  ]);
  const clock = { now: START };
  const authentication = createAuthentication({
    state,
    serviceAccounts: { keys, issuer: ISSUER, jwksUri: 'https://host/openid/v1/jwks' },
    users: lookup,
    now: () => clock.now,
  });
  return { authentication, state, clock };
}
const as = (authentication: Authentication, headers: Record<string, string>, method = 'GET') =>
  authentication.authenticate({ headers, path: '/', method });
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('authentication', () => {
  it('reads user and groups from a certificate, while it is valid', async () => {
    const { authentication, clock } = setUp();
    const input = { headers: {}, path: '/', clientCertificate: certificate };
    expect(await authentication.authenticate(input)).toEqual({
      name: 'jane',
      groups: ['dev', 'ops', 'system:authenticated'],
      extra: {
        'authentication.kubernetes.io/credential-id': [expect.stringMatching(/^X509SHA256=[0-9a-f]{64}$/)],
      },
    });
    clock.now = Date.parse('2200-01-01T00:00:00Z');
    expect((await statusOf(authentication.authenticate(input))).code).toBe(401);
    const foreign = { headers: {}, path: '/', clientCertificateFault: 'unknown authority' };
    expect((await statusOf(authentication.authenticate(foreign))).code).toBe(401);
  });

  it('makes whoever shows nothing anonymous, and refuses what is wrong', async () => {
    const { authentication } = setUp();
    expect(await as(authentication, {})).toEqual({
      name: 'system:anonymous',
      groups: ['system:unauthenticated'],
    });
    for (const authorization of [
      'Bearer x.y.z',
      'Bearer gantry_no',
      basic('bob:wrong'),
      basic('nocolon'),
      basic('eve:gantry_ok'),
    ]) {
      const { code, message } = await statusOf(as(authentication, { authorization }));
      expect([authorization, code, message]).toEqual([authorization, 401, 'Unauthorized']);
    }
  });

  it('accepts a password, a personal token in either scheme, and a token in a WebSocket protocol', async () => {
    const { authentication } = setUp();
    const protocol = `v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.${Buffer.from('gantry_ok').toString('base64url')}`;
    for (const headers of [
      { authorization: basic('bob:secret') },
      { authorization: basic('bob:gantry_ok') },
      { authorization: 'Bearer gantry_ok' },
      { upgrade: 'websocket', 'sec-websocket-protocol': protocol },
    ]) {
      expect(await as(authentication, headers)).toEqual({
        name: 'bob',
        groups: ['gantry:admins', 'system:authenticated'],
      });
    }
  });

  it('asks the database once for equal credentials at a moment, and again later', async () => {
    const verifyPassword = vi.fn(async () => bob);
    const { authentication, clock } = setUp(users({ verifyPassword }));
    const ask = () => as(authentication, { authorization: basic('bob:secret') });
    await Promise.all([ask(), ask()]);
    await ask();
    expect(verifyPassword).toHaveBeenCalledTimes(1);
    clock.now += 60_000;
    await ask();
    expect(verifyPassword).toHaveBeenCalledTimes(2);
  });

  it('takes a session cookie from our own origin alone for what changes anything', async () => {
    const { authentication } = setUp();
    const cookie = 'theme=dark; gantry-session=live';
    const host = 'gantry.test:8080';
    const attempt = async (headers: Record<string, string>, method: string) =>
      (await statusOf(as(authentication, { cookie, host, ...headers }, method))).code ?? 200;
    expect(await attempt({}, 'GET')).toBe(200);
    expect(await attempt({}, 'POST')).toBe(403);
    expect(await attempt({ origin: 'http://evil.test' }, 'POST')).toBe(403);
    expect(await attempt({ origin: 'null' }, 'DELETE')).toBe(403);
    expect(await attempt({ origin: `http://${host}` }, 'POST')).toBe(200);
    expect(await attempt({ 'sec-fetch-site': 'same-origin' }, 'PATCH')).toBe(200);
    expect(await attempt({ 'sec-fetch-site': 'cross-site' }, 'PATCH')).toBe(403);
    expect(await attempt({ 'x-gantry-csrf': '1' }, 'PUT')).toBe(200);
    expect(await attempt({ upgrade: 'websocket', origin: 'http://evil.test' }, 'GET')).toBe(403);
    expect((await as(authentication, { cookie: 'gantry-session=dead' }, 'POST')).name).toBe(
      'system:anonymous',
    );
  });
});

describe('service-account tokens', () => {
  const request = async ({ authentication, state, clock }: Setup, spec: object, body: object = {}) => {
    const handlers = virtualHandlers({
      authentication,
      authorization: createAuthorization([]),
      now: () => clock.now,
    });
    const handler = handlers.find(({ subresource }) => subresource === 'token');
    const made = await handler?.create(
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        metadata: { name: 'web' },
        spec,
        ...body,
      },
      context({
        state,
        attributes: {
          ...context().attributes,
          resource: 'serviceaccounts',
          subresource: 'token',
          verb: 'create',
          namespace: 'ns',
          name: 'web',
        },
      }),
    );
    return made as unknown as {
      status: { token: string; expirationTimestamp: string };
      spec: { audiences: string[] };
    };
  };
  const POD = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'uid-p' };

  it('issues a token bound to a pod that ends with the pod', async () => {
    const setup = setUp();
    const { status, spec } = await request(setup, { boundObjectRef: POD, expirationSeconds: 600 });
    expect(spec.audiences).toEqual([ISSUER]);
    expect(status.expirationTimestamp).toBe('2030-01-01T00:10:00Z');
    const user = await as(setup.authentication, { authorization: `Bearer ${status.token}` });
    expect(user).toMatchObject({
      name: 'system:serviceaccount:ns:web',
      uid: 'sa-1',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:ns', 'system:authenticated'],
      extra: {
        'authentication.kubernetes.io/pod-name': ['p'],
        'authentication.kubernetes.io/pod-uid': ['uid-p'],
        'authentication.kubernetes.io/node-name': ['n1'],
      },
    });
    setup.state.objects.splice(1, 1);
    expect((await statusOf(as(setup.authentication, { authorization: `Bearer ${status.token}` }))).code).toBe(
      401,
    );
  });

  it('refuses a token after its time, after its account was made anew, and for another audience', async () => {
    const setup = setUp();
    const bearer = async (spec: object): Promise<string> =>
      `Bearer ${(await request(setup, spec)).status.token}`;
    const authorization = await bearer({ expirationSeconds: 600 });
    await as(setup.authentication, { authorization });
    setup.clock.now += 700_000;
    expect((await statusOf(as(setup.authentication, { authorization }))).code).toBe(401);
    const vault = await bearer({ audiences: ['vault'] });
    expect((await statusOf(as(setup.authentication, { authorization: vault }))).code).toBe(401);
    const fresh = await bearer({});
    const account = setup.state.objects[0];
    if (account !== undefined) account.metadata.uid = 'sa-2';
    expect((await statusOf(as(setup.authentication, { authorization: fresh }))).code).toBe(401);
  });

  it('refuses a foreign signature under a known key id, and another algorithm', async () => {
    const { authentication } = setUp();
    const forge = (alg: string, key: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT({ 'kubernetes.io': { namespace: 'ns', serviceaccount: { name: 'web', uid: 'sa-1' } } })
        .setProtectedHeader({ alg, kid: keys.signing.id })
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setSubject('system:serviceaccount:ns:web')
        .setIssuedAt(START / 1000)
        .setNotBefore(START / 1000)
        .setExpirationTime(START / 1000 + 600)
        .sign(key);
    const other = loadServiceAccountKeys(newPem()).signing.key;
    for (const token of [
      await forge('ES256', other),
      await forge('HS256', new TextEncoder().encode('x'.repeat(32))),
    ]) {
      expect((await statusOf(as(authentication, { authorization: `Bearer ${token}` }))).code).toBe(401);
    }
    await expect(
      as(authentication, { authorization: `Bearer ${await forge('ES256', keys.signing.key)}` }),
    ).resolves.toMatchObject({ name: 'system:serviceaccount:ns:web' });
  });

  it('checks what is asked for', async () => {
    const setup = setUp();
    expect((await statusOf(request(setup, { expirationSeconds: 60 }))).message).toBe(
      'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
    );
    expect((await statusOf(request(setup, { boundObjectRef: { ...POD, uid: 'old' } }))).code).toBe(409);
    expect((await statusOf(request(setup, { boundObjectRef: { ...POD, name: 'gone' } }))).message).toBe(
      'pods "gone" not found',
    );
  });

  it('publishes its keys', () => {
    const { documents } = setUp().authentication;
    const { headers, body } = documents['/openid/v1/jwks'] ?? {};
    expect(headers).toMatchObject({ 'content-type': 'application/jwk-set+json' });
    expect(JSON.parse(String(body))).toMatchObject({
      keys: [{ use: 'sig', kty: 'EC', alg: 'ES256', kid: keys.signing.id }],
    });
    expect(String(body)).not.toContain('"d"');
    expect(JSON.parse(String(documents['/.well-known/openid-configuration']?.body))).toMatchObject({
      issuer: ISSUER,
      jwks_uri: 'https://host/openid/v1/jwks',
    });
  });
});

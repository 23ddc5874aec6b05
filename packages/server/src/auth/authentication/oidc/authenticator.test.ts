import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_ALGORITHMS, createOidcAuthenticator } from './authenticator.ts';

const pem = (name: string): string =>
  readFileSync(new URL(`../../../outbound/testdata/${name}`, import.meta.url), 'utf8');
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [first, second, stranger] = [pair(), pair(), pair()];

/** The keys that the issuer tells. */
let published = [first, second];
/** What it tells in their place. */
let odd: object | undefined;

let server: Server;
let url = '';
/** What `/groups` answers. */
let claimToken = '';
beforeAll(async () => {
  server = createServer({ cert: pem('server.crt'), key: pem('server.key') }, async (request, response) => {
    if (request.url === '/groups') {
      const known = request.headers.authorization === 'Bearer secret';
      response.writeHead(known ? 200 : 403).end(claimToken);
      return;
    }
    // What a key says of its use does not count.
    const keys = await Promise.all(
      published.map(async ({ publicKey }) => ({ ...(await exportJWK(publicKey)), alg: 'ES384', use: 'enc' })),
    );
    response.end(
      JSON.stringify(request.url === '/keys' ? (odd ?? { keys }) : { issuer: url, jwks_uri: `${url}/keys` }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const sign = ({ privateKey }: ReturnType<typeof pair>, claims: object = {}): Promise<string> => {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const payload = { name: 'alice', iss: url, aud: 'gantry', exp, ...claims };
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey);
};

it('takes a token that names no key as any of the keys may have made it', async () => {
  const authenticator = createOidcAuthenticator({
    jwt: [
      {
        issuer: { url, audiences: ['gantry'], certificateAuthority: pem('ca.crt') },
        claimMappings: { username: { claim: 'name', prefix: 'oidc:' } },
      },
    ],
    ...{ algorithms: ALL_ALGORITHMS, audiences: ['api'], now: Date.now },
  });
  const user = { name: 'oidc:alice', groups: ['system:authenticated'] };
  for (const keys of [first, second])
    expect(await authenticator.authenticate(await sign(keys), ['api'], {})).toEqual({
      ...{ user, audiences: ['api'] },
    });
  await expect(authenticator.authenticate(await sign(stranger), ['api'], {})).rejects.toThrow(
    'oidc: verify token: failed to verify signature: failed to verify id token signature',
  );
});

describe('a token', () => {
  const authenticator = (audiences = ['gantry'], map = {}) =>
    createOidcAuthenticator({
      jwt: [
        {
          issuer: { url, audiences, certificateAuthority: pem('ca.crt') },
          claimMappings: { username: { claim: 'name', prefix: '' }, ...map },
        },
      ],
      ...{ algorithms: ALL_ALGORITHMS, audiences: ['api'], now: Date.now },
    });
  const outcome = (token: string, audiences?: string[], map?: object) =>
    Promise.resolve(authenticator(audiences, map).authenticate(token, ['api'], {})).then(
      (answer) => answer?.user,
      (error: Error) => error.message,
    );

  it('is refused in the words of the original', async () => {
    const now = Math.floor(Date.now() / 1000);
    const verify = 'oidc: verify token: ';
    expect(await outcome(await sign(first, { aud: 'you' }))).toBe(
      `${verify}oidc: expected audience "gantry" got ["you"]`,
    );
    expect(await outcome(await sign(first), ['b', 'a'])).toBe(
      `${verify}oidc: expected audience in ["a" "b"] got ["gantry"]`,
    );
    expect(await outcome(await sign(first, { exp: 1_767_323_045 }))).toBe(
      `${verify}oidc: token is expired (Token Expiry: 2026-01-02 03:04:05 +0000 UTC)`,
    );
    expect(await outcome(await sign(first, { nbf: now + 3600 }))).toMatch(
      /^oidc: verify token: oidc: current time .* UTC before the nbf \(not before\) time: .* UTC$/,
    );
    expect(await outcome(await sign(first, { name: 5 }))).toBe(
      'oidc: parse username claims "name": json: cannot unmarshal number into Go value of type string',
    );
    const [, claims = ''] = (await sign(first)).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await outcome(`${none}.${claims}.`)).toContain('unsupported algorithm, expected ["ES256" ');
  });

  it('may tell its end as text, and a claim that is null says nothing', async () => {
    const soon = String(Math.floor(Date.now() / 1000) + 60);
    const token = await sign(first, { exp: soon, groups: null });
    const user = await outcome(token, ['gantry'], { groups: { claim: 'groups', prefix: '' } });
    expect(user).toEqual({ name: 'alice', groups: ['system:authenticated'] });
  });

  it.each([
    [{}, 'failed to verify id token signature'],
    [{ keys: 'x' }, 'fetching keys oidc: failed to decode keys: not a set of keys'],
    [{ keys: [null] }, 'fetching keys oidc: failed to decode keys: not a set of keys'],
  ])('is refused when its issuer tells %j in place of keys', async (told, reason) => {
    const tokens = authenticator();
    expect(await tokens.authenticate(await sign(first), ['api'], {})).toBeDefined();
    odd = told;
    try {
      await expect(Promise.resolve(tokens.authenticate(await sign(stranger), ['api'], {}))).rejects.toThrow(
        `failed to verify signature: ${reason}`,
      );
    } finally {
      odd = undefined;
    }
  });

  it('of a key that is new counts at once, however lately the keys were read', async () => {
    const keep = published;
    const tokens = authenticator();
    published = [first];
    expect(await tokens.authenticate(await sign(first), ['api'], {})).toBeDefined();
    published = [second];
    expect(await tokens.authenticate(await sign(second), ['api'], {})).toBeDefined();
    await expect(
      Promise.resolve(tokens.authenticate(await sign(first, { jti: 'old' }), ['api'], {})),
    ).rejects.toThrow('failed to verify id token signature');
    published = keep;
  });
});

describe('groups that lie elsewhere', () => {
  const authenticator = () =>
    createOidcAuthenticator({
      jwt: [
        {
          issuer: { url, audiences: ['gantry'], certificateAuthority: pem('ca.crt') },
          claimMappings: {
            username: { claim: 'name', prefix: '' },
            groups: { claim: 'groups', prefix: 'g:' },
          },
        },
      ],
      ...{ algorithms: ALL_ALGORITHMS, audiences: ['api'], now: Date.now },
    });
  const elsewhere = (source: object, names: object = { groups: 'there' }) => ({
    _claim_names: names,
    _claim_sources: { there: source },
  });
  const groupsOf = async (claims: object): Promise<readonly string[] | undefined> =>
    (await authenticator().authenticate(await sign(first, claims), ['api'], {}))?.user.groups;

  it('are asked for with the token that is given, and verified by their own issuer', async () => {
    claimToken = await sign(second, { groups: ['a', 'b'] });
    const source = { endpoint: `${url}/groups`, access_token: 'secret' };
    expect(await groupsOf(elsewhere(source))).toEqual(['g:a', 'g:b', 'system:authenticated']);
    expect(await groupsOf({ ...elsewhere(source), groups: 'own' })).toEqual([
      ...['g:own', 'system:authenticated'],
    ]);
  });

  it('are none when another claim lies there, or no place is named', async () => {
    expect(await groupsOf(elsewhere({ endpoint: `${url}/groups` }, { other: 'there' }))).toEqual([
      'system:authenticated',
    ]);
    expect(await groupsOf(elsewhere({ JWT: 'x.y.z' }))).toEqual(['system:authenticated']);
  });

  it('make the token wrong when they can not be had', async () => {
    const source = { endpoint: `${url}/groups`, access_token: 'secret' };
    const refusal = (claims: object) => groupsOf(claims).then(String, (error: Error) => error.message);
    const head = 'oidc: could not expand distributed claims: ';
    expect(await refusal(elsewhere({ endpoint: `${url}/groups` }))).toBe(
      `${head}while getting distributed claim "groups": error while getting distributed claim JWT: 403 Forbidden`,
    );
    claimToken = await sign(stranger, { groups: ['system:masters'] });
    expect(await refusal(elsewhere(source))).toBe(
      `${head}verify distributed claim token: failed to verify signature: failed to verify id token signature`,
    );
    claimToken = await sign(second);
    expect(await refusal(elsewhere(source))).toContain('did not contain claim: groups');
    expect(await refusal({ _claim_names: { groups: 'there' } })).toBe(`${head}oidc: no claim sources`);
    expect(await refusal(elsewhere(source, { groups: 'where' }))).toBe(
      `${head}id token _claim_names contained a source where missing in _claims_sources`,
    );
    expect(await refusal(elsewhere({ endpoint: 'http://127.0.0.1:1/' }))).toContain('only https is spoken');
  });
});

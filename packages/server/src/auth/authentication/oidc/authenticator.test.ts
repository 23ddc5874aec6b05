import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_ALGORITHMS, createOidcAuthenticator } from './authenticator.ts';

const pem = (name: string): string =>
  readFileSync(new URL(`../../../outbound/testdata/${name}`, import.meta.url), 'utf8');
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [first, second, stranger] = [pair(), pair(), pair()];

let server: Server;
let url = '';
/** What `/groups` answers. */
let claimToken = '';
beforeAll(async () => {
  const keys = await Promise.all([first, second].map(({ publicKey }) => exportJWK(publicKey)));
  server = createServer({ cert: pem('server.crt'), key: pem('server.key') }, (request, response) => {
    if (request.url === '/groups') {
      const known = request.headers.authorization === 'Bearer secret';
      response.writeHead(known ? 200 : 403).end(claimToken);
      return;
    }
    response.end(
      JSON.stringify(request.url === '/keys' ? { keys } : { issuer: url, jwks_uri: `${url}/keys` }),
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

const sign = ({ privateKey }: ReturnType<typeof pair>, claims: object = {}): Promise<string> =>
  new SignJWT({ name: 'alice', ...claims })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(url)
    .setAudience('gantry')
    .setExpirationTime('1h')
    .sign(privateKey);

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

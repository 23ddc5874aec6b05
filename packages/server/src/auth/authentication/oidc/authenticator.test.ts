import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ALL_ALGORITHMS, createOidcAuthenticator } from './authenticator.ts';

const pem = (name: string): string =>
  readFileSync(new URL(`../../../outbound/testdata/${name}`, import.meta.url), 'utf8');
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [first, second, stranger] = [pair(), pair(), pair()];

let server: Server;
let url = '';
beforeAll(async () => {
  const keys = await Promise.all([first, second].map(({ publicKey }) => exportJWK(publicKey)));
  server = createServer({ cert: pem('server.crt'), key: pem('server.key') }, (request, response) => {
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

const sign = ({ privateKey }: ReturnType<typeof pair>): Promise<string> =>
  new SignJWT({ name: 'alice' })
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
    'oidc: verify token: signature verification failed',
  );
});

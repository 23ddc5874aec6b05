import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Its certificate is made by openssl. */
export const canRunProvider = spawnSync('openssl', ['version']).status === 0;

export interface OidcProvider {
  /** Flags of the API server that let people sign in here. */
  readonly flags: readonly string[];
  close(): void;
}

const SECRET = 'of the console';
const PERSON = { sub: '1', email: 'alice@acme.test', email_verified: true, groups: ['dev'] };
const REQUEST = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=provider'];

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID provider on loopback where everybody is alice@acme.test, without being asked. */
export async function startOidcProvider(): Promise<OidcProvider> {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-oidc-'));
  const file = (name: string): string => join(folder, name);
  execFileSync(
    'openssl',
    [...REQUEST, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', file('key'), '-out', file('crt')],
    { stdio: 'ignore' },
  );
  writeFileSync(file('secret'), SECRET);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const asked = new Map<string, URLSearchParams>();
  let url = '';
  const token = (nonce: string | null): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, aud: 'console', iat: now, exp: now + 300, nonce, ...PERSON };
    const text = `${base64({ alg: 'RS256', kid: 'one' })}.${base64(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const json = (response: ServerResponse, value: object, status = 200): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  const authorize = (response: ServerResponse, query: URLSearchParams): void => {
    const code = randomUUID();
    asked.set(code, query);
    const back = new URLSearchParams({ code, state: query.get('state') ?? '' });
    response.writeHead(302, { location: `${query.get('redirect_uri')}?${back}` });
    response.end();
  };
  const exchange = (response: ServerResponse, body: URLSearchParams): void => {
    const query = asked.get(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    if (query === undefined || query.get('code_challenge') !== challenge)
      json(response, { error: 'invalid_grant' }, 400);
    else
      json(response, {
        access_token: randomUUID(),
        token_type: 'Bearer',
        id_token: token(query.get('nonce')),
      });
  };
  const server = createServer(
    { cert: readFileSync(file('crt')), key: readFileSync(file('key')) },
    (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', url);
      if (pathname === '/authorize') return authorize(response, searchParams);
      if (pathname === '/keys')
        return json(response, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }],
        });
      if (pathname !== '/token')
        return json(response, {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
        });
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => exchange(response, new URLSearchParams(body)));
      return undefined;
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    flags: [
      ...[`--oidc-issuer-url=${url}`, '--oidc-client-id=kubectl', `--oidc-ca-file=${file('crt')}`],
      ...['--oidc-username-claim=email', '--oidc-groups-claim=groups', '--oidc-groups-prefix=acme:'],
      ...['--console-oidc-client-id=console', `--console-oidc-client-secret-file=${file('secret')}`],
      '--console-oidc-label=Acme',
    ],
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

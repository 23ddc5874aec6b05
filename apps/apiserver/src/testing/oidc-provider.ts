import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority, issueLeaf } from '@gantry/pki/certificate';
import { createTokenSigner } from '@gantry/pki/jwt';

/** A small OpenID provider on loopback: whoever comes is signed in at once, as `person` says. */
export interface OidcProvider {
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  /** Claims of who signs in next; undefined: they decline. */
  person: Readonly<Record<string, unknown>> | undefined;
  /** Nonce to answer with in place of the one asked for, as a replay would. */
  wrongNonce: string | undefined;
  close(): void;
}

interface Grant {
  readonly query: URLSearchParams;
  readonly person: Readonly<Record<string, unknown>>;
}

const LIFE_S = 300;

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/** Client id and secret, in the body or by HTTP Basic. */
function clientOf(request: IncomingMessage, body: URLSearchParams): string {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return basic === undefined
    ? `${body.get('client_id')}:${body.get('client_secret')}`
    : Buffer.from(basic, 'base64').toString();
}

export async function startOidcProvider(client: {
  readonly id: string;
  readonly secret: string;
}): Promise<OidcProvider> {
  const authority = await createAuthority('provider-ca');
  const leaf = await issueLeaf(authority, {
    subject: { commonName: 'provider' },
    usage: 'server',
    hosts: ['127.0.0.1'],
  });
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sign = createTokenSigner(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const { kid } = JSON.parse(Buffer.from(sign({}).split('.')[0] ?? '', 'base64url').toString()) as {
    kid: string;
  };
  const grants = new Map<string, Grant>();
  const json = (response: ServerResponse, status: number, value: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };

  const authorize = (response: ServerResponse, query: URLSearchParams): void => {
    const target = new URL(query.get('redirect_uri') ?? '');
    target.searchParams.set('state', query.get('state') ?? '');
    if (provider.person === undefined) target.searchParams.set('error', 'access_denied');
    else {
      const code = randomUUID();
      grants.set(code, { query, person: provider.person });
      target.searchParams.set('code', code);
    }
    response.writeHead(302, { location: target.href });
    response.end();
  };

  const token = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const grant = grants.get(body.get('code') ?? '');
    grants.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood =
      grant !== undefined &&
      clientOf(request, body) === `${client.id}:${client.secret}` &&
      grant.query.get('code_challenge_method') === 'S256' &&
      grant.query.get('code_challenge') === challenge &&
      grant.query.get('redirect_uri') === body.get('redirect_uri');
    if (!isGood) return json(response, 400, { error: 'invalid_grant' });
    const now = Math.floor(Date.now() / 1000);
    const nonce = provider.wrongNonce ?? grant.query.get('nonce');
    const claims = { iss: provider.url, aud: client.id, iat: now, exp: now + LIFE_S, nonce, ...grant.person };
    return json(response, 200, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: LIFE_S,
      id_token: sign(claims),
    });
  };

  const server = createServer({ cert: leaf.cert, key: leaf.key }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', provider.url);
    if (pathname === '/authorize') return authorize(response, searchParams);
    if (pathname === '/token') return void token(request, response);
    if (pathname === '/keys')
      return json(response, 200, {
        keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }],
      });
    return json(response, 200, {
      issuer: provider.url,
      authorization_endpoint: `${provider.url}/authorize`,
      token_endpoint: `${provider.url}/token`,
      jwks_uri: `${provider.url}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const provider: OidcProvider = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: authority.cert,
    person: undefined,
    wrongNonce: undefined,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return provider;
}

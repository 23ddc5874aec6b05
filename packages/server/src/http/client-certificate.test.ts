import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientCertificate, clientCertificateOf } from './client-certificate.ts';

/** Two authorities that the server trusts, a certificate of the first, and a forged one between it and the second. */
const pem = (name: string): string => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
const serving = (name: string): string =>
  readFileSync(new URL(`../outbound/testdata/${name}`, import.meta.url), 'utf8');
const [users, proxies] = [pem('client-ca.crt'), pem('front-proxy-ca.crt')];

let server: Server;
let found: PromiseWithResolvers<ClientCertificate>;

beforeAll(async () => {
  server = createServer({
    ...{ cert: serving('server.crt'), key: serving('server.key'), ca: [users, proxies] },
    ...{ requestCert: true, rejectUnauthorized: false },
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    socket.on('error', () => undefined);
    found.resolve(clientCertificateOf(socket));
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

async function shown(cert: string | undefined): Promise<ClientCertificate> {
  found = Promise.withResolvers<ClientCertificate>();
  const { port } = server.address() as AddressInfo;
  const socket = connect({
    ...{ host: '127.0.0.1', port, rejectUnauthorized: false },
    ...(cert === undefined ? {} : { cert, key: pem('client.key') }),
  });
  socket.on('error', () => undefined);
  const answer = await found.promise;
  socket.destroy();
  return answer;
}

describe("a client's certificate", () => {
  it('is known with its authority and name', async () => {
    expect(await shown(pem('client.crt'))).toMatchObject({
      commonName: 'mallory',
      authority: new X509Certificate(users).fingerprint256,
    });
    expect(await shown(undefined)).toEqual({});
  });

  it('is not of the authority to which a forged certificate beside it leads', async () => {
    const { authority } = await shown(`${pem('client.crt')}${pem('forged.crt')}`);
    expect(authority).toBe(new X509Certificate(users).fingerprint256);
  });

  it('is at fault when nobody here signed it', async () => {
    expect((await shown(pem('forged.crt'))).fault).toMatch(/^verifying certificate failed: /);
  });
});

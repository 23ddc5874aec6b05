import type { TLSSocket } from 'node:tls';

const known = new WeakMap<TLSSocket, Buffer | false>();

/** DER of the client's certificate, when our client CA signed it; looked up once a connection. */
export function clientCertificateOf(socket: TLSSocket): Buffer | undefined {
  const cached = known.get(socket);
  if (cached !== undefined) return cached === false ? undefined : cached;
  const certificate = socket.authorized ? socket.getPeerCertificate() : undefined;
  const der = certificate?.raw;
  known.set(socket, der ?? false);
  return der;
}

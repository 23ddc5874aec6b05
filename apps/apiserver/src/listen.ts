import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ApiServer } from '@gantry/server/api-server';
import type { ExtraRoute } from '@gantry/server/http/frontend';
import type { Logger } from 'pino';
import type { Options } from './options.ts';

const CERTIFICATE_POLL_MS = 60_000;

/** Certificates of users and of proxies are told apart by their authority, after the handshake. */
async function tlsFiles(options: Options, requestHeaderCa: string | undefined) {
  const [cert, key, clientCa] = await Promise.all([
    readFile(options.tlsCertFile),
    readFile(options.tlsPrivateKeyFile),
    readFile(options.clientCaFile),
  ]);
  const trusted = requestHeaderCa === undefined ? clientCa : `${clientCa.toString()}\n${requestHeaderCa}`;
  const named = await Promise.all(
    options.operations.serving.sniCertificates.map(async ({ certFile, keyFile, names }) => ({
      names,
      cert: await readFile(certFile),
      key: await readFile(keyFile),
    })),
  );
  return { tls: { cert, key, clientCa: trusted, named }, clientCa: clientCa.toString() };
}

function listenError(error: unknown, address: string, port: number): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new Error(`port ${port} on ${address} is in use: stop its owner or choose another --secure-port`);
  if (code === 'EADDRNOTAVAIL')
    return new Error(`${address} is no address of this machine: choose another --bind-address`);
  return error instanceof Error ? error : new Error(String(error));
}

export interface Listening {
  readonly port: number;
  readonly clientCa: string;
  close(graceMs: number): Promise<void>;
}

/**
 * Serves HTTPS on every address of the options, all on one port, and takes up a renewed certificate within a minute.
 * Throws an Error that names the address and the flag.
 */
export async function listenEverywhere(
  server: ApiServer,
  options: Options,
  routes: readonly ExtraRoute[],
  log: Logger,
  requestHeaderCa?: string,
): Promise<Listening> {
  const { tls, clientCa } = await tlsFiles(options, requestHeaderCa);
  let port = options.securePort;
  const listeners: Awaited<ReturnType<ApiServer['listen']>>[] = [];
  for (const host of options.bindAddresses) {
    const listener = await server.listen({ tls, host, port, extraRoutes: routes }).catch((error: unknown) => {
      throw listenError(error, host, port);
    });
    port = listener.port;
    listeners.push(listener);
  }
  log.info({ addresses: options.bindAddresses, port }, 'serving');
  const renew = async (): Promise<void> => {
    try {
      const files = await tlsFiles(options, requestHeaderCa);
      for (const listener of listeners) listener.renew(files.tls);
    } catch (error) {
      log.warn({ err: error }, 'the new certificate can not be read');
    }
  };
  const followed = [
    options.tlsCertFile,
    ...options.operations.serving.sniCertificates.map(({ certFile }) => certFile),
  ];
  for (const file of followed) watchFile(file, { interval: CERTIFICATE_POLL_MS }, () => void renew());
  return {
    port,
    clientCa,
    close: async (graceMs) => {
      for (const file of followed) unwatchFile(file);
      await Promise.all(listeners.map((listener) => listener.close(graceMs)));
    },
  };
}

import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtinKinds } from '@gantry/api/kinds';
import { createUsers } from '@gantry/db/create-users';
import { ensurePki } from '@gantry/pki/pki';
import { createServer } from '@gantry/server/api-server';
import { firstServiceIp } from '@gantry/server/bootstrap/kubernetes-service';
import { runBootstrap } from '@gantry/server/bootstrap/run';
import { pino } from 'pino';
import { ensureAdminAccess, forgettingFirstPassword } from './admin.ts';
import { openDatabase } from './database.ts';
import { type Options, readOptions } from './options.ts';
import { loadPlugins } from './plugins.ts';
import { retain } from './retention.ts';

const log = pino({ level: process.env.LOG_LEVEL ?? 'info' }, pino.destination(2));
const GRACE_MS = 10_000;
const CERTIFICATE_POLL_MS = 60_000;

async function tlsFiles(options: Options) {
  const [cert, key, clientCa] = await Promise.all([
    readFile(options.tlsCertFile),
    readFile(options.tlsPrivateKeyFile),
    readFile(options.clientCaFile),
  ]);
  return { cert, key, clientCa };
}

function listenError(error: unknown, { bindAddress, securePort }: Options): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new Error(
      `port ${securePort} on ${bindAddress} is in use: stop its owner or choose another --secure-port`,
    );
  if (code === 'EADDRNOTAVAIL')
    return new Error(`${bindAddress} is no address of this machine: choose another --bind-address`);
  return error instanceof Error ? error : new Error(String(error));
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.ownPki && options.data !== undefined)
    await ensurePki(join(options.data, 'pki'), {
      hosts: [options.bindAddress, options.advertiseAddress],
      serviceIp: firstServiceIp(options.serviceClusterIpRange),
    });
  const database = await openDatabase(options, builtinKinds);
  if (database.applied.length > 0)
    log.info({ migrations: database.applied }, 'brought the database up to date');
  const allUsers = createUsers(database.connection);
  const users = options.data === undefined ? allUsers : forgettingFirstPassword(allUsers, options.data);
  if (options.data !== undefined) await ensureAdminAccess(users, options.data);
  const plugins = await loadPlugins(options, users);
  const server = await createServer({
    store: database.store,
    kinds: builtinKinds,
    services: { clusterIps: options.serviceClusterIpRange, nodePorts: options.serviceNodePortRange },
    version: { gantryVersion: '0.1.0', gitCommit: '', buildDate: '1970-01-01T00:00:00Z' },
    serverAddress: `${options.advertiseAddress}:${options.securePort}`,
    log,
    plugins: plugins.make,
  });
  const tls = await tlsFiles(options);
  const listening = await server
    .listen({ tls, host: options.bindAddress, port: options.securePort })
    .catch((error: unknown) => {
      throw listenError(error, options);
    });
  log.info({ address: options.bindAddress, port: listening.port }, 'serving');
  await runBootstrap(server.registry, {
    serviceCidr: options.serviceClusterIpRange,
    advertiseAddress: options.advertiseAddress,
    securePort: listening.port,
    clientCa: tls.clientCa.toString(),
  });
  server.markReady();
  log.info({ revision: server.cache.cursor }, 'ready');
  const stopRetention = retain(database.store, log);
  watchFile(options.tlsCertFile, { interval: CERTIFICATE_POLL_MS }, () => {
    tlsFiles(options).then(
      (files) => listening.renew(files),
      (error: unknown) => log.warn({ err: error }, 'the new certificate can not be read'),
    );
  });

  let ending = false;
  const end = async (reason: string): Promise<void> => {
    if (ending) return;
    ending = true;
    log.info({ reason }, 'ending');
    stopRetention();
    unwatchFile(options.tlsCertFile);
    await listening.close(GRACE_MS);
    plugins.close();
    server.close();
    await users.close();
    await database.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void end('SIGTERM'));
  process.on('SIGINT', () => void end('SIGINT'));
  void database.lost.then((reason) => {
    if (!ending) fail(new Error(`the embedded database ended: ${reason}`));
  });
}

function fail(error: unknown): void {
  process.stderr.write(`apiserver: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'));
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
await main().catch(fail);

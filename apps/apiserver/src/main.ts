import { join } from 'node:path';
import { builtinKinds } from '@gantry/api/kinds';
import { createUsers } from '@gantry/db/create-users';
import { openChangeTimes } from '@gantry/db/ledger-times';
import { ensurePki } from '@gantry/pki/pki';
import { type ApiServer, createServer } from '@gantry/server/api-server';
import { LocalUsersApi } from '@gantry/server/auth/local-users-api';
import { firstServiceIp } from '@gantry/server/bootstrap/kubernetes-service';
import { runBootstrap } from '@gantry/server/bootstrap/run';
import { createTrpcRoute } from '@gantry/trpc/handler';
import { pino } from 'pino';
import { ensureAdminAccess, forgettingFirstPassword } from './admin.ts';
import { openAudit } from './audit.ts';
import { componentChecks } from './components.ts';
import { openConsoleOidc } from './console-options.ts';
import { openDatabase } from './database.ts';
import { openEncryption } from './encryption.ts';
import { loadExtension } from './extension-options.ts';
import { openLedger } from './ledger.ts';
import { listenEverywhere } from './listen.ts';
import { mayImpersonate } from './local-users.ts';
import { loadOperations } from './operations.ts';
import { readOptions } from './options.ts';
import { loadPlugins } from './plugins.ts';
import { retain } from './retention.ts';

const log = pino({ level: process.env.GANTRY_LOG_LEVEL ?? 'info' }, pino.destination(2));
const GRACE_MS = 10_000;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  for (const { flag, reason } of options.operations.inert)
    log.warn({ flag, reason }, 'the flag has no effect');
  if (options.ownPki && options.data !== undefined)
    await ensurePki(join(options.data, 'pki'), {
      hosts: [...options.bindAddresses, options.advertiseAddress],
      serviceIp: firstServiceIp(options.serviceClusterIpRange),
    });
  const database = await openDatabase(options, builtinKinds);
  if (database.applied.length > 0)
    log.info({ migrations: database.applied }, 'brought the database up to date');
  const encryption = await openEncryption(database.store, {
    file: options.operations.encryptionConfig,
    reload: options.operations.encryptionReload,
    log,
  });
  const allUsers = createUsers(database.connection);
  const users = options.data === undefined ? allUsers : forgettingFirstPassword(allUsers, options.data);
  if (options.data !== undefined) await ensureAdminAccess(users, options.data);
  const audit = await openAudit(options.audit, database.connection, log);
  const ledger = await openLedger(options.ledger, database.connection, log);
  const { frontProxy, requestHeaderCa } = await loadExtension(options.extension);
  const plugins = await loadPlugins(options, users, { auditor: audit.auditor, requestHeaderCa, log });
  const operations = await loadOperations(options.operations, log);
  const localUsers = new LocalUsersApi(
    users,
    mayImpersonate(() => server),
  );
  const server: ApiServer = await createServer({
    store: encryption.store,
    kinds: builtinKinds,
    services: { clusterIps: options.serviceClusterIpRange, nodePorts: options.serviceNodePortRange },
    version: { gantryVersion: '0.1.0', gitCommit: '', buildDate: '1970-01-01T00:00:00Z' },
    serverAddress: `${options.advertiseAddress}:${options.securePort}`,
    log,
    plugins: plugins.make,
    plain: [...audit.plain, localUsers.handle],
    operations: { ...operations.options, healthChecks: encryption.healthChecks },
    components: componentChecks(options.data, encryption.store),
    ...(frontProxy === undefined ? {} : { frontProxy }),
    ...(ledger === undefined ? {} : { ledger: ledger.table, isSealed: encryption.isSealed }),
  });
  plugins.connect(server.registry);
  const times = openChangeTimes(database.connection);
  const trpc = createTrpcRoute({
    accounts: users,
    history: (key, limit, range) => encryption.store.history(key, limit, range),
    past: {
      revisionAt: (timeMs) => times.revisionAt(timeMs),
      oldestMs: () => times.oldestMs(),
      listAt: (resource, namespace, revision) => encryption.store.listAt(resource, namespace, revision),
    },
    oidcLabel: options.console?.label,
    onError: (error, path) => log.error({ err: error, path }, 'trpc'),
  });
  const oidc = options.console === undefined ? [] : [await openConsoleOidc(options.console, users, log)];
  const listening = await listenEverywhere(server, options, [trpc, ...oidc], log, requestHeaderCa);
  await runBootstrap(server.registry, {
    serviceCidr: options.serviceClusterIpRange,
    advertiseAddress: options.advertiseAddress,
    securePort: listening.port,
    clientCa: listening.clientCa,
    ...(requestHeaderCa === undefined ? {} : { requestHeaderCa }),
  });
  await server.start();
  server.markReady();
  encryption.start();
  log.info({ revision: server.cache.cursor }, 'ready');
  const stopRetention = retain(database.store, log);
  let ending = false;
  const end = async (reason: string): Promise<void> => {
    if (ending) return;
    ending = true;
    log.info({ reason }, 'ending');
    stopRetention();
    encryption.close();
    trpc.close();
    await listening.close(GRACE_MS);
    plugins.close();
    await server.close();
    await ledger?.close();
    await times.close();
    await audit.close();
    await operations.close();
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

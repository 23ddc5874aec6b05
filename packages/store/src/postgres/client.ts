import type { ConnectionOptions } from '@gantry/postgres/connection';
import pg from 'pg';

/** Options of every session of the store: dead peers are noticed, and nothing waits for ever. */
export function sessionOptions(connection: ConnectionOptions, purpose: string): pg.ClientConfig {
  return {
    ...connection,
    application_name: `gantry-${purpose}`,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 5_000,
    // A peer that fell silent without closing; the statement may still run there.
    query_timeout: 60_000,
  };
}

/** Connects a session of its own. `onLost` is called once, when it ends, `end()` included. */
export async function connect(
  connection: ConnectionOptions,
  purpose: string,
  onLost: (client: pg.Client) => void,
): Promise<pg.Client> {
  const client = new pg.Client(sessionOptions(connection, purpose));
  let lost = false;
  const lose = () => {
    if (lost) return;
    lost = true;
    onLost(client);
  };
  client.on('error', lose);
  client.on('end', lose);
  await client.connect();
  return client;
}

/** True for errors after which the session is gone or useless: nothing is known of the last statement. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = stateOf(error);
  // SQLSTATE classes 08 (connection) and 57P0x (shutdown, crash), 25006 (a standby answers); errno names. The
  // driver's own errors are plain and have no code.
  if (code === '') return error.constructor === Error;
  return code.startsWith('08') || code.startsWith('57P') || code === '25006' || /^E[A-Z]+$/.test(code);
}

/** True when the fault lies in what was sent (encoding, a value out of range, too long), not in the server's state. */
export function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(error instanceof Error ? stateOf(error) : '');
}

function stateOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

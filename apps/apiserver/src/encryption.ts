import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { processInstruments } from '@gantry/server/operations/instruments';
import { parseEncryptionConfiguration, type Rule } from '@gantry/store/encryption/configuration';
import { encryptedStore, reencrypt } from '@gantry/store/encryption/encrypted-store';
import { Encryption } from '@gantry/store/encryption/encryption';
import type { Store } from '@gantry/store/port';

const POLL_MS = 2_000;

const reloads = processInstruments.counter(
  'apiserver_encryption_config_controller_automatic_reloads_total',
  'Total number of reload successes and failures of encryption configuration split by status.',
  ['status'],
);
const lastReload = processInstruments.gauge(
  'apiserver_encryption_config_controller_automatic_reload_last_timestamp_seconds',
  'Timestamp of the last successful or failed automatic reload of encryption configuration split by status.',
  ['status'],
);

function noteReload(status: 'success' | 'failure'): void {
  reloads.with(status).add();
  lastReload.with(status).set(Date.now() / 1000);
}

interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface OpenedEncryption {
  readonly store: Store;
  /** Whether objects of a resource are encrypted where they lie. */
  isSealed(resource: string): boolean;
  /** Brings what lies in the database into the configured form; in the background, once the server serves. */
  start(): void;
  close(): void;
}

async function rulesOf(file: string): Promise<readonly Rule[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`error reading encryption provider configuration file "${file}": ${error.message}`);
  });
  try {
    return parseEncryptionConfiguration(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`error while parsing file: "${file}": ${reason}`);
  }
}

/**
 * The store as the EncryptionConfiguration of a file wants it. Rejects with the reason when the file is wrong; later, a
 * wrong file is logged, and the configuration before stays. Without a file, what was encrypted once is not readable.
 */
export async function openEncryption(
  store: Store,
  options: { readonly file: string | undefined; readonly reload: boolean; readonly log: Log },
): Promise<OpenedEncryption> {
  const { file, reload, log } = options;
  if (file === undefined)
    return {
      // At the start it must be clear why nothing can be read.
      store: { ...store, snapshot: encryptedStore(store, new Encryption([])).snapshot },
      isSealed: () => false,
      start: () => undefined,
      close: () => undefined,
    };
  const encryption = new Encryption(await rulesOf(file));
  let working = Promise.resolve();
  const bringUpToDate = (): void => {
    working = working
      .then(() => reencrypt(store, encryption))
      .then((count) => {
        if (count > 0) log.info({ count }, 'encrypted what was stored in another form');
      })
      .catch((error: unknown) => log.error({ err: error }, 'encrypting what is stored failed'));
  };
  const follow = (): void => {
    rulesOf(file).then(
      (rules) => {
        noteReload('success');
        encryption.replace(rules);
        log.info({ file }, 'follows a new encryption configuration');
        bringUpToDate();
      },
      (error: unknown) => {
        noteReload('failure');
        log.error({ err: error }, 'the new encryption configuration is not used');
      },
    );
  };
  if (reload) watchFile(file, { interval: POLL_MS }, follow);
  return {
    store: encryptedStore(store, encryption),
    isSealed: (resource) => encryption.markOf(resource) !== '',
    start: bringUpToDate,
    close: () => {
      if (reload) unwatchFile(file, follow);
    },
  };
}

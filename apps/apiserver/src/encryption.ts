import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { HealthCheck } from '@gantry/server/operations/health';
import { processInstruments } from '@gantry/server/operations/instruments';
import { connectKms } from '@gantry/server/outbound/kms-client';
import { parseEncryptionConfiguration, type Rule } from '@gantry/store/encryption/configuration';
import { encryptedStore, reencrypt } from '@gantry/store/encryption/encrypted-store';
import { Encryption } from '@gantry/store/encryption/encryption';
import type { OpenKms } from '@gantry/store/encryption/kms-configuration';
import { KmsEnvelope } from '@gantry/store/encryption/kms-envelope';
import type { Store } from '@gantry/store/port';

const POLL_MS = 2_000;
/** How long a service that is no longer named stays open. */
const RETIRE_MS = 60_000;

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
  /** Whether the key management services are well, where there may be some. */
  readonly healthChecks: readonly HealthCheck[];
  /** Brings what lies in the database into the configured form; in the background, once the server serves. */
  start(): void;
  close(): void;
}

/** Rules, and the services whose keys they use. */
interface Opened {
  readonly rules: readonly Rule[];
  readonly services: readonly KmsEnvelope[];
}

/** `onRotate`: a service has another key. */
async function rulesOf(file: string, log: Log, onRotate: () => void): Promise<Opened> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`error reading encryption provider configuration file "${file}": ${error.message}`);
  });
  const services: KmsEnvelope[] = [];
  const openKms: OpenKms = ({ name, socketPath, timeoutMs }) => {
    const service = connectKms(socketPath, timeoutMs);
    const onFailure = (error: Error): void => log.error({ err: error }, 'a key management service fails');
    const envelope = new KmsEnvelope({ name, service, onRotate, onFailure });
    services.push(envelope);
    return envelope;
  };
  try {
    const rules = parseEncryptionConfiguration(text, openKms);
    await Promise.all(services.map((service) => service.start()));
    return { rules, services };
  } catch (error) {
    for (const service of services) service.close();
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
      healthChecks: [],
      start: () => undefined,
      close: () => undefined,
    };
  let working = Promise.resolve();
  const rotated = (): void => bringUpToDate();
  let opened = await rulesOf(file, log, rotated);
  const encryption = new Encryption(opened.rules);
  const bringUpToDate = (): void => {
    working = working
      .then(() => reencrypt(store, encryption))
      .then((count) => {
        if (count > 0) log.info({ count }, 'encrypted what was stored in another form');
      })
      .catch((error: unknown) => log.error({ err: error }, 'encrypting what is stored failed'));
  };
  const follow = (): void => {
    rulesOf(file, log, rotated).then(
      (next) => {
        noteReload('success');
        encryption.replace(next.rules);
        const before = opened.services;
        opened = next;
        // What is under way may still ask for a key.
        setTimeout(() => {
          for (const service of before) service.close();
        }, RETIRE_MS).unref();
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
    healthChecks:
      reload || opened.services.length > 0
        ? [
            {
              name: 'kms-providers',
              foreign: true,
              check: async () => {
                await Promise.all(opened.services.map((service) => service.healthy()));
              },
            },
            ...(reload
              ? [
                  {
                    name: 'poststarthook/start-encryption-provider-config-automatic-reload',
                    check: () => undefined,
                  },
                ]
              : []),
          ]
        : [],
    start: bringUpToDate,
    close: () => {
      if (reload) unwatchFile(file, follow);
      for (const service of opened.services) service.close();
    },
  };
}

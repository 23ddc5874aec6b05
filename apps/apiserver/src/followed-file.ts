import { createHash } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { processInstruments } from '@gantry/server/operations/instruments';

const POLL_MS = 2_000;

interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface FollowedFileOptions {
  readonly file: string;
  /** What it configures, as metrics call it: `authorization`. */
  readonly name: string;
  readonly log: Log;
  /** Takes up a text, or throws and leaves everything as it was. */
  take(text: string): void;
}

export interface FollowedFile {
  close(): void;
  /** Looks at once whether the file changed. */
  check(): Promise<void>;
}

const hashOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** What is counted of the reloads of one file, under the original's names. */
class ReloadMetrics {
  readonly #server = hashOf(`apiserver-${hostname()}`);
  readonly #reloads;
  readonly #last;
  readonly #info;

  constructor(name: string) {
    const prefix = `apiserver_${name}_config_controller`;
    this.#reloads = processInstruments.counter(
      `${prefix}_automatic_reloads_total`,
      `Times that the ${name} configuration was read anew, by status and API server.`,
      ['status', 'apiserver_id_hash'],
    );
    this.#last = processInstruments.gauge(
      `${prefix}_automatic_reload_last_timestamp_seconds`,
      `When the ${name} configuration was last read anew, by status and API server.`,
      ['status', 'apiserver_id_hash'],
    );
    this.#info = processInstruments.gauge(
      `${prefix}_last_config_info`,
      `Hash of the ${name} configuration in use, by API server.`,
      ['apiserver_id_hash', 'hash'],
    );
  }

  inUse(text: string): void {
    this.#info.reset();
    this.#info.with(this.#server, hashOf(text)).set(1);
  }

  reloaded(status: 'success' | 'failure'): void {
    this.#reloads.with(status, this.#server).add();
    this.#last.with(status, this.#server).set(Date.now() / 1000);
  }
}

/**
 * Takes up a configuration file, and again each time that its text changes. Rejects with the reason when the first text
 * is wrong; a later one that is wrong is logged, and what was taken up last stays.
 */
export async function followFile(options: FollowedFileOptions): Promise<FollowedFile> {
  const { file, name, log, take } = options;
  let seen: string;
  try {
    seen = await readFile(file, 'utf8');
    take(seen);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const metrics = new ReloadMetrics(name);
  metrics.inUse(seen);
  const reload = async (): Promise<void> => {
    try {
      const text = await readFile(file, 'utf8');
      if (text === seen) return;
      seen = text;
      take(text);
      metrics.inUse(text);
      metrics.reloaded('success');
      log.info({ file }, `took up the ${name} configuration`);
    } catch (error) {
      metrics.reloaded('failure');
      log.error({ err: error, file }, `the ${name} configuration is not taken up`);
    }
  };
  let working = Promise.resolve();
  const check = (): Promise<void> => {
    working = working.then(reload);
    return working;
  };
  const listener = (): void => void check();
  watchFile(file, { interval: POLL_MS }, listener);
  return { check, close: () => unwatchFile(file, listener) };
}

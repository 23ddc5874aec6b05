import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '@gantry/runtime/port';
import type { ProxyBackend } from '../backend.ts';
import type { RunCommand } from '../command.ts';
import type { Frontend } from '../frontend.ts';
import { type Entry, Ledger } from '../ledger.ts';
import { needsLoad, nftEntries, standingChains } from './entries.ts';
import { NftSession } from './session.ts';
import { renderOperations, renderTable, type TableOptions } from './table.ts';

export interface NftBackendOptions extends TableOptions {
  readonly run: RunCommand;
  /** In front of the long-lived `nft -i`, as `run` has it. */
  readonly prefix?: readonly string[];
  readonly log: Logger;
}

/** Above this many bytes a change goes through a file. */
const SESSION_LIMIT_BYTES = 256 * 1024;

const toEntries = (frontends: ReadonlyMap<string, readonly Frontend[]>): Map<string, readonly Entry[]> =>
  new Map([...frontends].map(([owner, list]) => [owner, list.flatMap(nftEntries)]));

/** Back end of pure maps: a Service costs elements, never a chain. The desired state is kept here and never listed. */
export class NftBackend implements ProxyBackend {
  readonly #options: NftBackendOptions;
  #ledger = new Ledger();
  #session: NftSession | undefined;

  constructor(options: NftBackendOptions) {
    this.#options = options;
  }

  async start(frontends: ReadonlyMap<string, readonly Frontend[]>): Promise<void> {
    this.#ledger = new Ledger();
    this.#ledger.update(new Map([...toEntries(frontends), ['', standingChains]]));
    await this.#load(renderTable(this.#options, this.#ledger));
  }

  async sync(changes: ReadonlyMap<string, readonly Frontend[]>): Promise<void> {
    const operations = this.#ledger.update(toEntries(changes));
    if (operations.length === 0) return;
    if (operations.some(needsLoad)) return this.#load(renderTable(this.#options, this.#ledger));
    const commands = renderOperations(this.#options.table, operations);
    try {
      const bytes = commands.reduce((sum, command) => sum + command.length, 0);
      if (bytes > SESSION_LIMIT_BYTES) await this.#load(`${commands.join('\n')}\n`);
      else await this.#interactive().run(commands);
    } catch (error) {
      this.#options.log.warn(
        { error: String(error) },
        'a change of the nftables rules failed; loading all of them',
      );
      this.close();
      await this.#load(renderTable(this.#options, this.#ledger));
    }
  }

  async verify(): Promise<boolean> {
    try {
      const text = await this.#options.run(['nft', 'list', 'chain', 'ip', this.#options.table, 'dispatch']);
      return text.includes('@services');
    } catch {
      return false;
    }
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  #interactive(): NftSession {
    if (this.#session === undefined || this.#session.ended)
      this.#session = new NftSession(this.#options.prefix);
    return this.#session;
  }

  /** From a file: `nft -f -` does not read a socket. */
  async #load(text: string): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-nft-'));
    try {
      const file = join(folder, 'rules.nft');
      await writeFile(file, text, { mode: 0o600 });
      await this.#options.run(['nft', '-f', file]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Removes the table with all rules. */
export async function teardownNftables(table: string, run: RunCommand): Promise<void> {
  await run(['nft', `add table ip ${table}; delete table ip ${table}`]);
}

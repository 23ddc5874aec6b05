import type { Logger } from '@gantry/runtime/port';
import type { ProxyBackend } from '../backend.ts';
import type { RunCommand } from '../command.ts';
import type { Frontend } from '../frontend.ts';
import { type Entry, Ledger } from '../ledger.ts';
import { iptablesEntries } from './entries.ts';
import { jumps, ownChains, type RestoreOptions, renderAll, renderChanges } from './restore.ts';

export interface IptablesBackendOptions extends RestoreOptions {
  readonly run: RunCommand;
  readonly log: Logger;
}

/** Seconds to wait for the xtables lock, which all namespaces of a machine share. */
const WAIT = ['-w', '30'];

/** Back end of chains in the original proxy's layout, through `iptables-restore --noflush`. */
export class IptablesBackend implements ProxyBackend {
  readonly #options: IptablesBackendOptions;
  #ledger = new Ledger();

  constructor(options: IptablesBackendOptions) {
    this.#options = options;
  }

  async start(frontends: ReadonlyMap<string, readonly Frontend[]>): Promise<void> {
    this.#ledger = new Ledger();
    this.#ledger.update(this.#entries(frontends));
    await this.#load();
  }

  async sync(changes: ReadonlyMap<string, readonly Frontend[]>): Promise<void> {
    const operations = this.#ledger.update(this.#entries(changes));
    const script = renderChanges(this.#options, this.#ledger, operations);
    if (script === '') return;
    try {
      await this.#restore(script);
    } catch (error) {
      this.#options.log.warn(
        { error: String(error) },
        'a change of the iptables rules failed; loading all of them',
      );
      await this.#load();
    }
  }

  async verify(): Promise<boolean> {
    const { run, prefix } = this.#options;
    try {
      for (const [table, chain, rule] of jumps(prefix))
        await run(['iptables', ...WAIT, '-t', table, '-C', chain, ...rule.split(' ')]);
      return true;
    } catch {
      return false;
    }
  }

  close(): void {}

  async #load(): Promise<void> {
    const { run, prefix } = this.#options;
    const stale = ownChains(await run(['iptables-save', '-t', 'nat']), prefix);
    await this.#restore(renderAll(this.#options, this.#ledger, stale));
    for (const [table, chain, rule] of jumps(prefix)) {
      const argv = [chain, ...rule.split(' ')];
      try {
        await run(['iptables', ...WAIT, '-t', table, '-C', ...argv]);
      } catch {
        await run(['iptables', ...WAIT, '-t', table, '-I', ...argv]);
      }
    }
  }

  async #restore(script: string): Promise<void> {
    await this.#options.run(['iptables-restore', '--noflush', ...WAIT], script);
  }

  #entries(frontends: ReadonlyMap<string, readonly Frontend[]>): Map<string, readonly Entry[]> {
    return new Map(
      [...frontends].map(([owner, list]) => [owner, list.flatMap((f) => iptablesEntries(f, this.#options))]),
    );
  }
}

/** Removes all chains of a prefix and the jumps to them. */
export async function teardownIptables(prefix: string, run: RunCommand): Promise<void> {
  for (const [table, chain, rule] of jumps(prefix))
    await run(['iptables', ...WAIT, '-t', table, '-D', chain, ...rule.split(' ')]).catch(() => '');
  for (const table of ['nat', 'filter', 'raw']) {
    const chains = ownChains(await run(['iptables-save', '-t', table]), prefix);
    if (chains.length === 0) continue;
    const script = [
      `*${table}`,
      ...chains.map((c) => `:${c} - [0:0]`),
      ...chains.map((c) => `-X ${c}`),
      'COMMIT',
      '',
    ];
    await run(['iptables-restore', '--noflush', ...WAIT], script.join('\n'));
  }
}

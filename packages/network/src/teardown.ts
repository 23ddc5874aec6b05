import { commandRunner } from './command.ts';
import { teardownIptables } from './iptables/backend.ts';
import { namesOf, type ProxyMode } from './names.ts';
import { teardownNftables } from './nftables/backend.ts';
import { restoreNode } from './node-network.ts';

export interface TeardownOptions {
  readonly mode: ProxyMode;
  /** As the proxy was given it. */
  readonly suffix?: string;
  readonly commandPrefix?: readonly string[];
}

/** Removes all rules of a mode and suffix, and settings that are unsafe without them. That there are none is no error. */
export async function teardown(options: TeardownOptions): Promise<void> {
  const run = commandRunner(options.commandPrefix ?? []);
  const { table, prefix } = namesOf(options.suffix ?? '');
  await restoreNode(run);
  if (options.mode === 'nftables') await teardownNftables(table, run);
  if (options.mode === 'iptables') await teardownIptables(prefix, run);
}

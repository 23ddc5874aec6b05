import type { Logger } from '@gantry/runtime/port';
import { CommandError, type RunCommand } from './command.ts';
import { type Frontend, frontendKey } from './frontend.ts';

/** UDP flows to end: towards `ip:port`, and if `endpoint` is given, only those translated to it. */
export interface StaleFlow {
  readonly ip: string;
  readonly port: number;
  readonly endpoint?: string;
}

/** Commands run for one change; beyond it the rest waits for the flows' own timeout. */
const FLOWS_MAX = 1_000;

const poolIps = (frontend: Frontend): Set<string> =>
  new Set([...frontend.backends, ...(frontend.local ?? [])].map((b) => b.ip));

/**
 * UDP has no end of connection, so conntrack would keep sending a client's datagrams to an endpoint that is gone, or
 * nowhere when there was none before. Pure.
 */
export function staleFlows(before: readonly Frontend[], after: readonly Frontend[]): StaleFlow[] {
  const flows: StaleFlow[] = [];
  const next = new Map(after.filter((f) => f.protocol === 'udp').map((f) => [frontendKey(f), f]));
  for (const old of before) {
    if (old.protocol !== 'udp') continue;
    const now = next.get(frontendKey(old));
    const ips = now === undefined ? new Set<string>() : poolIps(now);
    for (const endpoint of poolIps(old))
      if (!ips.has(endpoint)) flows.push({ ip: old.ip, port: old.port, endpoint });
  }
  const previous = new Map(before.map((f) => [frontendKey(f), f]));
  for (const [key, now] of next) {
    const old = previous.get(key);
    if (poolIps(now).size > 0 && (old === undefined || poolIps(old).size === 0))
      flows.push({ ip: now.ip, port: now.port });
  }
  return flows.slice(0, FLOWS_MAX);
}

/** Ends flows with `conntrack`; that there are none is no error. Without the program it says so once. */
export function flowCleaner(run: RunCommand, log: Logger): (flows: readonly StaleFlow[]) => Promise<void> {
  let missing = false;
  return async (flows) => {
    for (const flow of flows) {
      if (missing) return;
      const nat = flow.endpoint === undefined ? [] : ['--dst-nat', flow.endpoint];
      const argv = ['conntrack', '-D', '-f', 'ipv4', '-p', 'udp', '--orig-dst', flow.ip];
      try {
        await run([...argv, '--orig-port-dst', String(flow.port), ...nat]);
      } catch (error) {
        const failure = error instanceof CommandError ? error : undefined;
        if (failure?.stderr.includes('0 flow entries')) continue;
        missing = failure?.exitCode === -1 || failure?.exitCode === 127;
        log.warn({ error: String(error) }, 'could not end old UDP flows; is conntrack installed?');
      }
    }
  };
}

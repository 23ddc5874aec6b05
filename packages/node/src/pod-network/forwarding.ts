import { command } from './command.ts';

const WAIT = ['-w', '30'];

const rulesOf = (podCidr: string): readonly (readonly string[])[] => [
  ['-s', podCidr, '-m', 'comment', '--comment', 'gantry: from pods', '-j', 'ACCEPT'],
  ['-d', podCidr, '-m', 'comment', '--comment', 'gantry: to pods', '-j', 'ACCEPT'],
];

/** Where a rule goes in FORWARD, counted from 1: behind the service proxy's own jump, whose refusals come first. */
export function forwardPosition(listed: string): number {
  const rules = listed.split('\n').filter((line) => line.startsWith('-A FORWARD'));
  return rules.findLastIndex((rule) => /-j GANTRY\S*-SERVICES/.test(rule)) + 2;
}

/** Whether packets that no rule of FORWARD decides are dropped. */
export const dropsForwarded = (listed: string): boolean => /^-P FORWARD (DROP|REJECT)$/m.test(listed);

/**
 * Lets pods' packets pass where iptables' FORWARD drops what it does not know, as on a Docker host: an accept in a
 * table of ours can't overrule the drop in that one. Changes nothing elsewhere, nor where there is no iptables. Safe to
 * repeat; Docker may be started later. Returns whether rules were added.
 */
export async function acceptForwarding(podCidr: string): Promise<boolean> {
  const listed = await command('iptables', ...WAIT, '-S', 'FORWARD').catch(() => '');
  if (!dropsForwarded(listed)) return false;
  let added = false;
  for (const rule of rulesOf(podCidr)) {
    if (await succeeds('iptables', ...WAIT, '-C', 'FORWARD', ...rule)) continue;
    await command('iptables', ...WAIT, '-I', 'FORWARD', String(forwardPosition(listed)), ...rule);
    added = true;
  }
  return added;
}

/** Removes what `acceptForwarding` has added for any range; that there is nothing is no error. */
export async function removeForwarding(): Promise<void> {
  const listed = await command('iptables', ...WAIT, '-S', 'FORWARD').catch(() => '');
  for (const line of listed.split('\n')) {
    const cidr = /^-A FORWARD -[sd] (\S+) .*"gantry: (?:from|to) pods"/.exec(line)?.[1];
    if (cidr === undefined) continue;
    for (const rule of rulesOf(cidr)) await succeeds('iptables', ...WAIT, '-D', 'FORWARD', ...rule);
  }
}

const succeeds = (name: string, ...args: string[]): Promise<boolean> =>
  command(name, ...args).then(
    () => true,
    () => false,
  );

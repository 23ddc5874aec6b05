import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout } from '../layout.ts';

/** Kernel settings of the whole machine that real nodes change; those of the bridge end with it. */
const SETTINGS = [
  'net/ipv4/ip_forward',
  'net/ipv4/conf/all/route_localnet',
  'net/bridge/bridge-nf-call-iptables',
] as const;

const fileOf = (layout: Layout): string => join(layout.data, 'sysctls.json');

function read(setting: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${setting}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Before the first real node starts: remembers what the machine had. */
export function rememberSysctls(layout: Layout): void {
  if (existsSync(fileOf(layout))) return;
  writeFileSync(
    fileOf(layout),
    JSON.stringify(Object.fromEntries(SETTINGS.map((name) => [name, read(name)]))),
  );
}

/** Puts back what was changed, except forwarding on a machine where another bridge needs it by now. */
export function restoreSysctls(layout: Layout): void {
  let before: Record<string, string>;
  try {
    before = JSON.parse(readFileSync(fileOf(layout), 'utf8')) as Record<string, string>;
  } catch {
    return;
  }
  const hasBridge = readdirSync('/sys/class/net').some((name) => existsSync(`/sys/class/net/${name}/bridge`));
  for (const name of SETTINGS) {
    const value = before[name];
    if (value === undefined || value === read(name) || (name === 'net/ipv4/ip_forward' && hasBridge))
      continue;
    try {
      writeFileSync(`/proc/sys/${name}`, value);
    } catch {
      // Read-only in some containers: then nothing was changed either.
    }
  }
}

import type { Ledger, Operation } from '../ledger.ts';
import { CHAINS, MASQUERADE_BIT } from './entries.ts';

export interface TableOptions {
  /** Name of the `ip` family table. */
  readonly table: string;
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  /** Set when bridged packets skip the IP hooks: then pods of this range are masqueraded towards each other. */
  readonly bridgedPodCidr?: string;
}

const VERDICT = 'type ipv4_addr . inet_proto . inet_service : verdict;';
const SLOT_KEY = 'ip daddr . meta l4proto . th dport . numgen random mod 65536';

/** Maps and sets of the table by name. `th dport` and not `tcp dport`: that would match TCP alone. */
const TABLES: Readonly<Record<string, string>> = {
  services: `map services { ${VERDICT} }`,
  'services-pod': `map services-pod { ${VERDICT} }`,
  'services-host': `map services-host { ${VERDICT} }`,
  'services-local': `map services-local { ${VERDICT} }`,
  'no-endpoints': `map no-endpoints { ${VERDICT} }`,
  slots: `map slots { typeof ${SLOT_KEY} : ip daddr . th dport; }`,
  'slots-local': `map slots-local { typeof ${SLOT_KEY} : ip daddr . th dport; }`,
  'aff-slots': `map aff-slots { typeof ${SLOT_KEY} : meta mark; }`,
  'aff-slots-masq': `map aff-slots-masq { typeof ${SLOT_KEY} : meta mark; }`,
  'aff-slots-local': `map aff-slots-local { typeof ${SLOT_KEY} : meta mark; }`,
  ep: 'map ep { type mark : ipv4_addr . inet_service; }',
  live: 'set live { type mark; }',
  hairpin: 'set hairpin { type ipv4_addr . ipv4_addr; }',
  guarded: 'set guarded { type ipv4_addr . inet_proto . inet_service; }',
  allowed: 'set allowed { type ipv4_addr . inet_proto . inet_service . ipv4_addr; flags interval; }',
};

const AFFINITY =
  'map aff { type ipv4_addr . ipv4_addr . inet_proto . inet_service : mark; size 65535; flags dynamic,timeout; }';

/** Chains with hooks, and the dispatch. Filters run behind DNAT, where only what no rule translated is left. */
function baseChains(options: TableOptions): string[] {
  const at = 'ip daddr . meta l4proto . th dport';
  const filter = `ct state new ${at} vmap @no-endpoints`;
  return [
    'chain reject-chain { meta l4proto tcp reject with tcp reset; reject; }',
    'chain dispatch {',
    `  ${at} vmap @services`,
    `  ip saddr ${options.clusterCidr} ${at} vmap @services-pod`,
    `  fib saddr type local ${at} vmap @services-host`,
    `  ${at} vmap @services-local`,
    '}',
    // Node ports answer on 127.0.0.1, which needs route_localnet; then only the loopback may carry 127/8.
    'chain martians { type filter hook prerouting priority -300;',
    '  iifname != "lo" ip daddr 127.0.0.0/8 drop',
    '  iifname != "lo" ip saddr 127.0.0.0/8 drop',
    '}',
    'chain guard { type filter hook prerouting priority -110;',
    `  ct state new ${at} @guarded ${at} . ip saddr != @allowed drop`,
    '}',
    'chain pre { type nat hook prerouting priority -100; jump dispatch; }',
    'chain out { type nat hook output priority -100; jump dispatch; }',
    'chain post { type nat hook postrouting priority 100;',
    '  ct status & dnat == 0 return',
    `  meta mark & ${MASQUERADE_BIT} != 0 meta mark set meta mark xor ${MASQUERADE_BIT} masquerade fully-random`,
    '  ip saddr . ip daddr @hairpin masquerade fully-random',
    '  ip saddr 127.0.0.0/8 masquerade fully-random',
    ...(options.bridgedPodCidr === undefined
      ? []
      : [`  ip saddr ${options.bridgedPodCidr} ip daddr ${options.bridgedPodCidr} masquerade fully-random`]),
    `  ip saddr != ${options.clusterCidr} ct original ip daddr ${options.serviceCidr} masquerade fully-random`,
    '}',
    `chain f-in { type filter hook input priority 0; ${filter}; }`,
    `chain f-out { type filter hook output priority 0; ${filter}; }`,
    `chain f-fwd { type filter hook forward priority 0; ${filter}; }`,
  ];
}

const element = (key: string, value: string): string => (value === '' ? key : `${key} : ${value}`);

/** Elements a command, so that no line grows without end. */
const CHUNK = 500;

function chunked(command: string, table: string, name: string, elements: readonly string[]): string[] {
  const commands: string[] = [];
  for (let i = 0; i < elements.length; i += CHUNK)
    commands.push(`${command} element ip ${table} ${name} { ${elements.slice(i, i + CHUNK).join(', ')} }`);
  return commands;
}

const addChain = (table: string, name: string, rules: string): string[] => [
  `add chain ip ${table} ${name}`,
  ...rules.split('\n').map((rule) => `add rule ip ${table} ${name} ${rule}`),
];

/** The whole table as one file for `nft -f`: replaces what is there, in one transaction. */
export function renderTable(options: TableOptions, ledger: Ledger): string {
  const { table } = options;
  const commands = [
    `table ip ${table}`,
    `delete table ip ${table}`,
    `table ip ${table} {`,
    ...Object.values(TABLES),
    AFFINITY,
    ...baseChains(options),
    '}',
  ];
  const chains = ledger.list(CHAINS);
  // A chain may go to another: all must be there before the first rule.
  for (const chain of chains) commands.push(`add chain ip ${table} ${chain.key}`);
  for (const chain of chains) commands.push(...addChain(table, chain.key, chain.value).slice(1));
  for (const name of Object.keys(TABLES))
    commands.push(
      ...chunked(
        'add',
        table,
        name,
        ledger.list(name).map((entry) => element(entry.key, entry.value)),
      ),
    );
  return `${commands.join('\n')}\n`;
}

/**
 * Operations as commands, in an order in which no element names a chain that isn't there: chains, deletions,
 * additions, then chains that nothing names any more (callers before the chains that they go to).
 */
export function renderOperations(table: string, operations: readonly Operation[]): string[] {
  const commands: string[] = [];
  const added = operations.filter((o) => o.op === 'add' && o.table === CHAINS);
  for (const o of added) commands.push(`add chain ip ${table} ${o.key}`);
  for (const o of added) commands.push(...addChain(table, o.key, o.value).slice(1));
  for (const op of ['delete', 'add'] as const)
    for (const name of Object.keys(TABLES)) {
      const elements = operations
        .filter((o) => o.op === op && o.table === name)
        .map((o) => element(o.key, op === 'add' ? o.value : ''));
      commands.push(...chunked(op, table, name, elements));
    }
  const dropped = operations.filter((o) => o.op === 'delete' && o.table === CHAINS);
  for (const o of dropped) commands.push(`flush chain ip ${table} ${o.key}`);
  for (const o of dropped) commands.push(`delete chain ip ${table} ${o.key}`);
  return commands;
}

import type { Ledger, Operation } from '../ledger.ts';
import { type ChainNames, FILTER_DISPATCH, MASQUERADE_MARK, NAT_CHAINS, NAT_DISPATCH } from './entries.ts';

export interface RestoreOptions extends ChainNames {
  readonly serviceCidr: string;
  /** Set when bridged packets skip the IP hooks: then pods of this range are masqueraded towards each other. */
  readonly bridgedPodCidr?: string;
}

const declare = (chain: string): string => `:${chain} - [0:0]`;
const append = (chain: string, rule: string): string => `-A ${chain} ${rule}`;

function postrouting(options: RestoreOptions): string[] {
  const masquerade = '-j MASQUERADE --random-fully';
  const translated = '-m conntrack --ctstate DNAT';
  return [
    `${translated} -m mark --mark ${MASQUERADE_MARK} -j ${options.prefix}-MASQ`,
    `-s 127.0.0.0/8 ${translated} ${masquerade}`,
    ...(options.bridgedPodCidr === undefined
      ? []
      : [`-s ${options.bridgedPodCidr} -d ${options.bridgedPodCidr} ${translated} ${masquerade}`]),
    `! -s ${options.clusterCidr} ${translated} --ctorigdst ${options.serviceCidr} ${masquerade}`,
  ];
}

/** Jumps from the built-in chains: table, chain, rule. */
export const jumps = (prefix: string): readonly (readonly [string, string, string])[] => [
  ['nat', 'PREROUTING', `-j ${prefix}-SERVICES`],
  ['nat', 'OUTPUT', `-j ${prefix}-SERVICES`],
  ['nat', 'POSTROUTING', `-j ${prefix}-POSTROUTING`],
  ['raw', 'PREROUTING', `-j ${prefix}-MARTIANS`],
  ['filter', 'INPUT', `-m conntrack --ctstate NEW -j ${prefix}-SERVICES`],
  ['filter', 'FORWARD', `-m conntrack --ctstate NEW -j ${prefix}-SERVICES`],
  ['filter', 'OUTPUT', `-m conntrack --ctstate NEW -j ${prefix}-SERVICES`],
];

/** Fixed chains by table. */
const fixedChains = (prefix: string): Readonly<Record<'nat' | 'filter' | 'raw', readonly string[]>> => ({
  nat: [`${prefix}-SERVICES`, `${prefix}-POSTROUTING`, `${prefix}-MASQ`],
  filter: [`${prefix}-SERVICES`],
  raw: [`${prefix}-MARTIANS`],
});

/** Chains of ours in the output of `iptables-save -t TABLE`. Suffixes are lower case, kinds upper case. */
export function ownChains(saved: string, prefix: string): string[] {
  const own = new RegExp(
    `^:(${prefix}-(?:SERVICES|POSTROUTING|MASQ|MARTIANS|(?:SVC|SVL|EXT|SEP|FW)-[A-Z2-7]{10})) `,
    'gm',
  );
  return [...saved.matchAll(own)].map((match) => match[1] ?? '');
}

const lines = (ledger: Ledger, table: string, chain: string): string[] =>
  ledger.list(table).map((entry) => append(chain, entry.value));

const chainLines = (name: string, rules: string): string[] =>
  rules === '' ? [] : rules.split('\n').map((rule) => append(name, rule));

/** Input of `iptables-restore --noflush` that makes everything as the ledger has it; `stale` chains of nat go. */
export function renderAll(options: RestoreOptions, ledger: Ledger, stale: readonly string[]): string {
  const { prefix } = options;
  const fixed = fixedChains(prefix);
  const chains = ledger.list(NAT_CHAINS);
  const present = new Set([...chains.map((chain) => chain.key), ...fixed.nat]);
  const gone = stale.filter((name) => !present.has(name));
  return [
    '*nat',
    ...[...fixed.nat, ...gone].map(declare),
    ...chains.map((chain) => declare(chain.key)),
    ...chains.flatMap((chain) => chainLines(chain.key, chain.value)),
    ...lines(ledger, NAT_DISPATCH, `${prefix}-SERVICES`),
    ...postrouting(options).map((rule) => append(`${prefix}-POSTROUTING`, rule)),
    append(`${prefix}-MASQ`, `-j MARK --set-xmark 0x0/0x4000`),
    append(`${prefix}-MASQ`, '-j MASQUERADE --random-fully'),
    ...gone.map((name) => `-X ${name}`),
    'COMMIT',
    '*filter',
    ...fixed.filter.map(declare),
    ...lines(ledger, FILTER_DISPATCH, `${prefix}-SERVICES`),
    'COMMIT',
    // Node ports answer on 127.0.0.1, which needs route_localnet; then only the loopback may carry 127/8.
    '*raw',
    ...fixed.raw.map(declare),
    append(`${prefix}-MARTIANS`, '! -i lo -d 127.0.0.0/8 -j DROP'),
    append(`${prefix}-MARTIANS`, '! -i lo -s 127.0.0.0/8 -j DROP'),
    'COMMIT',
    '',
  ].join('\n');
}

/** Input of `iptables-restore --noflush` for some operations: only the chains that changed. */
export function renderChanges(
  options: RestoreOptions,
  ledger: Ledger,
  operations: readonly Operation[],
): string {
  const { prefix } = options;
  const added = operations.filter((o) => o.table === NAT_CHAINS && o.op === 'add');
  const now = new Set(added.map((o) => o.key));
  const removed = operations.filter((o) => o.table === NAT_CHAINS && o.op === 'delete' && !now.has(o.key));
  const touches = (table: string): boolean => operations.some((o) => o.table === table);
  const services = `${prefix}-SERVICES`;
  const out: string[] = [];
  if (added.length > 0 || removed.length > 0 || touches(NAT_DISPATCH)) {
    out.push('*nat');
    if (touches(NAT_DISPATCH)) out.push(declare(services));
    out.push(...[...added, ...removed].map((o) => declare(o.key)));
    out.push(...added.flatMap((o) => chainLines(o.key, o.value)));
    if (touches(NAT_DISPATCH)) out.push(...lines(ledger, NAT_DISPATCH, services));
    out.push(...removed.map((o) => `-X ${o.key}`), 'COMMIT');
  }
  if (touches(FILTER_DISPATCH))
    out.push('*filter', declare(services), ...lines(ledger, FILTER_DISPATCH, services), 'COMMIT');
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
}

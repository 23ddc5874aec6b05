import { createHash } from 'node:crypto';
import type { Backend, Frontend } from '../frontend.ts';
import type { Entry, Operation } from '../ledger.ts';

/** Name of the pseudo-table whose entries are chains; the value is the rules, one a line. */
export const CHAINS = 'chains';

/** Bit of the packet mark that asks postrouting for masquerade; endpoint marks keep it free. */
export const MASQUERADE_BIT = 0x4000;

type Variant = { readonly masquerade: boolean; readonly local: boolean };

const suffixOf = (variant: Variant): string =>
  `${variant.masquerade ? '-m' : ''}${variant.local ? '-l' : ''}`;

const lookup = 'ip daddr . meta l4proto . th dport';

/** The shared chain for a number of endpoints: it picks a slot by chance. Keyed by content, so that it never changes. */
function balanceChain(count: number, variant: Variant): Entry {
  const slots = variant.local ? '@slots-local' : '@slots';
  const rules = [
    ...(variant.masquerade ? [`meta mark set meta mark or ${MASQUERADE_BIT}`] : []),
    `dnat ip to ${lookup} . numgen random mod ${count} map ${slots}`,
  ];
  return { table: CHAINS, key: `lb-${count}${suffixOf(variant)}`, value: rules.join('\n') };
}

const VARIANTS: readonly Variant[] = [
  { masquerade: false, local: false },
  { masquerade: true, local: false },
  { masquerade: false, local: true },
];

/** Numbers of endpoints for which a chain is always there. */
const STANDING_MAX = 64;

/**
 * Chains that are loaded with the table. nft 1.0.6 can't add a rule with `dnat … map @slots` later ("conflicting
 * protocols specified: ip vs. th"): it must be in the file that declares the map.
 */
export const standingChains: readonly Entry[] = VARIANTS.flatMap((variant) =>
  Array.from({ length: STANDING_MAX }, (_, index) => balanceChain(index + 1, variant)),
);

/** A chain that only a load of the whole table can add. */
export const needsLoad = (operation: Operation): boolean =>
  operation.op === 'add' && operation.table === CHAINS && operation.value.includes('dnat ip to ip daddr');

/**
 * Affinity: the mark carries the endpoint's number from lookup to DNAT. A remembered endpoint that is gone is not in
 * `live`, so the second rule picks anew. The masquerade bit is part of the number (see `markOf`).
 */
function affinityChains(count: number, seconds: number, variant: Variant): Entry[] {
  const slots = variant.local ? '@aff-slots-local' : variant.masquerade ? '@aff-slots-masq' : '@aff-slots';
  const hit = `hit-${seconds}`;
  const remembered = `ip saddr . ${lookup}`;
  return [
    {
      table: CHAINS,
      key: hit,
      value: [
        `update @aff { ${remembered} timeout ${seconds}s : meta mark }`,
        'meta l4proto { tcp, udp, sctp } dnat ip to meta mark map @ep',
      ].join('\n'),
    },
    {
      table: CHAINS,
      key: `lb-${count}-a${seconds}${suffixOf(variant)}`,
      value: [
        `meta mark set ${remembered} map @aff meta mark @live goto ${hit}`,
        `meta mark set ${lookup} . numgen random mod ${count} map ${slots} goto ${hit}`,
      ].join('\n'),
    },
  ];
}

/** A number for an endpoint of a Service port: 30 bits of a hash, bit 14 free for masquerade. */
function markOf(service: string, backend: Backend, masquerade: boolean): number {
  const hash =
    createHash('sha256').update(`${service} ${backend.ip}:${backend.port}`).digest().readUInt32BE(0) >>> 1;
  const mark = (((hash >>> 14) << 15) | (hash & 0x3fff)) >>> 0 || 1;
  return masquerade ? (mark | MASQUERADE_BIT) >>> 0 : mark;
}

function slotEntries(frontend: Frontend, pool: readonly Backend[], variant: Variant): Entry[] {
  const at = `${frontend.ip} . ${frontend.protocol} . ${frontend.port}`;
  const affine = frontend.affinitySeconds !== undefined;
  return pool.flatMap((backend, index): Entry[] => {
    const target = `${backend.ip} . ${backend.port}`;
    if (!affine)
      return [{ table: variant.local ? 'slots-local' : 'slots', key: `${at} . ${index}`, value: target }];
    const mark = String(markOf(frontend.service, backend, variant.masquerade));
    const table = variant.local ? 'aff-slots-local' : variant.masquerade ? 'aff-slots-masq' : 'aff-slots';
    return [
      { table, key: `${at} . ${index}`, value: mark },
      { table: 'ep', key: mark, value: target },
      { table: 'live', key: mark, value: '' },
    ];
  });
}

/** Entries that lead one map's key to a pool: dispatch element, chain, slots. None for an empty pool. */
function dispatch(map: string, frontend: Frontend, pool: readonly Backend[], variant: Variant): Entry[] {
  if (pool.length === 0) return [];
  const at = `${frontend.ip} . ${frontend.protocol} . ${frontend.port}`;
  const seconds = frontend.affinitySeconds;
  const chains =
    seconds === undefined
      ? [balanceChain(pool.length, variant)]
      : affinityChains(pool.length, seconds, variant);
  const chain = chains.at(-1)?.key ?? '';
  return [
    ...chains,
    { table: map, key: at, value: `goto ${chain}` },
    ...slotEntries(frontend, pool, variant),
  ];
}

/**
 * One frontend as entries of the table's maps. Dispatch order: `services`, then, for externalTrafficPolicy Local,
 * `services-pod` (sources in the pod range), `services-host` (this node's own processes), `services-local` (all others).
 */
export function nftEntries(frontend: Frontend): Entry[] {
  const at = `${frontend.ip} . ${frontend.protocol} . ${frontend.port}`;
  const entries: Entry[] = [];
  const pool = frontend.backends;
  if (frontend.local === undefined) {
    const masquerade = frontend.masquerade === 'always';
    entries.push(...dispatch('services', frontend, pool, { masquerade, local: false }));
  } else {
    entries.push(...dispatch('services-pod', frontend, pool, { masquerade: false, local: false }));
    entries.push(...dispatch('services-host', frontend, pool, { masquerade: true, local: false }));
    entries.push(...dispatch('services-local', frontend, frontend.local, { masquerade: false, local: true }));
  }
  if (pool.length === 0 || frontend.local?.length === 0)
    entries.push({
      table: 'no-endpoints',
      key: at,
      value: frontend.whenEmpty === 'reject' ? 'goto reject-chain' : 'drop',
    });
  for (const backend of [...pool, ...(frontend.local ?? [])])
    if (backend.local) entries.push({ table: 'hairpin', key: `${backend.ip} . ${backend.ip}`, value: '' });
  if (frontend.sources !== undefined) {
    entries.push({ table: 'guarded', key: at, value: '' });
    for (const source of frontend.sources)
      entries.push({ table: 'allowed', key: `${at} . ${source}`, value: '' });
  }
  return entries;
}

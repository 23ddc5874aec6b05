import { createHash } from 'node:crypto';
import type { Backend, Frontend } from '../frontend.ts';
import type { Entry } from '../ledger.ts';

/** Tables of the ledger: chains of the nat table (value: rules, one a line), and lines of the two dispatch chains. */
export const NAT_CHAINS = 'nat-chains';
export const NAT_DISPATCH = 'nat-dispatch';
export const FILTER_DISPATCH = 'filter-dispatch';

/** Bit of the packet mark that asks postrouting for masquerade. */
export const MASQUERADE_MARK = '0x4000/0x4000';

export interface ChainNames {
  /** `GANTRY` or `GANTRY-suffix`; at most 13 characters, since a chain's name has at most 28. */
  readonly prefix: string;
  readonly clusterCidr: string;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 10 characters of a hash, so that a chain's name depends on nothing but what it is for. */
function hashed(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return [...digest.subarray(0, 10)].map((byte) => BASE32[byte & 31]).join('');
}

const chainName = (names: ChainNames, kind: 'SVC' | 'SVL' | 'EXT' | 'SEP' | 'FW', text: string): string =>
  `${names.prefix}-${kind}-${hashed(text)}`;

/** Text for `--comment`, quoted for iptables-restore. */
const comment = (text: string): string =>
  `-m comment --comment "${text.replaceAll(/[^\w.:/ -]/g, '').slice(0, 200)}"`;

function endpointChain(names: ChainNames, frontend: Frontend, backend: Backend): Entry {
  const { protocol, affinitySeconds } = frontend;
  const key = chainName(
    names,
    'SEP',
    `${frontend.service} ${protocol} ${affinitySeconds} ${backend.ip}:${backend.port}`,
  );
  const remember = affinitySeconds === undefined ? '' : ` -m recent --name ${key} --set`;
  const rules = [
    `-s ${backend.ip}/32 -j MARK --set-xmark ${MASQUERADE_MARK}`,
    `-p ${protocol} -m ${protocol}${remember} -j DNAT --to-destination ${backend.ip}:${backend.port}`,
  ];
  return { table: NAT_CHAINS, key, value: rules.join('\n') };
}

/** The chain that picks an endpoint, with its endpoint chains. A pool's chain is shared by all addresses of its port. */
function poolChains(names: ChainNames, frontend: Frontend, kind: 'SVC' | 'SVL'): Entry[] {
  const pool = kind === 'SVC' ? frontend.backends : (frontend.local ?? []);
  const endpoints = pool.map((backend) => endpointChain(names, frontend, backend));
  const { affinitySeconds } = frontend;
  const again =
    affinitySeconds === undefined
      ? []
      : endpoints.map(
          (e) => `-m recent --name ${e.key} --rcheck --seconds ${affinitySeconds} --reap -j ${e.key}`,
        );
  const picks = endpoints.map((e, index) => {
    const left = endpoints.length - index;
    const chance = left === 1 ? '' : `-m statistic --mode random --probability ${(1 / left).toFixed(10)} `;
    return `${comment(`${frontend.service} -> ${pool[index]?.ip}:${pool[index]?.port}`)} ${chance}-j ${e.key}`;
  });
  // Internal traffic policy Local gives one port two pools: the members are part of the identity.
  const policy = frontend.masquerade === 'off-cluster' ? 'internal' : 'external';
  const key = chainName(names, kind, `${frontend.service} ${frontend.protocol} ${policy}`);
  return [...endpoints, { table: NAT_CHAINS, key, value: [...again, ...picks].join('\n') }];
}

/** externalIPs, load balancers and node ports go through a chain that marks what must be masqueraded. */
function externalChain(
  names: ChainNames,
  frontend: Frontend,
  pool: string,
  local: string | undefined,
): Entry {
  const host = '-m addrtype --src-type LOCAL';
  const rules =
    frontend.local === undefined
      ? [`-j MARK --set-xmark ${MASQUERADE_MARK}`, `-j ${pool}`]
      : [
          ...(frontend.backends.length === 0
            ? []
            : [
                `-s ${names.clusterCidr} -j ${pool}`,
                `${host} -j MARK --set-xmark ${MASQUERADE_MARK}`,
                `${host} -j ${pool}`,
              ]),
          ...(local === undefined ? [] : [`-j ${local}`]),
        ];
  const key = chainName(names, 'EXT', `${frontend.service} ${frontend.protocol}`);
  return { table: NAT_CHAINS, key, value: rules.join('\n') };
}

function guardChain(
  names: ChainNames,
  frontend: Frontend,
  sources: readonly string[],
  target: string,
): Entry {
  const key = chainName(
    names,
    'FW',
    `${frontend.service} ${frontend.ip} ${frontend.protocol} ${frontend.port}`,
  );
  return { table: NAT_CHAINS, key, value: sources.map((source) => `-s ${source} -j ${target}`).join('\n') };
}

/** One frontend as chains and dispatch lines, in the original proxy's layout (SVC → SEP, EXT → SVC or SVL). */
export function iptablesEntries(frontend: Frontend, names: ChainNames): Entry[] {
  const { ip, protocol, port } = frontend;
  const match = `-d ${ip}/32 -p ${protocol} -m ${protocol} --dport ${port}`;
  const note = comment(frontend.service);
  const entries: Entry[] = [];
  let target: string | undefined;
  if (frontend.backends.length > 0) {
    const chains = poolChains(names, frontend, 'SVC');
    entries.push(...chains);
    target = chains.at(-1)?.key;
  }
  let local: string | undefined;
  if (frontend.local !== undefined && frontend.local.length > 0) {
    const chains = poolChains(names, frontend, 'SVL');
    entries.push(...chains);
    local = chains.at(-1)?.key;
  }
  if ((target ?? local) !== undefined && (frontend.masquerade === 'always' || frontend.local !== undefined)) {
    const chain = externalChain(names, frontend, target ?? '', local);
    entries.push(chain);
    target = chain.key;
  }
  if (target !== undefined && frontend.sources !== undefined) {
    const chain = guardChain(names, frontend, frontend.sources, target);
    entries.push(chain);
    target = chain.key;
  }
  const key = `${ip} ${protocol} ${port}`;
  if (target !== undefined)
    entries.push({ table: NAT_DISPATCH, key, value: `${match} ${note} -j ${target}` });
  const blocked = frontend.backends.length === 0 || frontend.local?.length === 0;
  if (blocked && frontend.whenEmpty === 'reject') {
    const how = protocol === 'tcp' ? ' --reject-with tcp-reset' : '';
    entries.push({ table: FILTER_DISPATCH, key, value: `${match} ${note} -j REJECT${how}` });
  } else if (blocked || frontend.sources !== undefined)
    entries.push({ table: FILTER_DISPATCH, key, value: `${match} ${note} -j DROP` });
  return entries;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command.ts';

/** Name of our nftables table of one node. */
export const hostTable = (bridge: string): string => `gantry-${bridge}`;

/** A container's port on the node's address. */
export interface HostPort {
  /** '' = every address of the node. */
  readonly hostIp: string;
  readonly hostPort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly containerPort: number;
}

interface Claim extends HostPort {
  readonly podIp: string;
}

/**
 * Host ports and the masquerade of pods' outside traffic, as one nftables table. Ports are map elements, so a pod
 * changes its own and nothing else. The desired state is kept in memory and loaded as a whole only at start.
 */
export class HostPorts {
  readonly #table: string;
  readonly #options: { readonly bridge: string; readonly podCidr: string; readonly clusterCidr: string };
  readonly #claims = new Map<string, readonly Claim[]>();
  #queue: Promise<void> = Promise.resolve();

  constructor(options: { readonly bridge: string; readonly podCidr: string; readonly clusterCidr: string }) {
    this.#options = options;
    this.#table = hostTable(options.bridge);
  }

  /** Writes the table anew, with every claim known. */
  load(): Promise<void> {
    return this.#serial(() => nft(this.#render()));
  }

  /** Claims the ports of a pod (by uid) for its address; the same claim again changes nothing. */
  set(podUid: string, podIp: string, ports: readonly HostPort[]): Promise<void> {
    const claims = ports.map((port) => ({ ...port, podIp }));
    if (JSON.stringify(this.#claims.get(podUid) ?? []) === JSON.stringify(claims)) return Promise.resolve();
    return this.#serial(async () => {
      if (claims.length === 0) this.#claims.delete(podUid);
      else this.#claims.set(podUid, claims);
      await nft(this.#renderElements());
    });
  }

  remove(podUid: string): Promise<void> {
    return this.#claims.has(podUid) ? this.set(podUid, '', []) : Promise.resolve();
  }

  #serial(work: () => Promise<void>): Promise<void> {
    const next = this.#queue.then(work);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  #render(): string {
    const table = this.#table;
    const { bridge, podCidr, clusterCidr } = this.#options;
    const dispatch = `
    dnat ip to ip daddr . meta l4proto . th dport map @address-ports
    fib daddr type local dnat ip to meta l4proto . th dport map @ports`;
    return `table ip ${table}
delete table ip ${table}
table ip ${table} {
  map ports { typeof meta l4proto . th dport : ip daddr . th dport; }
  set own { type ipv4_addr . ipv4_addr; }
  map address-ports { typeof ip daddr . meta l4proto . th dport : ip daddr . th dport; }
  chain prerouting { type nat hook prerouting priority -95;${dispatch}
  }
  chain output { type nat hook output priority -95;${dispatch}
  }
  chain postrouting { type nat hook postrouting priority 95;
    ip daddr 224.0.0.0/4 return
    ct status & dnat != 0 ip saddr 127.0.0.0/8 oifname "${bridge}" masquerade
    ct status & dnat != 0 ip saddr ${podCidr} oifname "${bridge}" ip saddr . ip daddr @own masquerade
    ip saddr ${podCidr} ip daddr != ${clusterCidr} oifname != "${bridge}" masquerade
  }
}
${this.#renderElements()}`;
  }

  #renderElements(): string {
    const table = this.#table;
    // By what is matched on: of two claims to a port the first holds, so that no pod undoes another's.
    const any = new Map<string, string>();
    const bound = new Map<string, string>();
    const put = (map: Map<string, string>, key: string, target: string) => {
      if (!map.has(key)) map.set(key, `${key} : ${target}`);
    };
    for (const claim of [...this.#claims.values()].flat()) {
      const target = `${claim.podIp} . ${claim.containerPort}`;
      const port = `${claim.protocol.toLowerCase()} . ${claim.hostPort}`;
      if (claim.hostIp === '' || claim.hostIp === '0.0.0.0') put(any, port, target);
      else put(bound, `${claim.hostIp} . ${port}`, target);
    }
    const fill = (type: 'map' | 'set', map: string, elements: readonly string[]): string =>
      `flush ${type} ip ${table} ${map}\n` +
      (elements.length === 0
        ? ''
        : `add element ip ${table} ${map} { ${[...new Set(elements)].join(', ')} }\n`);
    // A pod that reaches itself through a host port must see another source than itself.
    const own = [...this.#claims.values()].flatMap((claims) =>
      claims.map(({ podIp }) => `${podIp} . ${podIp}`),
    );
    return (
      fill('map', 'ports', [...any.values()]) +
      fill('map', 'address-ports', [...bound.values()]) +
      fill('set', 'own', own)
    );
  }
}

/** By a file: nft can't read a socket, which is what a child's stdin is here. */
async function nft(rules: string): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'gantry-nft-'));
  try {
    const file = join(dir, 'rules.nft');
    await writeFile(file, rules);
    await command('nft', '-f', file);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

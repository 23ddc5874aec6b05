import type { Record } from 'dns-packet';
import type { Answer } from './answer.ts';

/** Seconds that clients may keep records of the cluster. */
export const TTL_SECONDS = 5;

/** `cluster.local` → the zone's own names and answers. */
export interface Zone {
  readonly domain: string;
  readonly soa: Record;
}

/** The serial only has to grow when the server starts anew: there are no zone transfers. */
export function createZone(domain: string, startedAtMs: number): Zone {
  const name = domain.toLowerCase().replace(/\.$/, '');
  return {
    domain: name,
    soa: {
      name,
      type: 'SOA',
      ttl: TTL_SECONDS,
      data: {
        mname: `ns.dns.${name}`,
        rname: `hostmaster.${name}`,
        serial: Math.floor(startedAtMs / 1000) % 2 ** 32,
        refresh: 7200,
        retry: 1800,
        expire: 86_400,
        minimum: TTL_SECONDS,
      },
    },
  };
}

/** Labels in front of the zone's name, or undefined when the name is outside. The zone itself has none. */
export function labelsInZone(zone: Zone, name: string): string[] | undefined {
  if (name === zone.domain) return [];
  return name.endsWith(`.${zone.domain}`) ? name.slice(0, -zone.domain.length - 1).split('.') : undefined;
}

const authoritative = (
  answers: readonly Record[],
  additionals: readonly Record[],
  authorities: readonly Record[],
  code: 'NOERROR' | 'NXDOMAIN',
): Answer => ({ code, authoritative: true, answers, additionals, authorities });

/** Records, or NODATA (with the SOA for negative caching) when there are none of the type asked. */
export const found = (zone: Zone, answers: readonly Record[], additionals: readonly Record[] = []): Answer =>
  authoritative(answers, additionals, answers.length > 0 ? [] : [zone.soa], 'NOERROR');

export const nameError = (zone: Zone): Answer => authoritative([], [], [zone.soa], 'NXDOMAIN');

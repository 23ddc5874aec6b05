import type { Endpoint, EndpointSlice, ServicePort } from '@gantry/api/generated/types';
import type { Backend, NodeFacts, Protocol } from './frontend.ts';
import { isUsableIp } from './ipv4.ts';

/** Endpoints of one Service port, sorted into what each traffic policy may use. */
export interface Pools {
  readonly cluster: readonly Backend[];
  readonly local: readonly Backend[];
}

interface Candidate {
  readonly endpoint: Endpoint;
  readonly port: number;
  readonly ip: string;
  readonly local: boolean;
}

export const protocolOf = (protocol: string | undefined): Protocol =>
  protocol === 'UDP' ? 'udp' : protocol === 'SCTP' ? 'sctp' : 'tcp';

function candidates(port: ServicePort, slices: readonly EndpointSlice[], node: NodeFacts): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const slice of slices) {
    if (slice.addressType !== 'IPv4') continue;
    const match = slice.ports?.find(
      (p) => (p.name ?? '') === (port.name ?? '') && protocolOf(p.protocol) === protocolOf(port.protocol),
    );
    if (match?.port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const ip = endpoint.addresses[0];
      if (ip === undefined || !isUsableIp(ip)) continue;
      const key = `${ip}:${match.port}`;
      const local = endpoint.nodeName !== undefined && endpoint.nodeName === node.nodeName;
      const before = found.get(key);
      // The same address may stand in two slices for a moment; the ready one counts.
      if (before === undefined || (!isReady(before) && endpoint.conditions?.ready !== false))
        found.set(key, { endpoint, port: match.port, ip, local });
    }
  }
  return [...found.values()];
}

const isReady = (c: Candidate): boolean => c.endpoint.conditions?.ready !== false;

const isServingTerminating = (c: Candidate): boolean => {
  const conditions = c.endpoint.conditions;
  return conditions?.terminating === true && (conditions.serving ?? conditions.ready ?? true) !== false;
};

/** Ready endpoints; when there are none, those that still serve while they terminate. */
function usable(all: readonly Candidate[]): readonly Candidate[] {
  const ready = all.filter(isReady);
  return ready.length > 0 ? ready : all.filter(isServingTerminating);
}

/** Hints are heeded only if every endpoint carries them and at least one names this node (or its zone). */
function hinted(all: readonly Candidate[], node: NodeFacts): readonly Candidate[] {
  if (all.every((c) => (c.endpoint.hints?.forNodes?.length ?? 0) > 0)) {
    const mine = all.filter((c) => c.endpoint.hints?.forNodes?.some((n) => n.name === node.nodeName));
    if (mine.length > 0) return mine;
  }
  if (node.zone === undefined || !all.every((c) => (c.endpoint.hints?.forZones?.length ?? 0) > 0)) return all;
  const near = all.filter((c) => c.endpoint.hints?.forZones?.some((z) => z.name === node.zone));
  return near.length > 0 ? near : all;
}

const toBackends = (all: readonly Candidate[]): Backend[] =>
  all
    .map(({ ip, port, local }) => ({ ip, port, local }))
    .sort((a, b) => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : a.port - b.port));

/**
 * The pools of one Service port. A slice's port belongs to the Service's port of the same name and protocol; an absent
 * `ready` means ready. https://kubernetes.io/docs/reference/networking/virtual-ips/
 */
export function poolsOf(port: ServicePort, slices: readonly EndpointSlice[], node: NodeFacts): Pools {
  const all = candidates(port, slices, node);
  const local = all.filter((c) => c.local);
  return { cluster: toBackends(hinted(usable(all), node)), local: toBackends(usable(local)) };
}

import type { Resolver } from './answer.ts';
import type { ClusterSource } from './source.ts';
import { found, TTL_SECONDS, type Zone } from './zone.ts';

const SUFFIX = '.in-addr.arpa';
const SUFFIX6 = '.ip6.arpa';

/** `4.3.2.1.in-addr.arpa` → `1.2.3.4`; IPv6 in full, as eight groups. */
function addressOfReverse(name: string): string | undefined {
  if (name.endsWith(SUFFIX)) {
    const parts = name.slice(0, -SUFFIX.length).split('.');
    return parts.length === 4 ? parts.reverse().join('.') : undefined;
  }
  if (!name.endsWith(SUFFIX6)) return undefined;
  const nibbles = name.slice(0, -SUFFIX6.length).split('.').reverse();
  if (nibbles.length !== 32) return undefined;
  return (nibbles.join('').match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
}

/** PTR records of cluster IPs and of headless endpoints. What the cluster doesn't know is left to the next. */
export const reverseResolver =
  (zone: Zone, source: ClusterSource): Resolver =>
  async (query) => {
    const ip = addressOfReverse(query.name);
    if (ip === undefined || !source.ready) return undefined;
    const endpoint = source.endpointByIp(ip);
    const service = source.serviceByIp(ip) ?? endpoint?.service;
    if (service === undefined) return undefined;
    const base = `${service.metadata.name}.${service.metadata.namespace ?? ''}.svc.${zone.domain}`;
    const data = source.serviceByIp(ip) === undefined && endpoint ? `${endpoint.hostname}.${base}` : base;
    return found(
      zone,
      query.type === 'PTR' ? [{ name: query.asked, type: 'PTR', ttl: TTL_SECONDS, data }] : [],
    );
  };

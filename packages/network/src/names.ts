export type ProxyMode = 'nftables' | 'iptables' | 'ipvs';

/** Names of the nftables table and the prefix of iptables chains. Throws for a suffix that can't be part of both. */
export function namesOf(suffix: string): { readonly table: string; readonly prefix: string } {
  if (!/^[a-z0-9]{0,6}$/.test(suffix))
    throw new Error(`service proxy: suffix ${JSON.stringify(suffix)} must be at most 6 of a-z and 0-9`);
  return suffix === ''
    ? { table: 'gantry-proxy', prefix: 'GANTRY' }
    : { table: `gantry-proxy-${suffix}`, prefix: `GANTRY-${suffix}` };
}

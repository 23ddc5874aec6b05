import type { ServiceCIDR } from '@gantry/api/generated/types';
import { invalid as invalidField } from '@gantry/machinery/field-error';
import type { StateReader } from '../../request.ts';
import type { ResourceHooks } from '../hooks.ts';
import { addressRange, inRange, type NumberRange, pickFree, toIp } from './address-range.ts';

export const CLUSTER_IP_POOL = 'clusterips';
const CIDRS = 'servicecidrs.networking.k8s.io';
const ADDRESSES = 'ipaddresses.networking.k8s.io';
/** ServiceCIDRs that are looked at; each costs a search when the ones before are full. */
const MAX_RANGES = 256;

const parsed = new Map<string, NumberRange | undefined>();

/** Addresses of an IPv4 CIDR; undefined for another one, or one that is too small or too large to give any out. */
function rangeOf(cidr: string): NumberRange | undefined {
  if (!parsed.has(cidr)) {
    let range: NumberRange | undefined;
    try {
      range = addressRange(cidr);
    } catch {
      // Of the other family, or of a size that only the rules of ServiceCIDR allow.
    }
    if (parsed.size >= MAX_RANGES) parsed.clear();
    parsed.set(cidr, range);
  }
  return parsed.get(cidr);
}

const isReady = ({ metadata, status }: ServiceCIDR): boolean =>
  metadata.deletionTimestamp === undefined &&
  (status?.conditions ?? []).some(({ type, status: value }) => type === 'Ready' && value === 'True');

/**
 * Where addresses of Services come from at this moment: the flag's range, and those of the ServiceCIDRs that are ready.
 * The flag's is left out while the ServiceCIDRs that name it are being deleted.
 */
export function readyRanges(state: StateReader, flag: string): readonly NumberRange[] {
  const ready = new Set<string>();
  const leaving = new Set<string>();
  for (const object of state.list(CIDRS, undefined)) {
    const cidr = object as unknown as ServiceCIDR;
    const list = isReady(cidr) ? ready : cidr.metadata.deletionTimestamp === undefined ? undefined : leaving;
    for (const range of cidr.spec.cidrs ?? []) list?.add(range);
  }
  if (!leaving.has(flag)) ready.add(flag);
  const cidrs = [...ready].sort((a, b) => Number(b === flag) - Number(a === flag)).slice(0, MAX_RANGES);
  return cidrs.flatMap((cidr) => rangeOf(cidr) ?? []);
}

/**
 * An address of the first range that has one which is neither used nor held by an IPAddress. Those are looked up one by
 * one: there is one for each Service, and reading them all takes as long as reading the Services.
 */
export function pickAddress(
  ranges: readonly NumberRange[],
  used: ReadonlySet<number>,
  state: Pick<StateReader, 'get'>,
): number | undefined {
  const taken = new Set(used);
  for (const range of ranges)
    for (let number = pickFree(range, taken); number !== undefined; number = pickFree(range, taken)) {
      if (state.get(ADDRESSES, '', toIp(number)) === undefined) return number;
      taken.add(number);
    }
  return undefined;
}

export const inRanges = (ranges: readonly NumberRange[], value: number): boolean =>
  ranges.some((range) => inRange(range, value));

/** An IPAddress of anything but a Service holds its address like a Service does. */
export const ipAddressHooks: ResourceHooks = {
  claims: ({ metadata, ...object }) => {
    const { spec } = object as { spec?: { parentRef?: { group?: string; resource?: string } } };
    const { group = '', resource = '' } = spec?.parentRef ?? {};
    if (group === '' && resource === 'services') return [];
    const taken = invalidField('metadata.name', metadata.name, 'provided IP is already allocated');
    return [{ pool: CLUSTER_IP_POOL, value: metadata.name, taken }];
  },
};

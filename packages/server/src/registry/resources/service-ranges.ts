import type { ServiceCIDR } from '@gantry/api/generated/types';
import { invalid as invalidField } from '@gantry/machinery/field-error';
import type { AnyObject } from '@gantry/machinery/object';
import type { StateReader } from '../../request.ts';
import type { ResourceHooks } from '../hooks.ts';
import { addressNumber, addressRange, inRange, type NumberRange, pickFree } from './address-range.ts';

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
  if (leaving.has(flag) && !ready.has(flag)) ready.delete(flag);
  else ready.add(flag);
  const cidrs = [...ready].sort((a, b) => Number(b === flag) - Number(a === flag)).slice(0, MAX_RANGES);
  return cidrs.flatMap((cidr) => rangeOf(cidr) ?? []);
}

/** Addresses that others than Services hold by an IPAddress. */
export function addressesOfOthers(state: StateReader, used: Set<number>): void {
  for (const object of state.list(ADDRESSES, undefined)) {
    const number = addressNumber((object as AnyObject).metadata.name);
    if (number !== undefined) used.add(number);
  }
}

/** A free address of the first range that has one. */
export function pickAddress(ranges: readonly NumberRange[], used: ReadonlySet<number>): number | undefined {
  for (const range of ranges) {
    const number = pickFree(range, used);
    if (number !== undefined) return number;
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

import { type Amounts, addAmounts, parseAmounts } from '@gantry/api/core/quota/amounts';
import { scopedOf, scopesMatch } from '@gantry/api/core/quota/scopes';
import { missingAmounts, quotaUsage, takesTheSame } from '@gantry/api/core/quota/usage';
import type { ResourceQuota } from '@gantry/api/generated/types';
import type { KindDefinition } from '@gantry/api/kind';
import type { KubeObject } from '@gantry/machinery/object';
import {
  compareQuantities,
  formatQuantity,
  type Quantity,
  subtractQuantities,
} from '@gantry/machinery/quantity';
import { listObjects } from '../auth/state.ts';
import { getOrMake } from '../cache/get-or-make.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { denied } from './denial.ts';

/** How long an admitted object counts at most before it shows in the state, if nobody says that its write is over. */
const RESERVED_MS = 60_000;
const MAX_RESERVATIONS = 10_000;

interface Reservation {
  readonly object: KubeObject;
  /** Revision of the object that it stands for; absent: it is new. */
  readonly basedOn: string | undefined;
  readonly until: number;
}

/** Objects that were admitted and don't show in the state yet, so that writes at the same moment see each other. */
class Reservations {
  readonly #byPlace = new Map<string, Map<string, Reservation>>();
  #count = 0;

  /** Returns how to give it back. */
  add(place: string, object: KubeObject, basedOn: string | undefined, now: number): () => void {
    const { uid } = object.metadata;
    if (uid === undefined || this.#count >= MAX_RESERVATIONS) return () => undefined;
    const reserved = getOrMake(this.#byPlace, place, () => new Map<string, Reservation>());
    if (!reserved.has(uid)) this.#count++;
    const reservation = { object, basedOn, until: now + RESERVED_MS };
    reserved.set(uid, reservation);
    return () => {
      if (reserved.get(uid) === reservation) this.#drop(place, reserved, uid);
    };
  }

  /** The objects as they will be once all that was admitted is stored. */
  applied(place: string, known: readonly KubeObject[], now: number): readonly KubeObject[] {
    const reserved = this.#byPlace.get(place);
    if (reserved === undefined) return known;
    for (const [uid, { until }] of reserved) if (until <= now) this.#drop(place, reserved, uid);
    const uids = new Set<string>();
    const objects = known.map((object) => {
      const { uid = '', resourceVersion } = object.metadata;
      uids.add(uid);
      const reservation = reserved.get(uid);
      return reservation !== undefined && reservation.basedOn === resourceVersion
        ? reservation.object
        : object;
    });
    for (const [uid, { object, basedOn }] of reserved)
      if (basedOn === undefined && !uids.has(uid)) objects.push(object);
    return objects;
  }

  #drop(place: string, reserved: Map<string, Reservation>, uid: string): void {
    if (reserved.delete(uid)) this.#count--;
    if (reserved.size === 0 && this.#byPlace.get(place) === reserved) this.#byPlace.delete(place);
  }
}

const show = (amounts: Amounts, names: readonly string[]): string =>
  names
    .map((name) => `${name}=${formatQuantity(amounts.get(name) ?? { nanos: 0n, format: 'DecimalSI' })}`)
    .join(',');

/** What the change adds; what an update frees is not counted against it. */
function added(now: Amounts, before: Amounts): Map<string, Quantity> {
  const delta = new Map<string, Quantity>();
  for (const [name, quantity] of now) {
    const old = before.get(name);
    const more = old === undefined ? quantity : subtractQuantities(quantity, old);
    if (more.nanos > 0n) delta.set(name, more);
  }
  return delta;
}

/**
 * Holds a namespace's objects within its quotas. Usage is counted from the state at each write, so that a set of objects counts itself.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function createResourceQuota(now: () => number): AdmissionPlugin {
  const reservations = new Reservations();

  const storageOf = ({ group, plural, storage }: KindDefinition): string => {
    const { group: own, plural: name } = storage ?? { group, plural };
    return own === '' ? name : `${name}.${own}`;
  };

  const usedOf = (
    request: AdmissionRequest,
    quota: ResourceQuota,
    self: KubeObject,
  ): Map<string, Quantity> => {
    const { kind, attributes, state } = request;
    const resource = storageOf(kind);
    const known = listObjects<KubeObject>(state, resource, attributes.namespace);
    const total = new Map<string, Quantity>();
    const isUniform = takesTheSame(kind);
    if (isUniform && !scopesMatch(quota, {})) return total;
    let count = 0n;
    for (const object of reservations.applied(`${resource} ${attributes.namespace}`, known, now())) {
      const isSelf = object.metadata.uid !== undefined && object.metadata.uid === self.metadata.uid;
      if (isSelf && request.operation === 'CREATE') continue;
      if (isUniform) count++;
      else if (scopesMatch(quota, scopedOf(kind, object))) addAmounts(total, quotaUsage(kind, object, now()));
    }
    // Thousands of them are looked at for each object of a large set.
    if (isUniform && count > 0n)
      for (const [name, { nanos, format }] of quotaUsage(kind, self, now()))
        total.set(name, { nanos: nanos * count, format });
    return total;
  };

  /** Whether the write takes something from the quota. Throws Forbidden when there is not enough. */
  const check = (request: AdmissionRequest, quota: ResourceQuota, object: KubeObject): boolean => {
    const { kind } = request;
    const old = request.oldObject as unknown as KubeObject | undefined;
    const scoped = scopedOf(kind, object);
    if (!scopesMatch(quota, scoped)) return false;
    const hard = parseAmounts(quota.spec?.hard);
    const name = quota.metadata.name;
    const missing = scoped.pod === undefined ? undefined : missingAmounts(scoped.pod, new Set(hard.keys()));
    if (missing !== undefined) throw denied(request, `failed quota: ${name}: ${missing}`);
    const wasIn = old !== undefined && scopesMatch(quota, scopedOf(kind, old));
    const before = wasIn ? quotaUsage(kind, old, now()) : new Map<string, Quantity>();
    const requested = added(quotaUsage(kind, object, now()), before);
    for (const key of requested.keys()) if (!hard.has(key)) requested.delete(key);
    if (requested.size === 0) return false;
    const used = usedOf(request, quota, object);
    const total = new Map(used);
    addAmounts(total, requested);
    const exceeded = [...requested.keys()]
      .filter((key) => {
        const [sum, limit] = [total.get(key), hard.get(key)];
        return sum !== undefined && limit !== undefined && compareQuantities(sum, limit) > 0;
      })
      .sort();
    if (exceeded.length === 0) return true;
    throw denied(
      request,
      `exceeded quota: ${name}, requested: ${show(requested, exceeded)}, used: ${show(used, exceeded)}, limited: ${show(hard, exceeded)}`,
    );
  };

  /** The same of all quotas of the namespace. */
  const takesAny = (request: AdmissionRequest): boolean => {
    const { attributes, state } = request;
    const quotas = listObjects<ResourceQuota>(state, 'resourcequotas', attributes.namespace);
    if (quotas.length === 0 || request.object === undefined) return false;
    const object = request.object as unknown as KubeObject;
    let takes = false;
    for (const quota of quotas) if (check(request, quota, object)) takes = true;
    return takes;
  };

  const reserve = ({ attributes, kind, object, oldObject, releases }: AdmissionRequest): void => {
    const basedOn = (oldObject as unknown as KubeObject | undefined)?.metadata.resourceVersion;
    const place = `${storageOf(kind)} ${attributes.namespace}`;
    const copy = structuredClone(object) as unknown as KubeObject;
    const release = reservations.add(place, copy, basedOn, now());
    releases?.add(release);
  };

  return {
    name: 'ResourceQuota',
    handles(kind, operation, subresource) {
      if (!kind.namespaced || (operation !== 'CREATE' && operation !== 'UPDATE')) return false;
      if (kind.plural === 'pods' && kind.group === '' && operation === 'UPDATE') {
        return subresource === '' || subresource === 'resize';
      }
      // What a claim was given, and of which class, is in its status.
      if (kind.plural === 'persistentvolumeclaims' && kind.group === '' && operation === 'UPDATE') {
        return subresource === '' || subresource === 'status';
      }
      return subresource === '';
    },
    validate(request) {
      const { namespace } = request.attributes;
      if (!takesAny(request) || request.dryRun) return undefined;
      // Counted once more when what other servers let in is known, and they wait.
      const alone = request.releases?.exclusive(`quota/${namespace}`);
      if (alone === undefined) return reserve(request);
      return alone.then(() => {
        if (takesAny(request)) reserve(request);
      });
    },
  };
}

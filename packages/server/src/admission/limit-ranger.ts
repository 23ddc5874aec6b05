import { type Amounts, parseAmounts, podAmounts } from '@gantry/api/core/quota/amounts';
import type {
  Container,
  LimitRange,
  LimitRangeItem,
  PersistentVolumeClaim,
  Pod,
} from '@gantry/api/generated/types';
import { compareQuantities, formatQuantity, type Quantity } from '@gantry/machinery/quantity';
import { listObjects } from '../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { denied, isResource } from './denial.ts';

const ANNOTATION = 'kubernetes.io/limit-ranger';
const NANO = 1_000_000_000;

type Defaults = Readonly<Record<string, string>>;

const rangesOf = (request: AdmissionRequest): readonly LimitRange[] =>
  listObjects<LimitRange>(request.state, 'limitranges', request.attributes.namespace);

function fill(container: Container, which: 'requests' | 'limits', defaults: Defaults): string[] {
  const set: string[] = [];
  for (const [name, quantity] of Object.entries(defaults)) {
    container.resources ??= {};
    container.resources[which] ??= {};
    const list = container.resources[which];
    if (list[name] !== undefined) continue;
    list[name] = quantity;
    set.push(name);
  }
  return set.sort();
}

/** One range's defaults; of several items, the later ones win. */
function setDefaults(pod: Pod, { spec }: LimitRange): void {
  const items = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
  const requests: Defaults = Object.assign({}, ...items.map(({ defaultRequest }) => defaultRequest));
  const limits: Defaults = Object.assign({}, ...items.map((item) => item.default));
  const notes: string[] = [];
  const each = (label: string, containers: readonly Container[] = []): void => {
    for (const container of containers) {
      const setLimits = fill(container, 'limits', limits);
      const setRequests = fill(container, 'requests', requests);
      if (setRequests.length > 0)
        notes.push(`${setRequests.join(', ')} request for ${label} ${container.name}`);
      if (setLimits.length > 0) notes.push(`${setLimits.join(', ')} limit for ${label} ${container.name}`);
    }
  };
  each('container', pod.spec.containers);
  each('init container', pod.spec.initContainers);
  if (notes.length === 0) return;
  pod.metadata.annotations ??= {};
  pod.metadata.annotations[ANNOTATION] = `LimitRanger plugin set: ${notes.join('; ')}`;
}

const below = (a: Quantity | undefined, b: Quantity): boolean =>
  a !== undefined && compareQuantities(a, b) < 0;

function minFaults(type: string, min: Amounts, requests: Amounts, limits: Amounts): string[] {
  const faults: string[] = [];
  for (const [name, enforced] of min) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    const head = `minimum ${name} usage per ${type} is ${formatQuantity(enforced)}`;
    if (request === undefined) faults.push(`${head}.  No request is specified`);
    else if (below(request, enforced)) faults.push(`${head}, but request is ${formatQuantity(request)}`);
    else if (limit !== undefined && below(limit, enforced)) {
      faults.push(`${head}, but limit is ${formatQuantity(limit)}`);
    }
  }
  return faults;
}

/** Claims have no limits, so that their requests are held against the maximum. */
function maxFaults(type: string, max: Amounts, requests: Amounts, limits: Amounts | undefined): string[] {
  const faults: string[] = [];
  for (const [name, enforced] of max) {
    const [request, limit] = [requests.get(name), limits?.get(name)];
    const head = `maximum ${name} usage per ${type} is ${formatQuantity(enforced)}`;
    const over = (quantity: Quantity | undefined): quantity is Quantity =>
      quantity !== undefined && compareQuantities(quantity, enforced) > 0;
    if (limits === undefined && request === undefined) faults.push(`${head}.  No request is specified`);
    else if (limits !== undefined && limit === undefined) faults.push(`${head}.  No limit is specified`);
    else if (over(limit)) faults.push(`${head}, but limit is ${formatQuantity(limit)}`);
    else if (over(request)) faults.push(`${head}, but request is ${formatQuantity(request)}`);
  }
  return faults;
}

function ratioFaults(type: string, ratios: Amounts, requests: Amounts, limits: Amounts): string[] {
  const faults: string[] = [];
  for (const [name, enforced] of ratios) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    const head = `${name} max limit to request ratio per ${type} is ${formatQuantity(enforced)}`;
    if (request === undefined || request.nanos === 0n) {
      faults.push(`${head}, but no request is specified or request is 0`);
    } else if (limit === undefined || limit.nanos === 0n) {
      faults.push(`${head}, but no limit is specified or limit is 0`);
    } else {
      const ratio = Number(limit.nanos) / Number(request.nanos);
      if (ratio > Number(enforced.nanos) / NANO)
        faults.push(`${head}, but provided ratio is ${ratio.toFixed(6)}`);
    }
  }
  return faults;
}

function itemFaults(item: LimitRangeItem, requests: Amounts, limits: Amounts): string[] {
  return [
    ...minFaults(item.type, parseAmounts(item.min), requests, limits),
    ...maxFaults(item.type, parseAmounts(item.max), requests, limits),
    ...ratioFaults(item.type, parseAmounts(item.maxLimitRequestRatio), requests, limits),
  ];
}

/** What the user asked for: the overhead of a runtime class is none of that. */
const withoutOverhead = (pod: Pod, which: 'requests' | 'limits'): Amounts => {
  const { overhead: _overhead, ...spec } = pod.spec;
  return podAmounts({ ...pod, spec }, which);
};

function podFaults(pod: Pod, item: LimitRangeItem): string[] {
  if (item.type === 'Pod')
    return itemFaults(item, withoutOverhead(pod, 'requests'), withoutOverhead(pod, 'limits'));
  if (item.type !== 'Container') return [];
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].flatMap(({ resources }) =>
    itemFaults(item, parseAmounts(resources?.requests), parseAmounts(resources?.limits)),
  );
}

function claimFaults(claim: PersistentVolumeClaim, item: LimitRangeItem): string[] {
  if (item.type !== 'PersistentVolumeClaim') return [];
  const requests = parseAmounts(claim.spec.resources?.requests);
  return [
    ...minFaults(item.type, parseAmounts(item.min), requests, new Map()),
    ...maxFaults(item.type, parseAmounts(item.max), requests, undefined),
  ];
}

/** What is being deleted may shrink to nothing in peace. */
const isGoing = ({ oldObject }: AdmissionRequest): boolean =>
  (oldObject as unknown as Pod | undefined)?.metadata.deletionTimestamp !== undefined;

/** Defaults and bounds of a namespace's LimitRanges. https://kubernetes.io/docs/concepts/policy/limit-range/ */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  handles(kind, operation, subresource) {
    if (isResource(kind, '', 'pods')) {
      return operation === 'CREATE' ? subresource === '' : operation === 'UPDATE' && subresource === 'resize';
    }
    const claims = isResource(kind, '', 'persistentvolumeclaims') && subresource === '';
    return claims && (operation === 'CREATE' || operation === 'UPDATE');
  },
  mutate(request) {
    if (request.kind.plural !== 'pods' || isGoing(request)) return;
    for (const range of rangesOf(request)) setDefaults(request.object as unknown as Pod, range);
  },
  validate(request) {
    const { object, kind } = request;
    if (isGoing(request)) return;
    for (const { spec } of rangesOf(request)) {
      const faults = (spec?.limits ?? []).flatMap((item) =>
        kind.plural === 'pods'
          ? podFaults(object as unknown as Pod, item)
          : claimFaults(object as unknown as PersistentVolumeClaim, item),
      );
      const unique = [...new Set(faults)];
      if (unique.length > 0)
        throw denied(request, unique.length === 1 ? (unique[0] ?? '') : `[${unique.join(', ')}]`);
    }
  },
};

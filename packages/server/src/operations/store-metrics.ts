import { StoreError } from '@gantry/store/errors';
import type { Store, Write } from '@gantry/store/port';
import { type Cell, type Distribution, processInstruments as set } from './instruments.ts';

const LABELS = ['operation', 'group', 'resource'];
const SECONDS = [
  ...[0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3],
  ...[4, 5, 6, 8, 10, 15, 20, 30, 45, 60],
];

const duration = set.histogram(
  'etcd_request_duration_seconds',
  'Request latency of the store in seconds for each operation and object type.',
  LABELS,
  SECONDS,
);
const total = set.counter(
  'etcd_requests_total',
  'Store request counts for each operation and object type.',
  LABELS,
);
const errors = set.counter(
  'etcd_request_errors_total',
  'Store failed request counts for each operation and object type.',
  LABELS,
);

const received = set.counter(
  'apiserver_storage_events_received_total',
  'Number of etcd events received split by kind.',
  ['group', 'resource'],
);

/** Group and plural of a storage key: `pods`, `deployments.apps`. */
export function groupResource(resource: string): readonly [group: string, plural: string] {
  const dot = resource.indexOf('.');
  return dot < 0 ? ['', resource] : [resource.slice(dot + 1), resource.slice(0, dot)];
}

/** Changes that came out of the store. */
export const countReceived = (resource: string, count: number): void =>
  received.with(...groupResource(resource)).add(count);

interface Series {
  readonly duration: Distribution;
  readonly total: Cell;
  readonly errors: Cell;
}

/** By operation and storage resource. */
const known = new Map<string, Map<string, Series>>();

function seriesOf(operation: string, resource: string): Series {
  let byResource = known.get(operation);
  if (byResource === undefined) {
    byResource = new Map();
    known.set(operation, byResource);
  }
  let series = byResource.get(resource);
  if (series === undefined) {
    const [group, plural] = groupResource(resource);
    series = {
      duration: duration.with(operation, group, plural),
      total: total.with(operation, group, plural),
      errors: errors.with(operation, group, plural),
    };
    byResource.set(resource, series);
  }
  return series;
}

/** Counts one question to the store; a write that lost a race is no error. */
async function measured<T>(operation: string, resource: string, ask: () => Promise<T>): Promise<T> {
  const series = seriesOf(operation, resource);
  const began = performance.now();
  series.total.value++;
  try {
    return await ask();
  } catch (error) {
    if (error instanceof StoreError) series.errors.value++;
    throw error;
  } finally {
    series.duration.observe((performance.now() - began) / 1000);
  }
}

const nameOf = ({ op }: Write): string => (op === 'check' ? 'get' : op);

/** The same store; what it is asked shows among the metrics, under the names by which the original's are known. */
export function measuredStore(store: Store): Store {
  return {
    ...store,
    write: (write) => measured(nameOf(write), write.key.resource, () => store.write(write)),
    transact: (writes) => {
      const [first] = writes;
      if (first === undefined) return store.transact(writes);
      return measured('transaction', first.key.resource, () => store.transact(writes));
    },
    get: (key) => measured('get', key.resource, () => store.get(key)),
    listAt: (resource, namespace, revision) =>
      measured('list', resource, () => store.listAt(resource, namespace, revision)),
  };
}

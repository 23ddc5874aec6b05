import { type Cell, type Distribution, processInstruments as set } from './instruments.ts';

const LABELS = ['group', 'version', 'resource'];

const events = set.counter('apiserver_watch_events_total', 'Number of events sent in watch clients', LABELS);
const sizes = set.histogram(
  'apiserver_watch_events_sizes',
  'Watch event size distribution in bytes',
  LABELS,
  Array.from({ length: 8 }, (_, power) => 1024 * 2 ** power),
);
const lists = set.histogram(
  'apiserver_watch_list_duration_seconds',
  'Response latency distribution in seconds for watch list requests broken by group, version, resource and scope.',
  [...LABELS, 'scope'],
  [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4, 6, 8, 10, 15, 20, 30, 45, 60],
);

/** A watch that asked for the state had all of it after so many milliseconds. */
export function observeWatchList(
  { group, version, plural }: { readonly group: string; readonly version: string; readonly plural: string },
  scope: string,
  took: number,
): void {
  lists.with(group, version, plural, scope).observe(took / 1000);
}

export interface WatchSeries {
  readonly events: Cell;
  readonly sizes: Distribution;
}

export const watchSeries = (group: string, version: string, resource: string): WatchSeries => ({
  events: events.with(group, version, resource),
  sizes: sizes.with(group, version, resource),
});

/** The same events went to several clients. */
export function countWatchEvents(series: WatchSeries, count: number, bytes: number, clients: number): void {
  series.events.value += count * clients;
  series.sizes.observe(bytes / count, count * clients);
}

import { type Cell, type Distribution, processInstruments as set } from './instruments.ts';

const LABELS = ['group', 'version', 'resource'];

const events = set.counter('apiserver_watch_events_total', 'Number of events sent in watch clients', LABELS);
const sizes = set.histogram(
  'apiserver_watch_events_sizes',
  'Watch event size distribution in bytes',
  LABELS,
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10].map((size) => size * 100_000),
);

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

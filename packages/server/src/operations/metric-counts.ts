import { type InstrumentSet, processInstruments } from './instruments.ts';
import { stabilityOf } from './stability.ts';

/** Shows how many metrics there are by stability, and how many are hidden (none here) and turned off. */
export function showMetricCounts(own: InstrumentSet, disabled: readonly string[]): void {
  own.counter(
    'registered_metrics_total',
    'The count of registered metrics broken by stability level and deprecation version.',
    ['deprecated_version', 'stability_level'],
    (counter) => {
      counter.reset();
      for (const set of [processInstruments, own])
        for (const name of set.names()) counter.with('', stabilityOf(name) || 'INTERNAL').add();
    },
  );
  own.counter('hidden_metrics_total', 'The count of hidden metrics.').with();
  own.counter('disabled_metrics_total', 'The count of disabled metrics.').with().set(new Set(disabled).size);
}

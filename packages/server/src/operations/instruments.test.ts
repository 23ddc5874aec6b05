import { describe, expect, it } from 'vitest';
import { InstrumentSet, numeral } from './instruments.ts';

describe('instruments', () => {
  it('are written in the text form of Prometheus', () => {
    const set = new InstrumentSet();
    const counter = set.counter('a_total', 'Counts\nthings.', ['x', 'y']);
    counter.with('1', 'say "hi"\\').add();
    counter.with('1', 'say "hi"\\').add(2);
    const histogram = set.histogram('h_seconds', 'Times.', ['x'], [0.1, 1]);
    histogram.with('1').observe(0.1);
    histogram.with('1').observe(0.5, 2);
    histogram.with('1').observe(7);
    set.gauge('g', 'Now.', [], (gauge) => gauge.with().set(Number.POSITIVE_INFINITY));
    set.gauge('empty', 'Never set.', ['x']);
    expect(set.text()).toBe(`# HELP a_total [ALPHA] Counts\\nthings.
# TYPE a_total counter
a_total{x="1",y="say \\"hi\\"\\\\"} 3
# HELP h_seconds [ALPHA] Times.
# TYPE h_seconds histogram
h_seconds_bucket{x="1",le="0.1"} 1
h_seconds_bucket{x="1",le="1"} 3
h_seconds_bucket{x="1",le="+Inf"} 4
h_seconds_sum{x="1"} 8.1
h_seconds_count{x="1"} 4
# HELP g [ALPHA] Now.
# TYPE g gauge
g +Inf
`);
  });

  it('write numbers as Prometheus clients do', () => {
    const texts = [0, 1, -2.5, 0.0001, 5e-7, 123_456, 1e6, 1_234_567, 1e21, Number.NaN].map(numeral);
    expect(texts).toEqual([
      '0',
      '1',
      '-2.5',
      '0.0001',
      '5e-07',
      '123456',
      '1e+06',
      '1.234567e+06',
      '1e+21',
      'NaN',
    ]);
  });

  it('do not grow without end', () => {
    const set = new InstrumentSet();
    const counter = set.counter('a_total', 'Counts.', ['x']);
    for (let index = 0; index < 25_000; index++) counter.with(String(index)).add();
    expect(set.text().split('\n').length).toBeLessThan(20_010);
    expect(counter.with('other').value).toBeGreaterThan(4_000);
  });
});

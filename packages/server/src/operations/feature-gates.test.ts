import { describe, expect, it } from 'vitest';
import { parseFeatureGates, showFeatureGates } from './feature-gates.ts';
import { InstrumentSet } from './instruments.ts';

describe('feature gates', () => {
  it('have the defaults of 1.36 and can be changed', () => {
    const gates = parseFeatureGates(['WatchList=false,CBORServingAndStorage=true']);
    expect(gates.get('WatchList')).toBe(false);
    expect(gates.get('CBORServingAndStorage')).toBe(true);
    expect(gates.get('APIResponseCompression')).toBe(true);
    const all = parseFeatureGates(['AllBeta=false', 'WatchList=true']);
    expect(all.get('WatchList')).toBe(true);
    expect(all.get('APIResponseCompression')).toBe(false);
    expect(all.get('AnonymousAuthConfigurableEndpoints')).toBe(true);
  });

  it.each([
    ['Nope=true', 'unrecognized feature gate: Nope'],
    ['WatchList', 'missing bool value for WatchList'],
    [
      'WatchList=yes',
      'invalid value of WatchList=yes, err: strconv.ParseBool: parsing "yes": invalid syntax',
    ],
    [
      'APIServerTracing=false',
      'cannot set feature gate APIServerTracing to false, feature is locked to true',
    ],
  ])('refuses %s', (text, reason) => {
    expect(() => parseFeatureGates([text])).toThrow(reason);
  });

  it('are shown among the metrics', () => {
    const set = new InstrumentSet();
    showFeatureGates(set, parseFeatureGates([]));
    expect(set.text()).toContain('kubernetes_feature_enabled{name="WatchList",stage="BETA"} 1\n');
  });
});

/** No property is tried more often, whatever is asked for. */
const MAX_RUNS = 1_000_000;

/**
 * How often a property is tried: `usual` times in the tests, and as many times more as GANTRY_FUZZ_FACTOR says, which
 * `npm run fuzz -- FACTOR` sets. Throws when that is no number from 0 on.
 */
export function fuzzRuns(usual: number): number {
  const factor = Number(process.env.GANTRY_FUZZ_FACTOR ?? '1');
  if (!(factor >= 0)) throw new Error('GANTRY_FUZZ_FACTOR must be a number from 0 on');
  return Math.min(MAX_RUNS, Math.max(1, Math.round(usual * factor)));
}

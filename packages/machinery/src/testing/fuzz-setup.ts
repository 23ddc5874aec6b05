import fc from 'fast-check';
import { fuzzRuns } from './fuzz-runs.ts';

/** For properties that do not say how often they are tried. Loaded by `npm run fuzz` alone. */
const USUAL = 100;

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: fuzzRuns(USUAL) });

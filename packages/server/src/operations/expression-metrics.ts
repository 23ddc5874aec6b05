import { onRuleTimes } from '@gantry/api/apiextensions/v1/schema/rule-times';
import { processInstruments as set } from './instruments.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const compilation = set
  .histogram('apiserver_cel_compilation_duration_seconds', 'CEL compilation time in seconds.', [], SECONDS)
  .with();
const evaluation = set
  .histogram('apiserver_cel_evaluation_duration_seconds', 'CEL evaluation time in seconds.', [], SECONDS)
  .with();

/** Shows how long the expressions of custom resources take to compile and to evaluate. */
export function measureRules(): void {
  onRuleTimes({
    compiled: (took) => compilation.observe(took / 1000),
    evaluated: (took) => evaluation.observe(took / 1000),
  });
}

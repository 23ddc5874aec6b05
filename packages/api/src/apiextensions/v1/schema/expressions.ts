import { createEnvironment } from '@gantry/cel/environment';
import type { CelEnvironment } from '@gantry/cel/port';
import type { Declared } from './cel-types.ts';

/** The environment of rules about values of one type: `self`, and `oldSelf` of the state before. */
export function ruleEnvironment({ type, maxElements }: Declared, optionalOldSelf: boolean): CelEnvironment {
  const size = { maxSize: maxElements };
  return createEnvironment([
    { name: 'self', type, ...size },
    { name: 'oldSelf', type: optionalOldSelf ? { kind: 'optional', of: type } : type, ...size },
  ]);
}

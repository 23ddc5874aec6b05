/** Told how long rules of schemas take, in milliseconds. */
export interface RuleTimes {
  compiled(took: number): void;
  evaluated(took: number): void;
}

let listener: RuleTimes | undefined;

/** Has this told from now on; there is one listener a process. */
export function onRuleTimes(times: RuleTimes): void {
  listener = times;
}

/** Runs `work`, which compiles or evaluates the rules of one node of a schema. */
export function timedRules<T>(kind: keyof RuleTimes, work: () => T): T {
  if (listener === undefined) return work();
  const began = performance.now();
  try {
    return work();
  } finally {
    listener[kind](performance.now() - began);
  }
}

import type { Write, WriteOutcome, Written } from './port.ts';

/** The writes that happened. Of a transaction in which one fails, none did, whatever the others' outcomes. */
export function writtenBy(
  writes: readonly Write[],
  outcomes: readonly WriteOutcome[],
  atomic: boolean,
): Written[] {
  if (atomic && outcomes.some(({ ok }) => !ok)) return [];
  const written: Written[] = [];
  for (const [index, write] of writes.entries()) {
    const outcome = outcomes[index];
    if (write.op !== 'check' && outcome?.ok === true) written.push({ write, revision: outcome.revision });
  }
  return written;
}

/** Several faults as one text, each once, as the original joins them. */
export function joinFaults(faults: readonly string[]): string {
  const distinct = [...new Set(faults)];
  return distinct.length < 2 ? (distinct[0] ?? '') : `[${distinct.join(', ')}]`;
}

const MAX_LINES = 40;

/** Changed lines of two values, as `-` and `+` lines below the path they stand at. For error messages only. */
export function specDifference(before: unknown, after: unknown): string {
  const lines: string[] = [];
  collect(before, after, 'spec', lines);
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), '…'].join('\n') : lines.join('\n');
}

function collect(before: unknown, after: unknown, path: string, lines: string[]): void {
  if (isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      collect(before[key], after[key], Array.isArray(before) ? `${path}[${key}]` : `${path}.${key}`, lines);
    return;
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (before !== undefined) lines.push(`- ${path}: ${JSON.stringify(before)}`);
  if (after !== undefined) lines.push(`+ ${path}: ${JSON.stringify(after)}`);
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A run of equal lines: where it begins on either side. */
interface Match {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

const CONTEXT = 3;
/** From here on, lines that are most of the text say nothing of where the texts fit. */
const JUNK_FROM = 200;
/** Longer texts are compared by what they begin and end with: the search for the longest match grows with the square. */
const MAX_LINES = 3000;

/**
 * What changed between two texts, as the original's messages show it: hunks with three lines around them and no names of
 * files. The lines are matched as Python's difflib does: longest run first, then left and right of it.
 */
export function unifiedDiff(before: string, after: string): string {
  const a = before.split('\n');
  const b = after.split('\n');
  const matches = a.length + b.length > MAX_LINES ? endMatches(a, b) : matchingRuns(a, b);
  const lines: string[] = [];
  for (const group of hunks(changesBetween(matches, a.length, b.length))) {
    const first = group[0];
    const last = group.at(-1);
    if (first === undefined || last === undefined) continue;
    lines.push(`@@ -${range(first.a, last.aEnd)} +${range(first.b, last.bEnd)} @@`);
    for (const step of group) {
      if (step.equal) for (const line of a.slice(step.a, step.aEnd)) lines.push(` ${line}`);
      else {
        for (const line of a.slice(step.a, step.aEnd)) lines.push(`-${line}`);
        for (const line of b.slice(step.b, step.bEnd)) lines.push(`+${line}`);
      }
    }
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Lines of a hunk's header: one-based, and the line before an empty range. */
function range(from: number, to: number): string {
  const size = to - from;
  if (size === 1) return String(from + 1);
  return `${size === 0 ? from : from + 1},${size}`;
}

function endMatches(a: readonly string[], b: readonly string[]): Match[] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [
    { a: 0, b: 0, size: head },
    { a: a.length - tail, b: b.length - tail, size: tail },
  ].filter(({ size }) => size > 0);
}

function matchingRuns(a: readonly string[], b: readonly string[]): Match[] {
  const places = placesOf(b);
  const found: Match[] = [];
  const queue: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [aFrom, aTo, bFrom, bTo] = next;
    const match = longestMatch(a, b, places, next);
    if (match.size === 0) continue;
    found.push(match);
    if (aFrom < match.a && bFrom < match.b) queue.push([aFrom, match.a, bFrom, match.b]);
    if (match.a + match.size < aTo && match.b + match.size < bTo)
      queue.push([match.a + match.size, aTo, match.b + match.size, bTo]);
  }
  found.sort((x, y) => x.a - y.a || x.b - y.b);
  const joined: Match[] = [];
  for (const match of found) {
    const last = joined.at(-1);
    if (last !== undefined && last.a + last.size === match.a && last.b + last.size === match.b)
      joined[joined.length - 1] = { ...last, size: last.size + match.size };
    else joined.push(match);
  }
  return joined;
}

function placesOf(b: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [index, line] of b.entries()) {
    const known = places.get(line);
    if (known === undefined) places.set(line, [index]);
    else known.push(index);
  }
  if (b.length < JUNK_FROM) return places;
  const most = Math.floor(b.length / 100) + 1;
  for (const [line, indices] of places) if (indices.length > most) places.delete(line);
  return places;
}

/** The longest run within the bounds; of several the one that begins first. Lines that are everywhere only widen it. */
function longestMatch(
  a: readonly string[],
  b: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [aFrom, aTo, bFrom, bTo]: readonly [number, number, number, number],
): Match {
  let best: Match = { a: aFrom, b: bFrom, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = aFrom; i < aTo; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i] ?? '') ?? []) {
      if (j < bFrom) continue;
      if (j >= bTo) break;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    lengths = next;
  }
  let { a: start, b: other, size } = best;
  while (start > aFrom && other > bFrom && a[start - 1] === b[other - 1]) {
    start--;
    other--;
    size++;
  }
  while (start + size < aTo && other + size < bTo && a[start + size] === b[other + size]) size++;
  return { a: start, b: other, size };
}

interface Step {
  readonly equal: boolean;
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
}

function changesBetween(matches: readonly Match[], aLength: number, bLength: number): Step[] {
  const steps: Step[] = [];
  let a = 0;
  let b = 0;
  for (const match of [...matches, { a: aLength, b: bLength, size: 0 }]) {
    if (a < match.a || b < match.b) steps.push({ equal: false, a, aEnd: match.a, b, bEnd: match.b });
    a = match.a + match.size;
    b = match.b + match.size;
    if (match.size > 0) steps.push({ equal: true, a: match.a, aEnd: a, b: match.b, bEnd: b });
  }
  return steps;
}

/** Changes with what is around them; those that are near each other share a hunk. */
function hunks(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  let group: Step[] = [];
  for (const [index, step] of steps.entries()) {
    const { equal, a, aEnd, b, bEnd } = step;
    const isFirst = index === 0;
    const isLast = index === steps.length - 1;
    const size = aEnd - a;
    if (!equal || (size <= CONTEXT && (isFirst || isLast))) group.push(step);
    else if (isFirst) group.push({ ...step, a: aEnd - CONTEXT, b: bEnd - CONTEXT });
    else if (isLast) group.push({ ...step, aEnd: a + CONTEXT, bEnd: b + CONTEXT });
    else if (size <= CONTEXT * 2) group.push(step);
    else {
      group.push({ ...step, aEnd: a + CONTEXT, bEnd: b + CONTEXT });
      groups.push(group);
      group = [{ ...step, a: aEnd - CONTEXT, b: bEnd - CONTEXT }];
    }
  }
  if (group.some(({ equal }) => !equal)) groups.push(group);
  return groups;
}

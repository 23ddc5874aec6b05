/** Numbers of an indexed Job as its status writes them: `1,3-5,7`. */

interface Interval {
  readonly first: number;
  readonly last: number;
}

/** Thrown as text: what is wrong with a list of indexes. */
class IndexError extends Error {}

function parseInterval(text: string, completions: number): Interval {
  const limits = text.split('-');
  if (limits.length > 2)
    throw new IndexError(
      `the fragment ${JSON.stringify(text)} violates the requirement that an index interval can have at most two parts separated by '-'`,
    );
  const number = (part: string): number => {
    if (!/^[+-]?\d+$/.test(part))
      throw new IndexError(`cannot convert string to integer for index: ${JSON.stringify(part)}`);
    const value = Number(part);
    if (value >= completions) throw new IndexError(`too large index: ${JSON.stringify(part)}`);
    return value;
  };
  const [from = '', to] = limits;
  const first = number(from);
  if (to === undefined) return { first, last: first };
  const last = number(to);
  if (first >= last) throw new IndexError(`non-increasing order, previous: ${first}, current: ${last}`);
  return { first, last };
}

/** How many indexes the text names, or what is wrong with it. */
export function countIndexes(text: string, completions: number): number | { readonly problem: string } {
  if (text === '') return 0;
  let total = 0;
  let previous: number | undefined;
  try {
    for (const part of text.split(',')) {
      const { first, last } = parseInterval(part, completions);
      if (previous !== undefined && previous >= first)
        throw new IndexError(`non-increasing order, previous: ${previous}, current: ${first}`);
      total += last - first + 1;
      previous = last;
    }
  } catch (error) {
    if (error instanceof IndexError) return { problem: error.message };
    throw error;
  }
  return total;
}

/** The first index that is in both lists. Parts that are wrong in themselves are passed over. */
export function firstSharedIndex(one: string, other: string, completions: number): number | undefined {
  const intervals = (text: string): Interval[] =>
    (text === '' ? [] : text.split(',')).flatMap((part) => {
      try {
        return [parseInterval(part, completions)];
      } catch (error) {
        if (error instanceof IndexError) return [];
        throw error;
      }
    });
  const [ones, others] = [intervals(one), intervals(other)];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [ones[i], others[j]];
    if (a === undefined || b === undefined) return undefined;
    if (a.first <= b.last && b.first <= a.last) return Math.max(a.first, b.first);
    if (a.first <= b.first) i++;
    else j++;
  }
}

/** Whole listings of commits, which never change, by repository and commit. Oldest first. */
const KEPT_MAX = 8;
/** A commit of which so many folders were asked for is listed as a whole. */
const FOLDERS_ASKED = 3;
const LISTING_BYTES = 8 << 20;

type Listing = Promise<readonly string[] | undefined>;

const asked = new Map<string, { times: number; listing?: Listing }>();

/**
 * Lines of `git ls-tree -r` below a folder, from a listing of the whole commit: of a commit that many Applications follow,
 * each another folder. Undefined while that isn't worth it, or the commit is too large. `list` lists the whole.
 */
export async function linesBelow(
  repository: string,
  commit: string,
  folder: string,
  list: (limitBytes: number) => Promise<readonly string[]>,
): Promise<readonly string[] | undefined> {
  const key = `${repository} ${commit}`;
  const entry = asked.get(key) ?? { times: 0 };
  asked.delete(key);
  asked.set(key, entry);
  for (const oldest of asked.keys()) {
    if (asked.size <= KEPT_MAX) break;
    asked.delete(oldest);
  }
  entry.times += 1;
  if (entry.times <= FOLDERS_ASKED) return undefined;
  entry.listing ??= list(LISTING_BYTES).catch(() => undefined);
  const lines = await entry.listing;
  return lines === undefined ? undefined : below(lines, `${folder}/`);
}

const pathOf = (line: string): string => line.slice(line.indexOf('\t') + 1);

/** Git lists in the order of bytes, so that what is below a folder stands together. */
function below(lines: readonly string[], prefix: string): readonly string[] {
  const wanted = Buffer.from(prefix);
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Buffer.compare(Buffer.from(pathOf(lines[middle] ?? '')), wanted) < 0) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < lines.length && pathOf(lines[end] ?? '').startsWith(prefix)) end += 1;
  return lines.slice(low, end);
}

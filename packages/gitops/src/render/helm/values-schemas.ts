import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'values.schema.json';
const REFERENCES: ReadonlySet<string> = new Set(['$ref', '$dynamicRef', '$recursiveRef', '$schema']);
const isOwn = (reference: string): boolean =>
  reference.startsWith('#') || /^https?:\/\/json-schema\.org\//.test(reference);

/**
 * Whether the schemas of a chart's values stay within the chart. Helm follows references to files of this machine and to
 * servers on it, and tells what it found: such schemas, and those of packed subcharts, which nobody has looked into, are
 * not used.
 */
export async function schemasAreOwn(chart: string): Promise<boolean> {
  const entries = await readdir(chart, { recursive: true, withFileTypes: true });
  if (entries.some(({ name }) => /\.(tgz|tar\.gz)$/.test(name))) return false;
  for (const entry of entries) {
    if (!entry.isFile() || entry.name !== FILE) continue;
    if (!refersToItself(await readFile(join(entry.parentPath, FILE), 'utf8'))) return false;
  }
  return true;
}

/** A text that is no JSON refers to nothing; helm says what is wrong with it. */
function refersToItself(text: string): boolean {
  let own = true;
  try {
    JSON.parse(text, (key, value: unknown) => {
      if (REFERENCES.has(key) && typeof value === 'string' && !isOwn(value)) own = false;
      return value;
    });
  } catch {
    return true;
  }
  return own;
}

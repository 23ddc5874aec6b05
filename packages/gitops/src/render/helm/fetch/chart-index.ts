import { isObject } from '@gantry/machinery/json';
import { parseYaml, YamlError } from '@gantry/machinery/yaml';
import { GitError } from '../../../git/tree.ts';
import { chooseVersion } from './version-choice.ts';

/** One version of a chart in the index of a Helm repository. */
export interface IndexEntry {
  readonly version: string;
  /** Absolute, or relative to the repository. */
  readonly url: string;
  /** SHA-256 of the archive in hex. */
  readonly digest: string | undefined;
}

/** An index that isn't laid out as Helm writes it is read as a whole, which takes longer. */
const WHOLE_MAX_BYTES = 2 << 20;

/**
 * The entry of a chart's version, or of the highest in a range, in an `index.yaml`. Indexes have tens of thousands of
 * entries: only the one that is wanted is parsed. Throws GitError when there is none.
 */
export function entryIn(text: string, chart: string, wanted: string): IndexEntry {
  const items = itemsOf(text, chart);
  if (items === undefined || items.length === 0) throw new GitError(`its index has no chart ${chart}`);
  const byVersion = new Map<string, Item>();
  for (const item of items) {
    const version = item.version();
    if (version !== undefined && !byVersion.has(version)) byVersion.set(version, item);
  }
  const version = chooseVersion([...byVersion.keys()], wanted);
  const entry = version === undefined ? undefined : byVersion.get(version)?.parse();
  if (version === undefined || entry === undefined) {
    const some = [...byVersion.keys()].slice(0, 5).join(', ');
    throw new GitError(`its index has no version ${wanted} of ${chart} (it has ${some})`);
  }
  const [url] = Array.isArray(entry.urls) ? entry.urls : [];
  if (typeof url !== 'string') throw new GitError(`its index has no address for ${chart} ${version}`);
  const digest = typeof entry.digest === 'string' ? entry.digest.replace(/^sha256:/, '') : '';
  return { version, url, digest: digest === '' ? undefined : digest.toLowerCase() };
}

interface Item {
  version(): string | undefined;
  parse(): Record<string, unknown> | undefined;
}

function itemsOf(text: string, chart: string): Item[] | undefined {
  const lines = sectionOf(text, chart);
  if (lines !== undefined) return splitItems(lines);
  if (text.length > WHOLE_MAX_BYTES)
    throw new GitError('its index is not laid out as Helm writes it, and too large to be read otherwise');
  const [document] = parsed(text);
  const entries = isObject(document) ? document.entries : undefined;
  const found = isObject(entries) ? entries[chart] : undefined;
  return Array.isArray(found) ? found.map((value) => itemFrom(() => value)) : undefined;
}

/** The lines below `entries:`, `  CHART:`; undefined when the text is laid out otherwise. */
function sectionOf(text: string, chart: string): string[] | undefined {
  const begin = /^entries:[ \t]*\r?\n/m.exec(text);
  if (begin === null) return undefined;
  const rest = text.slice(begin.index + begin[0].length);
  const indent = /^( +)\S/.exec(rest)?.[1] ?? '';
  if (indent === '') return undefined;
  const name = chart.replace(/[.]/g, '\\.');
  const key = new RegExp(`^${indent}["']?${name}["']?:[ \\t]*\\r?$`, 'm').exec(rest);
  if (key === null) return /^ +\S+: *[[{&*]/m.test(rest.slice(0, 200)) ? undefined : [];
  const lines: string[] = [];
  for (const line of rest.slice(key.index + key[0].length + 1).split(/\r?\n/)) {
    const depth = line.search(/\S/);
    if (depth >= 0 && (depth < indent.length || (depth === indent.length && line[depth] !== '-'))) break;
    lines.push(line);
  }
  return lines;
}

/** The items of a list, each with its dash made a blank. */
function splitItems(lines: readonly string[]): Item[] {
  const first = lines.find((line) => /\S/.test(line)) ?? '';
  const dash = first.search(/\S/);
  if (first[dash] !== '-') return [];
  const items: string[][] = [];
  for (const line of lines)
    if (line[dash] === '-' && line.search(/\S/) === dash)
      items.push([`${line.slice(0, dash)} ${line.slice(dash + 1)}`]);
    else items.at(-1)?.push(line);
  return items.map((item) => {
    const text = item.join('\n');
    const depth = text.search(/\S/);
    const quick = new RegExp(`^ {${depth}}version:[ \\t]*["']?([^"'\\s#]+)["']?[ \\t]*\\r?$`, 'm').exec(text);
    return itemFrom(() => parsed(text)[0], quick?.[1]);
  });
}

function itemFrom(read: () => unknown, version?: string): Item {
  const parse = (): Record<string, unknown> | undefined => {
    const value = read();
    return isObject(value) ? value : undefined;
  };
  return {
    parse,
    version: () => {
      const found = version ?? parse()?.version;
      return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
    },
  };
}

function parsed(text: string): unknown[] {
  try {
    return parseYaml(text).map(({ value }) => value);
  } catch (error) {
    if (error instanceof YamlError) throw new GitError(`its index can't be read: ${error.message}`);
    throw error;
  }
}

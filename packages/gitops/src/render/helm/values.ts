import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getOwn, isObject } from '@gantry/machinery/json';
import { parseYaml, type YamlDocument, YamlError } from '@gantry/machinery/yaml';
import type { Tree } from '../../git/tree.ts';
import { joinPath } from '../kustomize/tree-files.ts';
import type { SourceProblem } from '../source-object.ts';

/** A values file, or the values of the Application itself. */
export interface ValuesPart {
  /** As people know it. */
  readonly title: string;
  readonly text: string;
  readonly document: YamlDocument | undefined;
}

const INLINE = 'spec.source.helm.values';
const FILES_MAX = 50;

/** The values of a release, later parts win. What can't be read comes back as problems. */
export async function readValues(
  tree: Tree,
  folder: string,
  files: readonly string[],
  inline: unknown,
): Promise<{ parts: ValuesPart[]; problems: SourceProblem[] }> {
  const parts: ValuesPart[] = [];
  const problems: SourceProblem[] = [];
  const fail = (file: string, reason: string, line?: number): void => {
    problems.push({ file, ...(line === undefined ? {} : { line }), reason });
  };
  if (files.length > FILES_MAX) fail(folder, `${files.length} values files: at most ${FILES_MAX} are read`);
  for (const path of files.slice(0, FILES_MAX)) {
    const full = joinPath(folder, path);
    const file = full === undefined ? undefined : await find(tree, full);
    if (full === undefined) fail(path, 'the values file leads out of the repository');
    else if (file === undefined) fail(full, 'there is no such values file in the commit');
    else if (file.type !== 'file') fail(full, 'a symbolic link is not followed');
    else if ((file.size ?? 0) > MAX_BYTES)
      fail(full, `has ${file.size} bytes: a values file may have ${MAX_BYTES}`);
    else {
      const [content] = await tree.read([file]);
      const text = content?.toString('utf8') ?? '';
      const part = parse(full, text, fail);
      if (part !== undefined) parts.push(part);
    }
  }
  if (isObject(inline) && Object.keys(inline).length > 0)
    parts.push({
      title: INLINE,
      text: JSON.stringify(inline),
      document: parseYaml(JSON.stringify(inline))[0],
    });
  return { parts, problems };
}

const MAX_BYTES = 3 << 20;

async function find(tree: Tree, path: string) {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  try {
    return (await tree.list(folder)).find((file) => file.path === path);
  } catch {
    // There is no such folder.
    return undefined;
  }
}

function parse(
  title: string,
  text: string,
  fail: (file: string, reason: string, line?: number) => void,
): ValuesPart | undefined {
  try {
    const [document] = parseYaml(text, { booleans: '1.2' });
    if (document !== undefined && !isObject(document.value)) {
      fail(title, 'values are a mapping', document.line);
      return undefined;
    }
    return { title, text, document };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    fail(title, error.message.replace(/^yaml: (line \d+: )?/, 'not YAML: '), error.line);
    return undefined;
  }
}

/** Files for `--values`, in their order. */
export async function writeValues(parts: readonly ValuesPart[], folder: string): Promise<string[]> {
  const paths = parts.map((_, index) => join(folder, `values-${index}.yaml`));
  for (const [index, part] of parts.entries()) await writeFile(paths[index] ?? '', part.text);
  return paths;
}

/**
 * What a path of the values is and where it is set, as far as it is there: `.Values.image is 3 (values.yaml:7)`. `parts`
 * begin with the chart's own.
 */
export function describeValue(parts: readonly ValuesPart[], path: readonly string[]): string {
  let nearest: { part: ValuesPart; length: number } | undefined;
  for (const part of [...parts].reverse()) {
    const length = lengthIn(part, path);
    if (length > (nearest?.length ?? 0)) nearest = { part, length };
    // What is no mapping hides what earlier parts have below it.
    if (
      length === path.length ||
      (length > 0 && !isObject(valueAt(part.document?.value, path.slice(0, length))))
    )
      break;
  }
  if (nearest === undefined) return `.Values.${path.join('.')} is not set`;
  const { part, length } = nearest;
  const start = path.slice(0, length);
  const line = part.title === INLINE ? '' : `:${part.document?.positionOf(start).line ?? 1}`;
  const isSecret = /pass|secret|token|key|credential|auth|dsn|conn|cert|private/i.test(start.join('.'));
  const text = isSecret ? '(hidden)' : JSON.stringify(valueAt(part.document?.value, start));
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  const missing =
    length < path.length && shown.startsWith('{')
      ? `; .Values.${path.slice(0, length + 1).join('.')} is not set`
      : '';
  return `.Values.${start.join('.')} is ${shown} (${part.title}${line})${missing}`;
}

/** How far a path leads in a part. */
function lengthIn(part: ValuesPart, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--)
    if (valueAt(part.document?.value, path.slice(0, length)) !== undefined) return length;
  return 0;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let node = value;
  for (const step of path) {
    if (Array.isArray(node)) node = node[Number(step)];
    else node = isObject(node) ? getOwn(node, step) : undefined;
  }
  return node;
}

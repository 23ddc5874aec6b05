import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GitError } from '../../../git/tree.ts';

const BLOCK = 512;
const FILES_MAX = 10_000;
const DEPTH_MAX = 50;
const expand = promisify(gunzip);

/**
 * Writes the files of a chart's archive (ustar and its long names, gzipped) into a folder, without the first part of
 * their paths. Links are left out. Throws GitError for a bad archive, and over a limit.
 */
export async function untar(archive: Buffer, folder: string, limitBytes: number): Promise<void> {
  let content: Buffer;
  try {
    content = await expand(archive, { maxOutputLength: limitBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new GitError(`the chart has more than ${limitBytes} bytes`);
    throw new GitError(`what was fetched is no gzipped archive: ${(error as Error).message}`);
  }
  let files = 0;
  const folders = new Set<string>();
  for (const { path, data } of entriesIn(content)) {
    const parts = path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .slice(1);
    if (parts.length === 0) continue;
    if (path.startsWith('/') || path.includes('\\') || parts.includes('..'))
      throw new GitError(`the archive holds ${JSON.stringify(path)}, which leads out of it`);
    files += 1;
    if (parts.length > DEPTH_MAX)
      throw new GitError(
        `the archive holds ${JSON.stringify(path.slice(0, 200))}…: at most ${DEPTH_MAX} folders deep`,
      );
    for (let depth = 1; depth < parts.length; depth += 1) folders.add(parts.slice(0, depth).join('/'));
    if (files + folders.size > FILES_MAX)
      throw new GitError(`the archive holds more than ${FILES_MAX} files and folders`);
    const target = join(folder, ...parts);
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, data);
    } catch (error) {
      // Its name may be too long, or that of a folder as well.
      const { code } = error as NodeJS.ErrnoException;
      throw new GitError(`${JSON.stringify(path.slice(0, 200))} of the archive can't be written (${code})`);
    }
  }
}

function* entriesIn(content: Buffer): Iterable<{ path: string; data: Buffer }> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= content.length; ) {
    const header = content.subarray(at, at + BLOCK);
    if (header[0] === 0) return;
    const size = Number.parseInt(text(header, 124, 12), 8);
    if (!(size >= 0) || at + BLOCK + size > content.length) throw new GitError('the archive is not complete');
    const data = content.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') longName = text(data, 0, data.length);
    else if (type === 'x') longName = paxPath(data) ?? longName;
    else {
      const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
      const name = text(header, 0, 100);
      const path = longName ?? (prefix === '' ? name : `${prefix}/${name}`);
      longName = undefined;
      if ((type === '0' || type === '\0') && path !== '') yield { path, data };
    }
  }
}

function text(bytes: Buffer, start: number, length: number): string {
  const part = bytes.subarray(start, start + length);
  const end = part.indexOf(0);
  return part.toString('utf8', 0, end < 0 ? part.length : end).trim();
}

/** Records of `LENGTH KEY=VALUE\n`. */
function paxPath(data: Buffer): string | undefined {
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(32, at);
    const length = Number(data.toString('latin1', at, space));
    if (space < 0 || !(length > 0)) return undefined;
    const record = data.toString('utf8', space + 1, at + length - 1);
    if (record.startsWith('path=')) return record.slice('path='.length);
    at += length;
  }
  return undefined;
}

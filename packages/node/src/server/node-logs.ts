import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

const LOGS = '/var/log';

const escapeHtml = (text: string): string =>
  text.replaceAll(
    /[&<>"']/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' })[char] ?? char,
  );

/**
 * `/logs/…`: files and lists of the node's log folder. A link that leads out of it leads nowhere: a pod that may write
 * there must not have other files of the node read. `root` is for tests.
 */
export async function serveNodeLogs(path: string, response: ServerResponse, root = LOGS): Promise<void> {
  const missing = (): void => {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n');
  };
  const base = await realpath(root).catch(() => undefined);
  const handle = base === undefined ? undefined : await openWithin(base, path);
  if (handle === undefined) return missing();
  try {
    const found = await handle.stat();
    if (found.isDirectory()) {
      const html = await listing(openedAt(handle));
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    // A log grows while it is read: as long as it was is how much is sent.
    const end = Math.max(0, found.size - 1);
    await pipeline(handle.createReadStream({ start: 0, end, autoClose: false }), response);
  } finally {
    await handle.close();
  }
}

async function listing(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.map((entry) => `${entry.name}${entry.isDirectory() ? '/' : ''}`).sort();
  const lines = names.map((name) => `<a href="${encodeURI(`./${name}`)}">${escapeHtml(name)}</a>\n`);
  return `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${lines.join('')}</pre>\n`;
}

const openedAt = ({ fd }: FileHandle): string => `/proc/self/fd/${fd}`;

/** A file or folder below `base`, open. Undefined: there is none, or it leads out. */
async function openWithin(base: string, path: string): Promise<FileHandle | undefined> {
  const isWithin = (real: string | undefined): boolean =>
    real === base || real?.startsWith(`${base}/`) === true;
  const real = await realpath(resolve(base, join('.', path))).catch(() => undefined);
  if (real === undefined || !isWithin(real)) return undefined;
  const found = await lstat(real).catch(() => undefined);
  // To open a device may be all that it takes to set it off.
  if (found?.isFile() !== true && found?.isDirectory() !== true) return undefined;
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const handle = await open(real, flags).catch(() => undefined);
  if (handle === undefined) return undefined;
  // Meanwhile a pod may have put a link in a folder's place: where it lies once it is open is what counts.
  if (isWithin(await realpath(openedAt(handle)).catch(() => undefined))) return handle;
  await handle.close();
  return undefined;
}

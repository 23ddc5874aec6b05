import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
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
  if (base === undefined) return missing();
  const real = await realpath(resolve(base, join('.', path))).catch(() => undefined);
  if (real === undefined || (real !== base && !real.startsWith(`${base}/`))) return missing();
  const found = await stat(real).catch(() => undefined);
  if (found?.isDirectory() === true) {
    const entries = await readdir(real, { withFileTypes: true });
    const names = entries.map((entry) => `${entry.name}${entry.isDirectory() ? '/' : ''}`).sort();
    const lines = names.map((name) => `<a href="${encodeURI(`./${name}`)}">${escapeHtml(name)}</a>\n`);
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(
        `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${lines.join('')}</pre>\n`,
      );
    return;
  }
  if (found?.isFile() !== true) return missing();
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  // A log grows while it is read: as long as it was is how much is sent.
  await pipeline(createReadStream(real, { end: Math.max(0, found.size - 1) }), response);
}

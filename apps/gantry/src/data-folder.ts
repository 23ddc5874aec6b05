import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from './errors.ts';
import { layoutOf } from './layout.ts';

/** sockaddr_un takes 107 bytes. */
const SOCKET_PATH_BYTES_MAX = 107;

/** Throws a UserError when sockets or mounts could not be made below this path. */
export function assertUsableData(data: string): void {
  // containerd adds a second socket beside its own, with this ending.
  const longest = [
    join(data, 'containerd', 'containerd.sock.ttrpc'),
    join(layoutOf(data).run, 'controller-manager.sock'),
  ].reduce((most, path) => Math.max(most, Buffer.byteLength(path)), 0);
  const excess = longest - SOCKET_PATH_BYTES_MAX;
  if (excess > 0)
    throw new UserError(
      `the path of the data folder is ${excess} bytes too long for the sockets in it: choose a shorter one with --data (a link to ${data} will do)`,
    );
  const unfit = /[:,"\\\p{Cc}]/u.exec(data)?.[0];
  if (unfit !== undefined)
    throw new UserError(
      `the path of the data folder holds ${JSON.stringify(unfit)}, which mounts of container images can't take: choose another with --data`,
    );
}

/** Throws a UserError when it can't be made. */
export function createDataFolder(data: string): void {
  // One by one: Node's recursive variant never returns where the kernel answers ENOENT, as below /proc.
  const missing: string[] = [];
  for (let folder = data; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  try {
    for (const folder of missing) mkdirSync(folder, { mode: folder === data ? 0o711 : 0o755 });
  } catch (error) {
    throw new UserError(
      `the data folder ${data} can't be created (${(error as NodeJS.ErrnoException).code}): choose another with --data`,
    );
  }
}

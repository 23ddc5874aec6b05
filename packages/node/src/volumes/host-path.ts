import type { Stats } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';

/** Checks a hostPath volume's type and makes what it allows to be made. Throws with the original's texts. */
export async function prepareHostPath(path: string, type: string | undefined): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  switch (type ?? '') {
    case '':
      return;
    case 'DirectoryOrCreate':
      if (found === undefined) await mkdir(path, { recursive: true, mode: 0o755 });
      else requireThat(found, 'isDirectory', path, 'directory');
      return;
    case 'FileOrCreate':
      if (found === undefined) await (await open(path, 'a', 0o644)).close();
      else requireThat(found, 'isFile', path, 'file');
      return;
    case 'Directory':
      return requireThat(found, 'isDirectory', path, 'directory');
    case 'File':
      return requireThat(found, 'isFile', path, 'file');
    case 'Socket':
      return requireThat(found, 'isSocket', path, 'socket file');
    case 'CharDevice':
      return requireThat(found, 'isCharacterDevice', path, 'character device');
    case 'BlockDevice':
      return requireThat(found, 'isBlockDevice', path, 'block device');
    default:
      throw new Error(`${type} is an invalid volume type`);
  }
}

type Test = 'isDirectory' | 'isFile' | 'isSocket' | 'isCharacterDevice' | 'isBlockDevice';

function requireThat(found: Stats | undefined, test: Test, path: string, what: string): void {
  if (found === undefined || !found[test]())
    throw new Error(`hostPath type check failed: ${path} is not a ${what}`);
}

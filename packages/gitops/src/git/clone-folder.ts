import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './command.ts';

const PACKS_MAX = 150;
const BYTES_MAX = 2 ** 30;

/** Whether a commit is there. */
export const holds = (gitdir: string, commit: string): Promise<boolean> =>
  existsSync(join(gitdir, 'HEAD'))
    ? git(['cat-file', '-e', `${commit}^{tree}`], { cwd: gitdir }).then(
        () => true,
        () => false,
      )
    : Promise.resolve(false);

/** Each fetch leaves a pack: after many, or large ones, the clone begins anew. */
export async function isWornOut(gitdir: string): Promise<boolean> {
  const folder = join(gitdir, 'objects/pack');
  const packs = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(packs.map((pack) => stat(join(folder, pack)).then(({ size }) => size)));
  return packs.length > PACKS_MAX || sizes.reduce((sum, size) => sum + size, 0) > BYTES_MAX;
}

/** Makes the folder, or clears what hinders a fetch into it. */
export async function prepareClone(gitdir: string): Promise<void> {
  await removeDebris(gitdir);
  if (existsSync(join(gitdir, 'HEAD'))) return;
  await rm(gitdir, { recursive: true, force: true });
  await mkdir(gitdir, { recursive: true, mode: 0o700 });
  await git(['init', '--quiet', '--bare', '--initial-branch=main', gitdir], { cwd: gitdir });
}

/** What a fetch that was killed leaves: half a pack, and locks that would stop the next one. */
export async function removeDebris(gitdir: string): Promise<void> {
  const left = [
    ...(await namesIn(join(gitdir, 'objects/pack'), (name) => name.startsWith('tmp_'))),
    ...(await namesIn(gitdir, (name) => name.endsWith('.lock'))),
    ...(await namesIn(join(gitdir, 'refs/gantry'), (name) => name.endsWith('.lock'))),
  ];
  await Promise.all(left.map((path) => rm(path, { force: true, recursive: true })));
}

const namesIn = async (folder: string, wanted: (name: string) => boolean): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter(wanted).map((name) => join(folder, name));

import { lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Client } from '@gantry/client/port';
import { namespaces, persistentVolumes } from '@gantry/client/resources';
import type { Logger } from '@gantry/runtime/port';
import { mountPoints } from './mounts.ts';

/** As the provisioner names folders: the volume's name, then namespace and name of its claim. */
const FOLDER = /^(pvc-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_/;
const OWNER_FILE = '.cluster';
const IDENTITY_NAMESPACE = 'kube-system';

/**
 * Removes folders of the local-path provisioner that no PersistentVolume refers to any more. Only folders that bear a
 * provisioned volume's name, directly below the provisioner's root, and only for the cluster that the root belongs to:
 * an agent that is pointed at another (or an emptied) database must not take all data for left behind.
 */
export class LocalPathFolders {
  readonly #root: string;
  readonly #client: Client;
  readonly #log: Logger;
  #isOurs: boolean | undefined;
  #hasWarned = false;

  constructor(root: string, client: Client, log: Logger) {
    this.#root = resolve(root);
    this.#client = client;
    this.#log = log;
  }

  /** One round; costs a list of volumes when there are folders, else one look at the disk. */
  async collect(): Promise<void> {
    // The folders first: one that a volume is made for later is not among them.
    const folders = (await readdir(this.#root).catch(() => [])).filter((name) => FOLDER.test(name));
    if (folders.length === 0 || !(await this.#belongs())) return;
    const { items } = await this.#client.list(persistentVolumes);
    const paths = items.flatMap(({ spec }) => [spec.hostPath?.path, spec.local?.path]);
    const used = paths.filter((path) => path !== undefined).map((path) => resolve(path));
    const names = new Set(items.map(({ metadata }) => metadata.name));
    for (const name of folders) {
      const dir = join(this.#root, name);
      const isUsed =
        names.has(FOLDER.exec(name)?.[1] ?? '') ||
        used.some((path) => path === dir || path.startsWith(`${dir}/`) || dir.startsWith(`${path}/`));
      if (!isUsed) await this.#remove(dir);
    }
  }

  async #remove(dir: string): Promise<void> {
    const found = await lstat(dir).catch(() => undefined);
    if (found?.isDirectory() !== true) return;
    const mounts = (await mountPoints()).filter((path) => path === dir || path.startsWith(`${dir}/`));
    if (mounts.length > 0) {
      this.#log.warn(
        { dir, mounts: mounts.length },
        'folder of a deleted volume kept: something is mounted in it',
      );
      return;
    }
    this.#log.info({ dir }, 'removing the folder of a deleted volume');
    await rm(dir, { recursive: true, force: true });
  }

  /** Notes at first whose root this is. */
  async #belongs(): Promise<boolean> {
    if (this.#isOurs === true) return true;
    const { metadata } = await this.#client.get(namespaces, '', IDENTITY_NAMESPACE);
    const cluster = metadata.uid ?? '';
    const file = join(this.#root, OWNER_FILE);
    const noted = (await readFile(file, 'utf8').catch(() => '')).trim();
    if (noted === '') {
      await mkdir(this.#root, { recursive: true });
      await writeFile(file, `${cluster}\n`, { mode: 0o600 });
    }
    this.#isOurs = cluster !== '' && (noted === '' || noted === cluster);
    if (!this.#isOurs && !this.#hasWarned) {
      this.#hasWarned = true;
      const what =
        'folders of volumes belong to another cluster and are left alone; remove them by hand, with';
      this.#log.warn({ root: this.#root }, `${what} ${file}`);
    }
    return this.#isOurs;
  }
}

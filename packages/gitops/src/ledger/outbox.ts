import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerRecord } from './record.ts';

/** Records that become true together: at once, or when a ref of a hosted repository is at a commit. */
export interface Parcel {
  readonly records: readonly LedgerRecord[];
  readonly once?: readonly MovedRef[];
}

export interface MovedRef {
  readonly repository: string;
  /** `refs/heads/main` */
  readonly ref: string;
  readonly commit: string;
}

const PARCELS_MAX = 20_000;
const END = '.json';

/**
 * What is yet to be posted, as files that outlive the process: written before what they tell happens, removed once the
 * ledger has it. One file a parcel; a name sorts by time.
 */
export class Outbox {
  readonly #folder: string;
  #made = 0;
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Returns the parcel's name once it is on the disk; undefined when there are too many already. */
  async put(parcel: Parcel): Promise<string | undefined> {
    if (this.#count >= PARCELS_MAX) return undefined;
    this.#made += 1;
    const name = `${String(Date.now()).padStart(15, '0')}-${process.pid}-${this.#made}`;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.#folder, `.${name}`);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(parcel));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(this.#folder, name + END));
    // What could not be written takes no place.
    this.#count += 1;
    return name;
  }

  async remove(name: string): Promise<void> {
    this.#count -= 1;
    await rm(join(this.#folder, name + END), { force: true });
  }

  /** What a former process left, oldest first; what it was writing when it died goes. */
  async left(): Promise<readonly { readonly name: string; readonly parcel: Parcel }[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const found: { name: string; parcel: Parcel }[] = [];
    for (const file of files.sort()) {
      const path = join(this.#folder, file);
      if (!file.endsWith(END) || file.startsWith('.')) {
        await rm(path, { force: true, recursive: true });
        continue;
      }
      try {
        const parcel = JSON.parse(await readFile(path, 'utf8')) as Parcel;
        found.push({ name: file.slice(0, -END.length), parcel });
      } catch {
        // The disk lost it.
        await rm(path, { force: true });
      }
    }
    this.#count = found.length;
    return found;
  }
}

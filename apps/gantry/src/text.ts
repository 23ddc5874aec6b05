import { readSync } from 'node:fs';

/** `12 MiB`, `1.5 GiB` */
export function formatBytes(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
}

const CHUNK_BYTES = 65_536;

/** The lines that others append to an open file. */
export class LineReader {
  readonly #file: number;
  readonly #buffer = Buffer.alloc(CHUNK_BYTES);
  #position = 0;
  #partial = '';

  constructor(file: number) {
    this.#file = file;
  }

  /** Those that were completed since the last call. */
  read(): string[] {
    const size = readSync(this.#file, this.#buffer, 0, CHUNK_BYTES, this.#position);
    this.#position += size;
    // Up to the last line break: what follows may end inside a character.
    const lines = (this.#partial + this.#buffer.toString('latin1', 0, size)).split('\n');
    this.#partial = lines.pop() ?? '';
    return lines.map((line) => Buffer.from(line, 'latin1').toString('utf8'));
  }
}

import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
const TAIL_BYTES = 66_000;
/** Of one file, unpacked. */
const FILE_MAX_BYTES = 256 << 20;

/** One file out of a zip archive (APPNOTE 4.3). Throws when it isn't there, or larger than 256 MiB. */
export async function unzipFile(archive: string, name: string): Promise<Buffer> {
  const file = await open(archive);
  try {
    const { size } = await file.stat();
    const read = async (start: number, length: number): Promise<Buffer> => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
      await file.read(buffer, 0, buffer.length, start);
      return buffer;
    };
    const entry = entryOf(await readDirectory(read, size), name);
    if (entry === undefined) throw new Error(`${archive} holds no ${name}`);
    if (entry.packed > FILE_MAX_BYTES || entry.unpacked > FILE_MAX_BYTES)
      throw new Error(`${name} in ${archive} is larger than ${FILE_MAX_BYTES} bytes`);
    const header = await read(entry.at, 30);
    const start = entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    const data = await read(start, entry.packed);
    if (entry.method === STORED) return data;
    if (entry.method !== DEFLATED) throw new Error(`${name} in ${archive} is packed in an unknown way`);
    return await promisify(inflateRaw)(data, { maxOutputLength: FILE_MAX_BYTES });
  } finally {
    await file.close();
  }
}

type Read = (start: number, length: number) => Promise<Buffer>;

async function readDirectory(read: Read, size: number): Promise<Buffer> {
  const tailStart = Math.max(0, size - TAIL_BYTES);
  const tail = await read(tailStart, TAIL_BYTES);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('not a zip archive');
  return read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
}

interface Entry {
  readonly at: number;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
}

function entryOf(directory: Buffer, name: string): Entry | undefined {
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const nameLength = directory.readUInt16LE(at + 28);
    if (directory.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      return {
        at: directory.readUInt32LE(at + 42),
        method: directory.readUInt16LE(at + 10),
        packed: directory.readUInt32LE(at + 20),
        unpacked: directory.readUInt32LE(at + 24),
      };
    }
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return undefined;
}

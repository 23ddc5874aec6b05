import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '@gantry/machinery/json';
import { parseAddress } from './address.ts';
import { basicAuthorization, type Credentials } from './credentials.ts';
import { get } from './http-get.ts';
import type { LfsPointer } from './lfs-pointer.ts';
import type { Network } from './network.ts';
import { GitError } from './tree.ts';

const TYPE = 'application/vnd.git-lfs+json';
const BATCH_MAX = 100;
const ANSWER_MAX_BYTES = 4 << 20;
/** Kept of one repository; then it begins anew. */
const KEPT_MAX_BYTES = 256 << 20;

export interface LfsSource {
  /** Of the repository. */
  readonly url: string;
  readonly credentials: Credentials | undefined;
  readonly network: Network;
  /** Where contents are kept. */
  readonly folder: string;
}

/**
 * Contents of Git LFS pointers in their order (git-lfs, docs/api/batch.md, basic transfers), each checked by its hash.
 * Throws GitError.
 */
export async function lfsObjects(
  source: LfsSource,
  pointers: readonly LfsPointer[],
): Promise<readonly Buffer[]> {
  const contents = new Map<string, Buffer>();
  for (const { oid } of pointers) {
    const kept = await readFile(join(source.folder, oid)).catch(() => undefined);
    if (kept !== undefined && hashOf(kept) === oid) contents.set(oid, kept);
  }
  const missing = [...new Map(pointers.map((pointer) => [pointer.oid, pointer])).values()].filter(
    ({ oid }) => !contents.has(oid),
  );
  for (let at = 0; at < missing.length; at += BATCH_MAX)
    for (const [oid, content] of await fetchBatch(source, missing.slice(at, at + BATCH_MAX)))
      contents.set(oid, content);
  return pointers.map(({ oid }) => contents.get(oid) ?? Buffer.alloc(0));
}

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

async function fetchBatch(source: LfsSource, pointers: readonly LfsPointer[]): Promise<Map<string, Buffer>> {
  const { network, credentials } = source;
  if (parseAddress(source.url).protocol === 'ssh')
    throw new GitError('files of Git LFS are fetched over https:// only, not by SSH');
  const home = new URL(source.url);
  const endpoint = `${source.url.replace(/\/+$/, '').replace(/\.git$/, '')}.git/info/lfs/objects/batch`;
  const objects = pointers.map(({ oid, size }) => ({ oid, size }));
  const { status, body } = await get({
    network,
    url: new URL(endpoint),
    home,
    credentials,
    authorization: credentials === undefined ? undefined : basicAuthorization(credentials),
    accept: TYPE,
    headers: { 'content-type': TYPE },
    post: JSON.stringify({ operation: 'download', transfers: ['basic'], hash_algo: 'sha256', objects }),
    limitBytes: ANSWER_MAX_BYTES,
  });
  if (status !== 200) throw new GitError(whyNot(home, status));
  const answers = answersIn(body);
  const contents = new Map<string, Buffer>();
  for (const pointer of pointers) {
    const content = await download(source, pointer, answers.get(pointer.oid));
    await keepLfs(source.folder, pointer.oid, content);
    contents.set(pointer.oid, content);
  }
  return contents;
}

const whyNot = (home: URL, status: number): string =>
  status === 401 || status === 403
    ? `${home.origin} wants other credentials for it`
    : `${home.origin} answers ${status} when it is asked for it`;

type Answer = Readonly<Record<string, unknown>>;

function answersIn(body: Buffer): Map<string, Answer> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    const objects = isObject(value) && Array.isArray(value.objects) ? value.objects : [];
    return new Map(objects.flatMap((one) => (isObject(one) ? [[String(one.oid), one] as const] : [])));
  } catch {
    throw new GitError('what the server answers is no JSON of Git LFS');
  }
}

async function download(source: LfsSource, pointer: LfsPointer, answer: Answer = {}): Promise<Buffer> {
  const { actions, error } = answer;
  if (isObject(error)) throw new GitError(`the server says: ${String(error.message).slice(0, 200)}`);
  const action = isObject(actions) ? actions.download : undefined;
  const { href, header } = isObject(action) ? action : {};
  const url = typeof href === 'string' && URL.canParse(href) ? new URL(href) : undefined;
  const home = new URL(source.url);
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new GitError('the server does not say where it is');
  if (home.protocol === 'https:' && url.protocol === 'http:')
    throw new GitError(`the server sends to ${url.origin}, which is less safe`);
  const headers = headersOf(header);
  // What the server gives for this file is meant for where it sends; our own credentials are its own alone.
  const own = url.origin === home.origin ? source.credentials : undefined;
  const { status, body } = await get({
    network: source.network,
    url,
    home: url,
    headers,
    credentials: headers.authorization === undefined ? own : withoutPassword(own),
    limitBytes: pointer.size,
  });
  if (status !== 200) throw new GitError(whyNot(url, status));
  if (hashOf(body) !== pointer.oid) throw new GitError(`what ${url.origin} sends is something else`);
  return body;
}

const withoutPassword = (credentials: Credentials | undefined): Credentials | undefined =>
  credentials?.ca === undefined ? undefined : { ca: credentials.ca };

function headersOf(header: unknown): Record<string, string> {
  const pairs = Object.entries(isObject(header) ? header : {})
    .filter(
      ([name, value]) =>
        /^[\w-]{1,64}$/.test(name) && typeof value === 'string' && /^[\x20-\x7e]*$/.test(value),
    )
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    .filter(([name]) => !['host', 'content-length', 'transfer-encoding', 'connection'].includes(name));
  return Object.fromEntries(pairs.slice(0, 20));
}

/**
 * Keeps a content, and of the others as many as fit, those that came last. Several may be at it, and the whole clone may be
 * removed meanwhile: what can't be kept is fetched again.
 */
export async function keepLfs(
  folder: string,
  oid: string,
  content: Buffer,
  maxBytes = KEPT_MAX_BYTES,
): Promise<void> {
  const temporary = join(folder, `.${oid}.${process.pid}.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(temporary, content, { mode: 0o600 });
    await rename(temporary, join(folder, oid));
    await evict(folder, oid, maxBytes);
  } catch (error) {
    await rm(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

const LEFTOVER_MS = 3_600_000;

async function evict(folder: string, newest: string, maxBytes: number): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({
      name,
      found: await stat(join(folder, name)).catch(() => undefined),
    })),
  );
  const dated = files
    .map(({ name, found }) => ({ name, bytes: found?.size ?? 0, at: found?.mtimeMs ?? 0 }))
    .sort((a, b) => Number(b.name === newest) - Number(a.name === newest) || b.at - a.at);
  let bytes = 0;
  for (const { name, bytes: size, at } of dated) {
    // Somebody is writing it yet, or died over it.
    const isTemporary = name.startsWith('.');
    if (!isTemporary) bytes += size;
    if (isTemporary ? at < Date.now() - LEFTOVER_MS : bytes > maxBytes)
      await rm(join(folder, name), { force: true });
  }
}

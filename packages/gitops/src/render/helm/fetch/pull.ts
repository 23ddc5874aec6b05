import { createHash } from 'node:crypto';
import type { Credentials } from '../../../git/credentials.ts';
import { get } from '../../../git/http-get.ts';
import type { Network } from '../../../git/network.ts';
import { GitError } from '../../../git/tree.ts';
import type { ChartReference } from '../chart-cache.ts';
import { entryIn } from './chart-index.ts';
import { OciRepository } from './oci.ts';

const INDEX_MAX_BYTES = 64 << 20;
/** All that is asked for one chart. */
const PULL_MS = 120_000;

/** Whether an address names this machine, where http:// is as safe as https://. */
export const isLoopback = (url: string): boolean =>
  URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** The archive of a chart, of a Helm repository or an OCI registry. Throws GitError. */
export async function pullChart(
  network: Network,
  { repositoryURL, chart, version }: ChartReference,
  credentials: Credentials | undefined,
  limitBytes: number,
): Promise<Buffer> {
  const deadlineMs = Date.now() + PULL_MS;
  const base = `${repositoryURL.replace(/\/+$/, '')}/`;
  if (base.startsWith('oci://')) return registryAt(`${base}${chart}`, credentials).chart(version, limitBytes);
  const home = new URL(base);
  const index = await fetched(new URL('index.yaml', base), INDEX_MAX_BYTES);
  const entry = entryIn(index.toString('utf8'), chart, version);
  if (entry.url.startsWith('oci://')) {
    const [, address = '', tag = ''] = /^(oci:\/\/[^/]+\/[^:@]+):([\w.+-]+)$/.exec(entry.url) ?? [];
    if (address === '')
      throw new GitError(`its index names ${JSON.stringify(entry.url)}, which is no address`);
    return registryAt(address, undefined).chart(tag, limitBytes);
  }
  if (!URL.canParse(entry.url, base))
    throw new GitError(`its index names ${JSON.stringify(entry.url)}, which is no address`);
  const archive = await fetched(safeUrl(entry.url, base), limitBytes);
  if (entry.digest !== undefined && createHash('sha256').update(archive).digest('hex') !== entry.digest)
    throw new GitError(`${chart} ${entry.version} is not what its index says: the digests differ`);
  return archive;

  async function fetched(url: URL, limit: number): Promise<Buffer> {
    const { status, body } = await get({ network, url, home, credentials, limitBytes: limit, deadlineMs });
    if (status === 200) return body;
    const why = status === 401 || status === 403 ? ', it wants other credentials' : '';
    throw new GitError(`${url.origin}${url.pathname} answers ${status}${why}`);
  }

  function registryAt(address: string, known: Credentials | undefined): OciRepository {
    const { host, pathname } = new URL(address.replace(/^oci:/, 'https:'));
    const registry = new URL(`${isLoopback(address) ? 'http' : 'https'}://${host}`);
    return new OciRepository({
      network,
      home: registry,
      name: pathname.slice(1),
      credentials: known,
      deadlineMs,
    });
  }
}

/** An address of the index; an https repository sends nowhere less safe. */
function safeUrl(address: string, base: string): URL {
  const url = new URL(address, base);
  if (!/^https?:$/.test(url.protocol))
    throw new GitError(`its index names ${JSON.stringify(address)}, which is no http(s) address`);
  if (url.protocol === 'http:' && base.startsWith('https:'))
    throw new GitError(`its index names ${url.origin}, which is less safe than https`);
  url.username = '';
  url.password = '';
  return url;
}

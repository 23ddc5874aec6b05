import { createHash } from 'node:crypto';
import { isObject } from '@gantry/machinery/json';
import semver from 'semver';
import type { Credentials } from '../../../git/credentials.ts';
import { basic, type Got, get } from '../../../git/http-get.ts';
import type { Network } from '../../../git/network.ts';
import { GitError } from '../../../git/tree.ts';
import { chooseVersion } from './version-choice.ts';

const MANIFESTS =
  'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
const LAYERS = ['application/vnd.cncf.helm.chart.content.v1.tar+gzip', 'application/tar+gzip'];
const ANSWER_MAX_BYTES = 4 << 20;
const PAGES_MAX = 20;

export interface OciOptions {
  readonly network: Network;
  /** https://HOST of the registry. */
  readonly home: URL;
  /** Path of the repository in it. */
  readonly name: string;
  readonly credentials: Credentials | undefined;
  /** When all has to be over. */
  readonly deadlineMs: number;
}

/** A repository of an OCI registry (distribution specification 1.1). */
export class OciRepository {
  readonly #network: Network;
  readonly #home: URL;
  readonly #name: string;
  readonly #credentials: Credentials | undefined;
  readonly #deadlineMs: number;
  #authorization: string | undefined;

  constructor({ network, home, name, credentials, deadlineMs }: OciOptions) {
    this.#network = network;
    this.#home = home;
    this.#name = name;
    this.#credentials = credentials;
    this.#deadlineMs = deadlineMs;
  }

  /** Archive of a chart's version, or of the highest in a range. Throws GitError. */
  async chart(wanted: string, limitBytes: number): Promise<Buffer> {
    // A tag has no plus.
    const tag = semver.valid(wanted) === null ? await this.#choose(wanted) : wanted.replaceAll('+', '_');
    const answer = await this.#get(`manifests/${tag}`, ANSWER_MAX_BYTES, MANIFESTS);
    if (answer.status !== 200)
      throw new GitError(answer.status === 404 ? `there is no tag ${tag}` : `it answers ${answer.status}`);
    const { layers } = json(answer);
    const layer = Array.isArray(layers)
      ? layers.find((one) => isObject(one) && LAYERS.includes(String(one.mediaType)))
      : undefined;
    const { digest, size } = isObject(layer) ? layer : {};
    if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest))
      throw new GitError(`${tag} is no Helm chart`);
    if (typeof size === 'number' && size > limitBytes)
      throw new GitError(`the archive has ${size} bytes: at most ${limitBytes} are read`);
    const blob = await this.#get(`blobs/${digest}`, limitBytes);
    if (blob.status !== 200) throw new GitError(`${digest}: it answers ${blob.status}`);
    if (`sha256:${createHash('sha256').update(blob.body).digest('hex')}` !== digest)
      throw new GitError(`what it sends is not ${digest}`);
    return blob.body;
  }

  async #choose(range: string): Promise<string> {
    const tags: string[] = [];
    let path: string | undefined = 'tags/list?n=1000';
    for (let page = 0; path !== undefined && page < PAGES_MAX; page += 1) {
      const answer: Got = await this.#get(path, ANSWER_MAX_BYTES);
      if (answer.status !== 200)
        throw new GitError(answer.status === 404 ? 'there is no such chart' : `it answers ${answer.status}`);
      const { tags: some } = json(answer);
      if (Array.isArray(some)) tags.push(...some.filter((tag) => typeof tag === 'string'));
      path = nextPage(answer.headers.link);
    }
    const byVersion = new Map(tags.map((tag) => [tag.replaceAll('_', '+'), tag]));
    const version = chooseVersion([...byVersion.keys()], range);
    const tag = version === undefined ? undefined : byVersion.get(version);
    if (tag === undefined)
      throw new GitError(`there is no version ${range} (there are ${tags.slice(0, 5).join(', ')})`);
    return tag;
  }

  /** Asks, and when the registry wants to know who that is, once more. */
  async #get(path: string, limitBytes: number, accept?: string): Promise<Got> {
    const url = new URL(`/v2/${this.#name}/${path}`, this.#home);
    const ask = (): Promise<Got> =>
      get({
        network: this.#network,
        url,
        home: this.#home,
        credentials: this.#credentials?.ca === undefined ? undefined : { ca: this.#credentials.ca },
        authorization: this.#authorization,
        limitBytes,
        deadlineMs: this.#deadlineMs,
        ...(accept === undefined ? {} : { accept }),
      });
    const first = await ask();
    const challenge = first.headers['www-authenticate'];
    if (first.status !== 401 || challenge === undefined) return first;
    this.#authorization = await this.#answerTo(challenge);
    const second = this.#authorization === undefined ? first : await ask();
    if (second.status === 401 || second.status === 403)
      throw new GitError('it wants other credentials: set secretRef to a Secret with username and password');
    return second;
  }

  async #answerTo(challenge: string): Promise<string | undefined> {
    if (/^basic\b/i.test(challenge)) return basic(this.#credentials);
    if (!/^bearer\b/i.test(challenge)) return undefined;
    const parameters = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name.toLowerCase(),
        value,
      ]),
    );
    const realm = URL.canParse(parameters.realm ?? '') ? new URL(parameters.realm ?? '') : undefined;
    if (realm === undefined || !/^https?:$/.test(realm.protocol)) return undefined;
    if (this.#home.protocol === 'https:' && realm.protocol === 'http:')
      throw new GitError(`it sends to ${realm.origin} for a token, which is less safe`);
    const mayKnow = realm.origin === this.#home.origin || isRelated(this.#home.hostname, realm.hostname);
    if (!mayKnow && this.#credentials?.password !== undefined)
      throw new GitError(`it sends to ${realm.origin} for a token: credentials don't go to another host`);
    realm.searchParams.set('service', parameters.service ?? '');
    realm.searchParams.set('scope', parameters.scope ?? `repository:${this.#name}:pull`);
    const answer = await get({
      network: this.#network,
      url: realm,
      home: realm,
      credentials: mayKnow ? this.#credentials : undefined,
      limitBytes: ANSWER_MAX_BYTES,
      deadlineMs: this.#deadlineMs,
    });
    if (answer.status !== 200) return undefined;
    const { token, access_token: other } = json(answer);
    const found = token ?? other;
    return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? `Bearer ${found}` : undefined;
  }
}

/** A host with its parent domain, or two below one: `registry-1.docker.io` and `auth.docker.io`. */
function isRelated(registry: string, other: string): boolean {
  const parent = registry.split('.').slice(1).join('.');
  return /[a-z]/.test(parent) && parent.includes('.') && (other === parent || other.endsWith(`.${parent}`));
}

function json({ body }: Got): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // Told below.
  }
  throw new GitError('what it answers is no JSON of a registry');
}

/** `</v2/NAME/tags/list?last=x&n=1000>; rel="next"`: its own path is the only one that is followed. */
function nextPage(link: string | string[] | undefined): string | undefined {
  const [, query] = /^<[^>?]*\?([^>]*)>\s*;\s*rel="?next"?/.exec(String(link ?? '')) ?? [];
  return query === undefined ? undefined : `tags/list?${query}`;
}

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AddressRules, isOwnAddress } from './address-rules.ts';
import { proxyOf } from './proxies.ts';
import { GitError } from './tree.ts';

export interface NetworkOptions {
  /** Addresses and ranges that are connected to although they are this machine's own or link-local. */
  readonly allowed?: readonly string[];
  /** The API server's URL: it is never connected to with what tenants write. */
  readonly apiServer?: string;
  /** Addresses that lead to the API server by a Service, as they are now. */
  readonly apiServices?: () => Promise<readonly string[]>;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY stand. Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How to get to an http(s) address: to one of these IP addresses, or by a proxy, which finds them itself. */
export type Route = { readonly ips: readonly string[] } | { readonly proxy: string };

/** Nobody is led there, whatever is tried. */
export class RefusedAddress extends GitError {}

export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);

export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** The way to addresses that tenants name: what is connected to is what was checked. */
export class Network {
  readonly #rules: AddressRules;
  readonly #apiServer: URL | undefined;
  readonly #apiServices: () => Promise<readonly string[]>;
  readonly #env: Readonly<Record<string, string | undefined>>;

  /** Throws Error for an allowed address that is none. */
  constructor({ allowed, apiServer, apiServices, env = process.env }: NetworkOptions = {}) {
    this.#rules = new AddressRules(allowed);
    this.#apiServer = apiServer === undefined ? undefined : new URL(apiServer);
    this.#apiServices = apiServices ?? (async () => []);
    this.#env = env;
  }

  /**
   * The IP addresses of a host, which the caller pins. Throws GitError when there are none, RefusedAddress for those that
   * nobody may be led to.
   */
  async resolve(host: string, port: number): Promise<readonly string[]> {
    const found = await addressesOf(host);
    for (const ip of found) {
      const why = this.#rules.refusalOf(ip, port) ?? (await this.#whyApiServer(ip, port));
      if (why !== undefined) throw new RefusedAddress(`${host} is at ${ip}: ${why}`);
    }
    return found;
  }

  /** Throws RefusedAddress for one that nobody may be led to. */
  async route(url: URL): Promise<Route> {
    const proxy = this.#proxyOf(url);
    const host = hostOf(url);
    if (proxy === undefined) return { ips: await this.resolve(host, portOf(url)) };
    // Behind a proxy a machine need not know the names of others; what it does know is checked.
    const known =
      isIP(host) !== 0 ||
      (await addressesOf(host).then(
        () => true,
        () => false,
      ));
    if (known) await this.resolve(host, portOf(url));
    return { proxy };
  }

  #proxyOf(url: URL): string | undefined {
    try {
      return proxyOf(url, this.#env);
    } catch (error) {
      throw new GitError((error as Error).message);
    }
  }

  async #whyApiServer(ip: string, port: number): Promise<string | undefined> {
    return (await this.#isApiServer(ip, port)) ? 'the API server itself is not connected to' : undefined;
  }

  async #isApiServer(ip: string, port: number): Promise<boolean> {
    if ((await this.#apiServices()).includes(ip)) return true;
    if (this.#apiServer === undefined || port !== portOf(this.#apiServer)) return false;
    const own = await addressesOf(hostOf(this.#apiServer)).catch((): readonly string[] => []);
    return own.includes(ip) || (isOwnAddress(ip) && own.some(isOwnAddress));
  }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw new GitError(`host ${host} is not found (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

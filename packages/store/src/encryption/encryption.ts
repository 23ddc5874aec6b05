import { StoreError } from '../errors.ts';
import { formatKey } from '../limits.ts';
import type { ObjectKey, ResourceKey } from '../port.ts';
import { ENCRYPTED, type Provider, type Rule } from './configuration.ts';

/** Data that nothing in the configuration speaks of. */
const PLAIN: readonly Provider[] = [{ prefix: '', cipher: undefined }];

const groupOf = (resource: ResourceKey): string => {
  const dot = resource.indexOf('.');
  return dot < 0 ? '' : resource.slice(dot + 1);
};

const contextOf = (key: ObjectKey): Buffer => Buffer.from(formatKey(key));

/** How bodies lie in the store: by resource, as an EncryptionConfiguration says. */
export class Encryption {
  #rules: readonly Rule[];
  readonly #known = new Map<ResourceKey, readonly Provider[]>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** Follows another configuration from now on. */
  replace(rules: readonly Rule[]): void {
    this.#rules = rules;
    this.#known.clear();
  }

  /** The mark that what is written now carries: '' for plain JSON. */
  markOf(resource: ResourceKey): string {
    const first = this.#providers(resource)[0];
    return first === undefined ? '' : first.prefix + (first.envelope?.mark() ?? '');
  }

  seal(key: ObjectKey, body: string): string {
    const [first] = this.#providers(key.resource);
    if (first?.envelope !== undefined) return first.prefix + first.envelope.seal(body, contextOf(key));
    if (first?.cipher === undefined) return body;
    return first.prefix + first.cipher.seal(Buffer.from(body), contextOf(key)).toString('base64');
  }

  /** Throws StoreError `unreadable` when no provider fits. */
  open(key: ObjectKey, stored: string): string {
    if (!stored.startsWith(ENCRYPTED)) return stored;
    const failed: string[] = [];
    for (const { prefix, cipher, envelope } of this.#providers(key.resource)) {
      if (!(cipher || envelope) || !stored.startsWith(prefix)) continue;
      try {
        if (envelope !== undefined) return envelope.open(stored.slice(prefix.length), contextOf(key));
        if (cipher !== undefined)
          return cipher.open(Buffer.from(stored.slice(prefix.length), 'base64'), contextOf(key)).toString();
      } catch (error) {
        failed.push(error instanceof Error ? error.message : String(error));
      }
    }
    const reason = failed.length === 0 ? 'no matching prefix found' : failed.join('; ');
    throw new StoreError('unreadable', `${formatKey(key)} can't be decrypted: ${reason}`);
  }

  /** Gets what it takes to open these texts; undefined when it is at hand. Rejects with StoreError `unavailable`. */
  learn(texts: Iterable<readonly [ObjectKey, string | undefined]>): Promise<unknown> | undefined {
    if (!this.#rules.some(({ providers }) => providers.some(({ envelope }) => envelope !== undefined)))
      return undefined;
    const learning: Promise<void>[] = [];
    for (const [key, text] of texts) {
      if (text?.startsWith(ENCRYPTED) !== true) continue;
      const found = this.#providers(key.resource).find(
        ({ prefix }) => prefix !== '' && text.startsWith(prefix),
      );
      const one = found?.envelope?.learn(text.slice(found.prefix.length));
      if (one !== undefined) learning.push(one);
    }
    return learning.length === 0 ? undefined : Promise.all(learning);
  }

  #providers(resource: ResourceKey): readonly Provider[] {
    const known = this.#known.get(resource);
    if (known !== undefined) return known;
    const names = [resource, `*.${groupOf(resource)}`, '*.*'];
    const rule = this.#rules.find(({ masks }) => masks.some((mask) => names.includes(mask)));
    const providers = rule?.providers ?? PLAIN;
    this.#known.set(resource, providers);
    return providers;
  }
}

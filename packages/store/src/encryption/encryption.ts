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
    return this.#providers(resource)[0]?.prefix ?? '';
  }

  seal(key: ObjectKey, body: string): string {
    const [first] = this.#providers(key.resource);
    if (first?.cipher === undefined) return body;
    return first.prefix + first.cipher.seal(Buffer.from(body), contextOf(key)).toString('base64');
  }

  /** Throws StoreError `unreadable` when no provider fits. */
  open(key: ObjectKey, stored: string): string {
    if (!stored.startsWith(ENCRYPTED)) return stored;
    const failed: string[] = [];
    for (const { prefix, cipher } of this.#providers(key.resource)) {
      if (cipher === undefined || !stored.startsWith(prefix)) continue;
      try {
        return cipher.open(Buffer.from(stored.slice(prefix.length), 'base64'), contextOf(key)).toString();
      } catch (error) {
        failed.push(error instanceof Error ? error.message : String(error));
      }
    }
    const reason = failed.length === 0 ? 'no matching prefix found' : failed.join('; ');
    throw new StoreError('unreadable', `${formatKey(key)} can't be decrypted: ${reason}`);
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

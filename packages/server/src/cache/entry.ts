import type { AnyObject } from '@gantry/machinery/object';
import { type ObjectKey, REVISION_SLOT } from '@gantry/store/port';
import { SlabTenant } from './slabs.ts';
import { VariantPool } from './variant-pool.ts';

const SLOT_VALUE = REVISION_SLOT.length - 1;

/**
 * Recently parsed entries keep their object, so that admission and selectors do not parse the same bytes over and over.
 * A ring rather than weak references: those would hold all that one turn of the event loop looks at.
 */
const RECENT = 2048;
const recent = new Array<Entry | undefined>(RECENT).fill(undefined);
let recentAt = 0;

/** Forms of all entries together: as many as a list of 100,000 small objects has. */
const VARIANT_BYTES = 192 << 20;
const pool = new VariantPool(VARIANT_BYTES);

/** A short list of named values: an object has few, and maps would be larger than what they hold. */
interface Named<T> {
  readonly name: string;
  readonly value: T;
  readonly next: Named<T> | undefined;
}

function named<T>(list: Named<T> | undefined, name: string): T | undefined {
  for (let one = list; one !== undefined; one = one.next) if (one.name === name) return one.value;
  return undefined;
}

/** Order of LISTs: that of the path `namespace/name`. */
export const sortKeyOf = (namespace: string, name: string): string =>
  namespace === '' ? name : `${namespace}/${name}`;

/** Texts that many objects have; every row and request brings another copy. */
const SHARED = 10_000;
const sharedTexts = new Map<string, string>();

function shared(text: string): string {
  const known = sharedTexts.get(text);
  if (known !== undefined) return known;
  if (sharedTexts.size >= SHARED) sharedTexts.clear();
  const own = ownText(text);
  sharedTexts.set(own, own);
  return own;
}

/** A copy that is no part of another text: such a part would keep all of it. */
const ownText = (text: string): string => Buffer.from(text).toString();

/**
 * One object at one revision, as the cache holds it: the JSON bytes that clients get, and the parsed object on demand.
 * Immutable to everybody; the parsed object is shared and must not be changed.
 */
export class Entry extends SlabTenant {
  readonly key: ObjectKey;
  readonly sortKey: string;
  readonly uid: string;
  readonly revision: number;
  readonly #digitsAt: number;
  readonly #digits: number;
  #origin: Entry | undefined;
  #parsed: AnyObject | undefined;
  #labels: Readonly<Record<string, string>> | undefined;
  #fields: Named<string> | undefined;
  #variants: Named<Buffer> | undefined;

  /** `bytes`: UTF-8 JSON with metadata.resourceVersion filled in, whose digits begin at `digitsAt`. */
  constructor(key: ObjectKey, uid: string, revision: number, bytes: Buffer, digitsAt: number) {
    super(bytes);
    // Joined, it is a text of its own; a part of it is smaller than another, and does not keep a whole request's path.
    this.sortKey = key.namespace === '' ? ownText(key.name) : [key.namespace, key.name].join('/');
    const namespace = shared(key.namespace);
    const name = namespace === '' ? this.sortKey : this.sortKey.slice(namespace.length + 1);
    this.key = { resource: shared(key.resource), namespace, name };
    this.uid = uid;
    this.revision = revision;
    this.#digitsAt = digitsAt;
    this.#digits = String(revision).length;
  }

  /** `body` has the slot of the store port, before anything that could look like it (see encodeBody). */
  static fromBody(key: ObjectKey, uid: string, revision: number, body: string): Entry {
    const at = body.indexOf(REVISION_SLOT);
    if (at < 0) throw new Error(`stored body of ${key.resource} ${key.namespace}/${key.name} has no slot`);
    const digits = String(revision);
    // Memory of its own: a part of a shared slab would keep the whole slab for as long as the object lives.
    const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(body) + digits.length);
    const digitsAt = bytes.write(body.slice(0, at + SLOT_VALUE));
    const tailAt = digitsAt + bytes.write(digits, digitsAt, 'latin1');
    bytes.write(body.slice(at + SLOT_VALUE), tailAt);
    return new Entry(key, uid, revision, bytes, digitsAt);
  }

  /** The same state shown at another revision: DELETED events, and events that leave a selector. */
  at(revision: number): Entry {
    if (revision === this.revision) return this;
    const { bytes: old } = this;
    const tail = this.#digitsAt + this.#digits;
    const bytes = Buffer.concat([
      old.subarray(0, this.#digitsAt),
      Buffer.from(String(revision)),
      old.subarray(tail),
    ]);
    const shown = new Entry(this.key, this.uid, revision, bytes, this.#digitsAt);
    shown.#origin = this;
    return shown;
  }

  /** Whose state this shows at another revision. */
  get origin(): Entry | undefined {
    return this.#origin;
  }

  /** The text as it was stored, with the slot. */
  get body(): string {
    const { bytes } = this;
    return bytes.toString('utf8', 0, this.#digitsAt) + bytes.toString('utf8', this.#digitsAt + this.#digits);
  }

  /** Bytes equal to those of a new body with the slot: nothing would change. */
  sameBody(body: string): boolean {
    const tail = this.size - this.#digits - this.#digitsAt;
    if (Buffer.byteLength(body) !== this.#digitsAt + tail) return false;
    const text = this.bytes.toString();
    const at = body.indexOf(REVISION_SLOT) + SLOT_VALUE;
    return text.startsWith(body.slice(0, at)) && text.endsWith(body.slice(at));
  }

  /** Shared and read-only. */
  get object(): AnyObject {
    if (this.#parsed !== undefined) return this.#parsed;
    const oldest = recent[recentAt];
    if (oldest !== undefined) oldest.#parsed = undefined;
    recent[recentAt] = this;
    recentAt = (recentAt + 1) % RECENT;
    const parsed = this.copy();
    this.#parsed = parsed;
    return parsed;
  }

  /** A fresh copy that the caller may change. */
  copy(): AnyObject {
    return JSON.parse(this.bytes.toString()) as AnyObject;
  }

  get labels(): Readonly<Record<string, string>> {
    this.#labels ??= this.object.metadata.labels ?? {};
    return this.#labels;
  }

  /** A selectable field's value, computed once. */
  field(path: string, read: (object: AnyObject) => string): string {
    const known = named(this.#fields, path);
    if (known !== undefined) return known;
    const value = read(this.object);
    this.#fields = { name: path, value, next: this.#fields };
    return value;
  }

  /** Another form of the same object (metadata only, another version), made once, or again after a long time. */
  variant(name: string, make: (entry: Entry) => Buffer): Buffer {
    const known = named(this.#variants, name);
    if (known !== undefined) return known;
    const value = make(this);
    const kept = this.#variants === undefined ? this.size + value.length : value.length;
    this.#variants = { name, value, next: this.#variants };
    pool.made(this, kept);
    return value;
  }

  forgetVariants(): void {
    this.#variants = undefined;
  }
}

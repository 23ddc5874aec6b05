import { coerceCustom } from '@gantry/api/apiextensions/v1/custom/compiled-custom';
import type { JsonSchema } from '@gantry/api/apiextensions/v1/definition';
import { applyDefaults } from '@gantry/api/apiextensions/v1/schema/defaults';
import { compileKind } from '@gantry/api/compile';
import type { KindDefinition } from '@gantry/api/kind';
import { DecodeError } from '@gantry/api/schema/decode-scalar';
import { deepClone } from '@gantry/machinery/json';
import { type AnyObject, formatGroupVersion } from '@gantry/machinery/object';
import { failure, type GroupResource, isStatusError, qualified } from '@gantry/machinery/status';
import { encodeObject } from '../cache/encode-body.ts';
import type { Entry } from '../cache/entry.ts';
import type { ResourceHooks } from '../registry/hooks.ts';
import type { ApiResource } from '../registry/resource.ts';
import type { EquivalentForms } from '../request.ts';
import type { Conversion } from './conversion.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const HOOKS: ResourceHooks = { versionRequired: true };

/** What all versions of one definition share. */
export interface SharedParts {
  readonly storageKind: KindDefinition;
  readonly conversion: Conversion;
  /** Of the version that a row is in; undefined: it is left as it is. */
  schemaOf(apiVersion: string): JsonSchema | undefined;
  readonly tag: string;
  readonly terminating: boolean;
  readonly hidden: boolean;
}

const AS_STORED = 'as stored';

/**
 * One version of a definition, served from the rows of all of them: what is read is pruned and defaulted by the schema
 * that the rows were written in, then converted. Nothing is written for that.
 */
export class CustomResource implements ApiResource {
  readonly kind: KindDefinition;
  readonly gr: GroupResource;
  readonly apiVersion: string;
  readonly storage: string;
  readonly storageKind: KindDefinition;
  readonly storageApiVersion: string;
  readonly converted = true;
  readonly hooks = HOOKS;
  readonly virtual = false;
  readonly verbs: ReadonlySet<string> = new Set(VERBS);
  readonly tag: string;
  readonly terminating: boolean;
  readonly hidden: boolean;
  readonly deprecation?: string;
  /** Set once all versions of the definition are made. */
  forms?: EquivalentForms;
  readonly prepare?: (entries: readonly Entry[]) => Promise<void>;
  readonly #parts: SharedParts;
  /** What is served of an entry; AS_STORED: the entry's own bytes. */
  readonly #bytes = new WeakMap<Entry, Buffer | typeof AS_STORED>();
  /** Entries of other versions, as the webhook gave them. */
  readonly #converted = new WeakMap<Entry, Buffer>();

  constructor(kind: KindDefinition, parts: SharedParts, deprecation: string | undefined) {
    this.kind = kind;
    this.#parts = parts;
    this.gr = { group: kind.group, resource: kind.plural };
    this.apiVersion = formatGroupVersion(kind.group, kind.version);
    this.storage = qualified(this.gr);
    this.storageKind = parts.storageKind;
    this.storageApiVersion = formatGroupVersion(parts.storageKind.group, parts.storageKind.version);
    this.tag = parts.tag;
    this.terminating = parts.terminating;
    this.hidden = parts.hidden;
    if (deprecation !== undefined) this.deprecation = deprecation;
    if (parts.conversion.webhook !== undefined) this.prepare = (entries) => this.#prepare(entries);
  }

  get compiled() {
    return compileKind(this.kind);
  }

  /** Of objects that no entry holds. A webhook can't be asked here: those must be in the served version already. */
  fromStorage(object: AnyObject): AnyObject {
    return this.#convert(this.#readable(deepClone(object)));
  }

  toStorage(object: AnyObject): AnyObject | Promise<AnyObject> {
    if (this.apiVersion === this.storageApiVersion) return object;
    const copy = deepClone(object);
    const { webhook } = this.#parts.conversion;
    if (webhook === undefined) return this.#coerced({ ...copy, apiVersion: this.storageApiVersion });
    return webhook([copy], this.storageApiVersion).then(([made = copy]) => this.#coerced(made));
  }

  view(entry: Entry): AnyObject {
    const made = this.#madeOf(entry);
    if (made !== undefined) return JSON.parse(made.toString()) as AnyObject;
    // Nothing has to be done to it.
    if (this.#bytes.get(entry) === AS_STORED) return entry.object;
    return this.#convert(this.#readable(entry.copy()));
  }

  viewAs(stored: AnyObject, entry: Entry): AnyObject {
    if (this.#madeOf(entry) === undefined) return this.fromStorage(stored);
    const view = this.view(entry);
    const { labels, annotations } = view.metadata;
    const metadata = { ...stored.metadata };
    if (labels === undefined) delete metadata.labels;
    else metadata.labels = labels;
    if (annotations === undefined) delete metadata.annotations;
    else metadata.annotations = annotations;
    return { ...view, metadata };
  }

  bytes(entry: Entry): Buffer {
    const known = this.#bytes.get(entry) ?? this.#madeOf(entry);
    if (known !== undefined) return known === AS_STORED ? entry.bytes : known;
    const made = Buffer.from(encodeObject(this.view(entry)));
    this.#bytes.set(entry, made.equals(entry.bytes) ? AS_STORED : made);
    return made;
  }

  /** What a webhook made of an entry, or of the one whose state it shows at another revision. */
  #madeOf(entry: Entry): Buffer | undefined {
    const known = this.#converted.get(entry);
    const before = entry.origin && this.#converted.get(entry.origin);
    if (known !== undefined || before === undefined) return known;
    const object = JSON.parse(before.toString()) as AnyObject;
    object.metadata.resourceVersion = String(entry.revision);
    const made = Buffer.from(encodeObject(object));
    this.#converted.set(entry, made);
    return made;
  }

  /** A row as its own version reads it now. */
  #readable(object: AnyObject): AnyObject {
    const schema = this.#parts.schemaOf(object.apiVersion);
    if (schema === undefined) return object;
    this.#coerced(object);
    object.metadata.generation ||= 1;
    try {
      applyDefaults(object, schema);
    } catch (error) {
      // Too much of them: it is shown with what was filled in.
      if (!isStatusError(error, 'RequestEntityTooLarge')) throw error;
    }
    return object;
  }

  #coerced(object: AnyObject): AnyObject {
    const schema = this.#parts.schemaOf(object.apiVersion);
    if (schema === undefined) return object;
    try {
      coerceCustom(object, schema, undefined);
    } catch (error) {
      // What was stored under other rules must not hide its neighbours.
      if (!(error instanceof DecodeError)) throw error;
    }
    return object;
  }

  #convert(object: AnyObject): AnyObject {
    if (object.apiVersion === this.apiVersion) return object;
    if (this.#parts.conversion.webhook !== undefined)
      throw failure(500, 'InternalError', `${this.gr.resource}: the object has not been converted`);
    object.apiVersion = this.apiVersion;
    return this.#coerced(object);
  }

  async #prepare(entries: readonly Entry[]): Promise<void> {
    const { webhook } = this.#parts.conversion;
    if (webhook === undefined) return;
    const due = entries.filter(
      (entry) => !this.#converted.has(entry) && entry.object.apiVersion !== this.apiVersion,
    );
    if (due.length === 0) return;
    const objects = due.map((entry) => this.#readable(entry.copy()));
    const made = await webhook(objects, this.apiVersion);
    for (const [index, entry] of due.entries()) {
      const object = made[index];
      if (object !== undefined) this.#converted.set(entry, Buffer.from(encodeObject(this.#coerced(object))));
    }
  }
}

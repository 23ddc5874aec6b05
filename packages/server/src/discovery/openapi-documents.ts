import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { customDefinitions } from '@gantry/api/apiextensions/v1/custom/openapi';
import type { KindDefinition } from '@gantry/api/kind';
import { openApiV2, swaggerPaths } from '@gantry/api/openapi/v2';
import { encodeDefinitions, encodeOpenApiV2 } from '@gantry/api/openapi/v2-protobuf';
import { openApiV3 } from '@gantry/api/openapi/v3';
import { serviceUnavailable } from '@gantry/machinery/status';
import type { KindSource } from './discovery.ts';

export interface Document {
  readonly type: string;
  readonly body: Buffer;
  readonly hash: string;
}

const PROTOBUF_V2 = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
const JSON_TYPE = 'application/json';

const hashOf = (content: string | Buffer): string =>
  createHash('sha512').update(content).digest('hex').toUpperCase();

const documentOf = (body: Buffer, type = JSON_TYPE, hash = hashOf(body)): Document => ({ type, body, hash });

/** `api/v1`, `apis/apps/v1`. */
const pathOf = ({ group, version }: KindDefinition): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`;

/** The document of one group and version; `identity` changes with what it says. */
interface Version {
  readonly kinds: readonly KindDefinition[];
  readonly identity: string;
  /** Known without the document where only custom kinds are in it. */
  readonly hash: string | undefined;
  document: Promise<Document> | undefined;
}

/** What is added to the swagger document: members of `paths` and `definitions`, and the latter as messages. */
export interface SwaggerPart {
  readonly paths: string;
  readonly definitions: string;
  readonly encoded: Buffer;
}

/** The documents of servers behind this one. */
export interface RemoteOpenApiSource {
  /** Of their v3 documents, by path. */
  hashes(): ReadonlyMap<string, string>;
  document(path: string): Promise<Buffer | undefined>;
  swagger(): readonly SwaggerPart[];
  onChange(listener: () => void): void;
}

/** What a custom kind adds to the swagger document, as text and as messages, made once. */
class SwaggerParts implements SwaggerPart {
  readonly paths: string;
  readonly definitions: string;
  readonly #kind: KindDefinition;
  #encoded: Buffer | undefined;

  constructor(kind: KindDefinition) {
    this.#kind = kind;
    this.paths = inner(swaggerPaths([kind]));
    this.definitions = inner(Object.fromEntries(customDefinitions(kind, 2)));
  }

  get encoded(): Buffer {
    this.#encoded ??= encodeDefinitions(Object.fromEntries(customDefinitions(this.#kind, 2)));
    return this.#encoded;
  }
}

/** The members of a JSON object, without the braces. */
const inner = (value: object): string => JSON.stringify(value).slice(1, -1);

/**
 * OpenAPI documents of what is served now. Each is made when first asked for, one at a time, with a breath in between;
 * after a change of custom resources only those that changed are made anew.
 */
export class OpenApiDocuments {
  readonly #source: KindSource;
  readonly #remotes: RemoteOpenApiSource | undefined;
  #versions: ReadonlyMap<string, Version> | undefined;
  /** Those before the last change. */
  #known: ReadonlyMap<string, Version> | undefined;
  #swagger: Promise<Document> | undefined;
  #swaggerProtobuf: Promise<Document> | undefined;
  readonly #parts = new WeakMap<KindDefinition, SwaggerParts>();
  #builtin: Record<string, unknown> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(source: KindSource, remotes?: RemoteOpenApiSource) {
    this.#source = source;
    this.#remotes = remotes;
    remotes?.onChange(() => {
      this.#swagger = undefined;
      this.#swaggerProtobuf = undefined;
    });
    source.onChange(() => {
      this.#known = this.#versions ?? this.#known;
      this.#versions = undefined;
      this.#swagger = undefined;
      this.#swaggerProtobuf = undefined;
    });
  }

  v2(): Promise<Document> {
    this.#swagger ??= this.#whole(async (parts) => {
      const builtin = this.#builtinSwagger();
      const { paths, definitions, ...rest } = builtin;
      const join = (first: unknown, more: readonly string[]): string =>
        [inner(first as object), ...more].filter((part) => part !== '').join(',');
      const text = `{${inner(rest)},"paths":{${join(
        paths,
        parts.map((one) => one.paths),
      )}},"definitions":{${join(
        definitions,
        parts.map((one) => one.definitions),
      )}}}`;
      return documentOf(Buffer.from(text));
    });
    return this.#swagger;
  }

  v2Protobuf(): Promise<Document> {
    this.#swaggerProtobuf ??= this.#whole(async (parts) => {
      const encoded = encodeOpenApiV2(
        this.#builtinSwagger(),
        parts.map((one) => one.encoded),
      );
      return documentOf(encoded, PROTOBUF_V2);
    });
    return this.#swaggerProtobuf;
  }

  v3(path: string): Promise<Document> | undefined {
    const hash = this.#remotes?.hashes().get(path);
    if (hash !== undefined) return this.#remote(path, hash);
    const version = this.#all().get(path);
    return version && this.#document(version);
  }

  async #remote(path: string, hash: string): Promise<Document> {
    const body = await this.#remotes?.document(path);
    if (body === undefined) throw serviceUnavailable('service unavailable');
    return documentOf(body, JSON_TYPE, hash);
  }

  /** Paths of all groups and versions with the hashes of their documents. */
  async hashes(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const versions = [...this.#all()].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [path, version] of versions)
      found.set(path, version.hash ?? (await this.#document(version)).hash);
    for (const [path, hash] of this.#remotes?.hashes() ?? []) found.set(path, hash);
    return found;
  }

  #document(version: Version): Promise<Document> {
    const [first] = version.kinds;
    version.document ??= this.#queue(async () => {
      const value = first === undefined ? {} : openApiV3(version.kinds, first);
      return documentOf(Buffer.from(JSON.stringify(value)), JSON_TYPE, version.hash);
    });
    return version.document;
  }

  #all(): ReadonlyMap<string, Version> {
    this.#versions ??= this.#sort();
    return this.#versions;
  }

  #sort(): Map<string, Version> {
    const byPath = new Map<string, KindDefinition[]>();
    for (const kind of this.#source.kinds()) {
      const path = pathOf(kind);
      const kinds = byPath.get(path);
      if (kinds === undefined) byPath.set(path, [kind]);
      else kinds.push(kind);
    }
    const versions = new Map<string, Version>();
    for (const [path, own] of byPath) {
      const identity = own.map(({ custom }) => custom?.identity ?? '').join('\n');
      const known = this.#known?.get(path);
      const isCustom = own.every(({ custom }) => custom !== undefined);
      versions.set(
        path,
        known?.identity === identity
          ? known
          : {
              // A type of another group's kind keeps its own name, so those of the server's own see each other.
              kinds: isCustom ? own : this.#withBuiltins(own),
              identity,
              hash: isCustom ? hashOf(`${path}\n${identity}`) : undefined,
              document: undefined,
            },
      );
    }
    return versions;
  }

  #withBuiltins(own: readonly KindDefinition[]): KindDefinition[] {
    const others = this.#source.kinds().filter((kind) => kind.custom === undefined && !own.includes(kind));
    return [...own, ...others];
  }

  #builtinSwagger(): Record<string, unknown> {
    this.#builtin ??= openApiV2(this.#source.kinds().filter(({ custom }) => custom === undefined));
    return this.#builtin;
  }

  #whole(make: (parts: readonly SwaggerPart[]) => Promise<Document>): Promise<Document> {
    const custom = this.#source.kinds().filter((kind) => kind.custom !== undefined);
    return this.#queue(async () => {
      const parts: SwaggerPart[] = [];
      for (const kind of custom) {
        let known = this.#parts.get(kind);
        if (known === undefined) {
          known = new SwaggerParts(kind);
          this.#parts.set(kind, known);
          await setImmediate();
        }
        parts.push(known);
      }
      return make([...parts, ...(this.#remotes?.swagger() ?? [])]);
    });
  }

  #queue(make: () => Promise<Document>): Promise<Document> {
    const next = this.#last.then(async () => {
      await setImmediate();
      return make();
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}

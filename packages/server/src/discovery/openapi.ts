import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { KindDefinition } from '@gantry/api/kind';
import { openApiV2 } from '@gantry/api/openapi/v2';
import { encodeOpenApiV2 } from '@gantry/api/openapi/v2-protobuf';
import { openApiV3 } from '@gantry/api/openapi/v3';
import { getOrMake } from '../cache/get-or-make.ts';
import { headerOf, type RoutedRequest } from '../http/api-request.ts';
import type { PlainHandler } from '../http/chain.ts';
import { notAcceptable } from '../http/negotiate.ts';
import { type ApiResponse, emptyBody, jsonResponse } from '../http/response.ts';

interface Document {
  readonly type: string;
  readonly body: Buffer;
  readonly hash: string;
}

const YEAR_SECONDS = 31_536_000;

const PROTOBUF_V2 = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

const documentOf = (value: unknown): Document => {
  const isEncoded = Buffer.isBuffer(value);
  const body = isEncoded ? value : Buffer.from(JSON.stringify(value));
  const type = isEncoded ? PROTOBUF_V2 : 'application/json';
  return { type, body, hash: createHash('sha512').update(body).digest('hex').toUpperCase() };
};

/** `api/v1`, `apis/apps/v1`. */
const pathOf = (group: string, version: string): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`;

/** Documents are made when first asked for, one at a time, with a breath in between: the whole costs a quarter second. */
class Documents {
  readonly #kinds: readonly KindDefinition[];
  readonly #v3 = new Map<string, Promise<Document>>();
  #v2: Promise<Document> | undefined;
  #v2Protobuf: Promise<Document> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(kinds: readonly KindDefinition[]) {
    this.#kinds = kinds;
  }

  v2(): Promise<Document> {
    this.#v2 ??= this.#queue(() => openApiV2(this.#kinds));
    return this.#v2;
  }

  v2Protobuf(): Promise<Document> {
    this.#v2Protobuf ??= this.#queue(() => encodeOpenApiV2(openApiV2(this.#kinds)));
    return this.#v2Protobuf;
  }

  v3(path: string): Promise<Document> | undefined {
    const kind = this.#kinds.find(({ group, version }) => pathOf(group, version) === path);
    if (kind === undefined) return undefined;
    return getOrMake(this.#v3, path, () => this.#queue(() => openApiV3(this.#kinds, kind)));
  }

  async index(): Promise<unknown> {
    const paths: Record<string, { serverRelativeURL: string }> = {};
    for (const path of [...new Set(this.#kinds.map(({ group, version }) => pathOf(group, version)))].sort()) {
      const document = await this.v3(path);
      if (document !== undefined)
        paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${document.hash}` };
    }
    return { paths };
  }

  #queue(make: () => unknown): Promise<Document> {
    const next = this.#last.then(async () => {
      await setImmediate();
      return documentOf(make());
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}

function answer(request: RoutedRequest, { type, body, hash }: Document, forever: boolean): ApiResponse {
  const etag = `"${hash}"`;
  const headers = {
    'content-type': type,
    etag,
    vary: 'Accept',
    'cache-control': forever ? `public, immutable, max-age=${YEAR_SECONDS}` : 'no-cache, private',
  };
  if (headerOf(request, 'if-none-match') === etag) return { status: 304, headers, body: emptyBody };
  return { status: 200, headers, body };
}

const takesJson = (request: RoutedRequest): boolean => {
  const accept = headerOf(request, 'accept');
  return accept === undefined || accept === '' || /application\/(json|\*)|\*\/\*/.test(accept);
};

/** Clients ask with an `@`, which is no valid media type; the answer has a dot. */
const takesProtobufV2 = (request: RoutedRequest): boolean =>
  /proto-openapi\.spec\.v2[@.]v1\.0\+protobuf/.test(headerOf(request, 'accept') ?? '');

/** `/openapi/v2`, `/openapi/v3` and the documents below it, whose address holds their hash. */
export function openApiHandler(kinds: readonly KindDefinition[]): PlainHandler {
  const documents = new Documents(kinds);
  return async (request) => {
    const { path, query } = request;
    if (!path.startsWith('/openapi/')) return undefined;
    if (path === '/openapi/v2' && takesProtobufV2(request))
      return answer(request, await documents.v2Protobuf(), false);
    if (!takesJson(request)) throw notAcceptable();
    if (path === '/openapi/v2') return answer(request, await documents.v2(), false);
    if (path === '/openapi/v3' || path === '/openapi/v3/') return jsonResponse(200, await documents.index());
    const document = path.startsWith('/openapi/v3/')
      ? await documents.v3(path.slice('/openapi/v3/'.length))
      : undefined;
    if (document === undefined) return undefined;
    const hash = query.get('hash');
    if (hash !== null && hash !== document.hash)
      return { status: 301, headers: { location: `${path}?hash=${document.hash}` }, body: emptyBody };
    return answer(request, document, hash !== null);
  };
}

import { headerOf, type RoutedRequest } from '../http/api-request.ts';
import type { PlainHandler } from '../http/chain.ts';
import { notAcceptable } from '../http/negotiate.ts';
import { type ApiResponse, emptyBody, jsonResponse } from '../http/response.ts';
import type { KindSource } from './discovery.ts';
import { type Document, OpenApiDocuments, type RemoteOpenApiSource } from './openapi-documents.ts';

const YEAR_SECONDS = 31_536_000;

async function index(documents: OpenApiDocuments): Promise<unknown> {
  const paths: Record<string, { serverRelativeURL: string }> = {};
  for (const [path, hash] of await documents.hashes())
    paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
  return { paths };
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
export function openApiHandler(source: KindSource, remotes?: RemoteOpenApiSource): PlainHandler {
  const documents = new OpenApiDocuments(source, remotes);
  return async (request) => {
    const { path, query } = request;
    if (!path.startsWith('/openapi/')) return undefined;
    if (path === '/openapi/v2' && takesProtobufV2(request))
      return answer(request, await documents.v2Protobuf(), false);
    if (!takesJson(request)) throw notAcceptable();
    if (path === '/openapi/v2') return answer(request, await documents.v2(), false);
    if (path === '/openapi/v3' || path === '/openapi/v3/') return jsonResponse(200, await index(documents));
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

import { forbiddenRequest } from '../auth/authorization/denial.ts';
import type { ConnectHandler, HandlerContext } from '../handler.ts';
import type { Registry } from '../registry/registry.ts';
import type { ApiResource, ResourceTable } from '../registry/resource.ts';
import type { Authorizer, RequestAttributes, UserInfo } from '../request.ts';
import { headerOf, type RoutedRequest } from './api-request.ts';
import { isFault, resourceUnknown, toStatus, verbNotAllowed } from './errors.ts';
import type { ReadHandlers } from './read-handlers.ts';
import { type ApiResponse, compressed, statusResponse } from './response.ts';
import type { HandlerTable } from './routes.ts';
import { createVirtual, handlerContext } from './virtual-create.ts';
import type { WriteHandlers } from './write-handlers.ts';

/** Answers for paths that are no resources: health, metrics, discovery, OpenAPI. Undefined: not its path. */
export type PlainHandler = (
  request: RoutedRequest,
) => Promise<ApiResponse | undefined> | ApiResponse | undefined;

export interface ChainParts {
  readonly registry: Registry;
  readonly table: ResourceTable;
  readonly authorizer: Authorizer;
  readonly handlers: HandlerTable;
  readonly reads: ReadHandlers;
  readonly writes: WriteHandlers;
  readonly plain: readonly PlainHandler[];
  /** Told of failures that are nobody's request's fault. */
  onFault(error: unknown, request: RoutedRequest): void;
}

/** A connection that a handler takes over, after authorization. */
export interface Connection {
  readonly handler: ConnectHandler;
  readonly context: HandlerContext;
  readonly rest: string;
}

/** Subresources that read and write the object itself. */
const OBJECT_SUBRESOURCES = new Set([
  'status',
  'scale',
  'ephemeralcontainers',
  'resize',
  'finalize',
  'approval',
]);

/** Checks that the user may do what the attributes say. Throws Forbidden. */
export function authorize(authorizer: Authorizer, user: UserInfo, attributes: RequestAttributes): void {
  const decision = authorizer.authorize(user, attributes);
  if (!decision.allowed) throw forbiddenRequest(user, attributes, decision.reason);
}

/** The chain after authentication: routing, authorization, dispatch. Every failure becomes a Status. */
export class ApiChain {
  readonly #parts: ChainParts;

  constructor(parts: ChainParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async handle(request: RoutedRequest): Promise<ApiResponse> {
    try {
      const response = await this.#route(request);
      return response.stream === undefined
        ? await compressed(response, headerOf(request, 'accept-encoding'))
        : response;
    } catch (error) {
      if (isFault(error)) this.#parts.onFault(error, request);
      return statusResponse(toStatus(error));
    }
  }

  /** The handler that takes over the connection, if the path is one of those. Throws StatusError. */
  connection(request: RoutedRequest): Connection | undefined {
    const { attributes, rest } = request;
    const handler = attributes.isResourceRequest ? this.#parts.handlers.connect(attributes) : undefined;
    if (handler === undefined) return undefined;
    authorize(this.#parts.authorizer, request.user, attributes);
    return { handler, context: handlerContext(this.#parts.registry, request, false, () => undefined), rest };
  }

  async #route(request: RoutedRequest): Promise<ApiResponse> {
    const { attributes } = request;
    authorize(this.#parts.authorizer, request.user, attributes);
    if (!attributes.isResourceRequest) return this.#plain(request);
    const { group, version, resource: plural, subresource } = attributes;
    const resource = this.#parts.table.find(group, version, plural);
    const virtual = attributes.verb === 'create' ? this.#parts.handlers.virtual(attributes) : undefined;
    if (virtual !== undefined) return createVirtual(this.#parts.registry, virtual, resource, request);
    if (resource === undefined) return this.#plain(request);
    if (subresource !== '' && !serves(resource, subresource)) throw resourceUnknown();
    if (!fitsScope(resource, attributes)) throw resourceUnknown();
    return this.#dispatch(resource, request);
  }

  #dispatch(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const { verb, subresource } = request.attributes;
    const { reads, writes } = this.#parts;
    if (resource.virtual || (subresource === '' && !resource.verbs.has(verb)))
      throw verbNotAllowed(resource.gr, verb);
    if (request.attributes.name === '' && (verb === 'update' || verb === 'patch'))
      throw verbNotAllowed(resource.gr, verb);
    switch (verb) {
      case 'get':
        return reads.get(resource, request);
      case 'list':
        return reads.list(resource, request);
      case 'watch':
        return reads.watch(resource, request);
      case 'update':
        return writes.update(resource, request);
      case 'patch':
        return writes.patch(resource, request);
    }
    if (subresource === '') {
      if (verb === 'create' && request.attributes.name === '') return writes.create(resource, request);
      if (verb === 'delete') return writes.delete(resource, request);
      if (verb === 'deletecollection') return writes.deleteCollection(resource, request);
    }
    throw verbNotAllowed(resource.gr, verb);
  }

  async #plain(request: RoutedRequest): Promise<ApiResponse> {
    for (const handler of this.#parts.plain) {
      const response = await handler(request);
      if (response !== undefined) return response;
    }
    throw resourceUnknown();
  }
}

function serves(resource: ApiResource, subresource: string): boolean {
  if (!OBJECT_SUBRESOURCES.has(subresource)) return false;
  const { subresources } = resource.kind;
  if (subresource === 'status') return subresources?.status === true;
  if (subresource === 'scale') return subresources?.scale !== undefined;
  return subresources?.others?.[subresource] !== undefined;
}

const ACROSS_NAMESPACES = new Set(['list', 'watch', 'deletecollection']);

/** Whether the path names a namespace where the kind has one. Namespaces themselves are in their own. */
function fitsScope({ kind }: ApiResource, { namespace, verb }: RequestAttributes): boolean {
  if (kind.namespaced) return namespace !== '' || ACROSS_NAMESPACES.has(verb);
  return namespace === '' || (kind.group === '' && kind.plural === 'namespaces');
}

import { forbiddenRequest } from '../auth/authorization/denial.ts';
import type { ConnectHandler, HandlerContext } from '../handler.ts';
import type { Registry } from '../registry/registry.ts';
import type { ApiResource, ResourceTable } from '../registry/resource.ts';
import type { Authorizer, RequestAttributes, UserInfo } from '../request.ts';
import { type ApiRequest, headerOf, type RoutedRequest } from './api-request.ts';
import { resourceUnknown, toStatus, verbNotAllowed } from './errors.ts';
import { parseRequest } from './path.ts';
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
  async handle(request: ApiRequest): Promise<ApiResponse> {
    try {
      const response = await this.#route(request);
      return response.stream === undefined
        ? await compressed(response, headerOf(request, 'accept-encoding'))
        : response;
    } catch (error) {
      return statusResponse(toStatus(error));
    }
  }

  /** The handler that takes over the connection, if the path is one of those. Throws StatusError. */
  connection(request: ApiRequest): Connection | undefined {
    const parsed = parseRequest(request.method, request.path, request.query);
    const handler = parsed.attributes.isResourceRequest
      ? this.#parts.handlers.connect(parsed.attributes)
      : undefined;
    if (handler === undefined) return undefined;
    // Over HTTP the method says what is meant; RBAC knows exec as create, log as get.
    const routed: RoutedRequest = { ...request, attributes: parsed.attributes, rest: parsed.rest };
    authorize(this.#parts.authorizer, request.user, parsed.attributes);
    const context = handlerContext(this.#parts.registry, routed, false, () => undefined);
    return { handler, context, rest: parsed.rest };
  }

  async #route(request: ApiRequest): Promise<ApiResponse> {
    const { attributes, rest } = parseRequest(request.method, request.path, request.query);
    const routed: RoutedRequest = { ...request, attributes, rest };
    authorize(this.#parts.authorizer, request.user, attributes);
    if (!attributes.isResourceRequest) return this.#plain(routed);
    const { group, version, resource: plural, subresource } = attributes;
    const resource = this.#parts.table.find(group, version, plural);
    const virtual = attributes.verb === 'create' ? this.#parts.handlers.virtual(attributes) : undefined;
    if (virtual !== undefined) return createVirtual(this.#parts.registry, virtual, resource, routed);
    if (resource === undefined) return this.#plain(routed);
    if (subresource !== '' && !serves(resource, subresource)) throw resourceUnknown();
    if (resource.kind.namespaced && attributes.namespace === '' && needsNamespace(attributes.verb))
      throw resourceUnknown();
    return this.#dispatch(resource, routed);
  }

  #dispatch(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const { verb, subresource } = request.attributes;
    const { reads, writes } = this.#parts;
    if (resource.virtual || (subresource === '' && !resource.verbs.has(verb)))
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

const needsNamespace = (verb: string): boolean => !['list', 'watch', 'deletecollection'].includes(verb);

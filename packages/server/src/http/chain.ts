import { badRequest, notFound } from '@gantry/machinery/status';
import type { AuditTrail } from '../audit/trail.ts';
import { AuthorizationFault, forbiddenRequest } from '../auth/authorization/denial.ts';
import { countDecision } from '../auth/instruments.ts';
import type { ConnectHandler, HandlerContext, VirtualHandler } from '../handler.ts';
import { noteDeprecated } from '../operations/request-metrics.ts';
import type { Registry } from '../registry/registry.ts';
import type { ApiResource, ResourceTable } from '../registry/resource.ts';
import type { Authorizer, RequestAttributes, UserInfo } from '../request.ts';
import { admit } from './admit.ts';
import { headerOf, type RoutedRequest } from './api-request.ts';
import { connectOptions } from './connect-options.ts';
import { isFault, resourceUnknown, verbNotAllowed } from './errors.ts';
import { failureResponse } from './failure-response.ts';
import type { ReadHandlers } from './read-handlers.ts';
import { Warnings, withWarnings } from './request-options.ts';
import { type ApiResponse, compressed, textResponse } from './response.ts';
import type { HandlerTable } from './routes.ts';
import { createVirtual, handlerContext } from './virtual-create.ts';
import type { WriteHandlers } from './write-handlers.ts';

/** Answers for paths that are no resources: health, metrics, discovery, OpenAPI. Undefined: not its path. */
export type PlainHandler = (
  request: RoutedRequest,
) => Promise<ApiResponse | undefined> | ApiResponse | undefined;

/** GET and LIST of a resource whose objects do not lie in the store. */
export type OwnReader = (resource: ApiResource, request: RoutedRequest) => Promise<ApiResponse>;

export interface ChainParts {
  readonly registry: Registry;
  readonly table: ResourceTable;
  readonly authorizer: Authorizer;
  readonly handlers: HandlerTable;
  readonly reads: ReadHandlers;
  readonly writes: WriteHandlers;
  /** Of those that also take objects by a handler of their own. */
  readonly ownReaders?: ReadonlyMap<VirtualHandler, OwnReader>;
  readonly plain: readonly PlainHandler[];
  /** Who passes requests below a path on to another API server; undefined for paths of our own. */
  remote(path: string): ConnectHandler | undefined;
  /** Told of failures that are nobody's request's fault. */
  onFault(error: unknown, request: RoutedRequest): void;
}

/** A connection that a handler takes over, after authorization. */
export interface Connection {
  readonly handler: ConnectHandler;
  readonly context: HandlerContext;
  readonly rest: string;
  /** Admission; to be called before the handler. Throws what refuses the connection. */
  admit(): void | Promise<void>;
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
export function authorize(
  authorizer: Authorizer,
  user: UserInfo,
  attributes: RequestAttributes,
  audit?: AuditTrail,
): void {
  const decision = authorizer.authorize(user, attributes);
  countDecision(decision);
  audit?.decided(decision);
  if (!decision.allowed && decision.error !== undefined) throw new AuthorizationFault(decision.error);
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
      return this.#failed(error, request);
    }
  }

  #failed(error: unknown, request: RoutedRequest): ApiResponse {
    if (isFault(error)) this.#parts.onFault(error, request);
    const uri = (): string => {
      const search = request.query.toString();
      return search === '' ? request.path : `${request.path}?${search}`;
    };
    return withWarnings(failureResponse(error, uri, request), request);
  }

  /** Asks those authorizers that are other servers; undefined when there are none. */
  prepare({ user, attributes }: RoutedRequest): Promise<void> | undefined {
    const { authorizer } = this.#parts;
    if (authorizer.prepare === undefined) return undefined;
    const asked = authorizer.prepare(user, attributes);
    // An update of what is not there creates it, which is another right.
    return attributes.verb === 'update' || attributes.verb === 'patch'
      ? asked.then(() => authorizer.prepare?.(user, { ...attributes, verb: 'create' }))
      : asked;
  }

  /** The handler that takes over the connection, if the path is one of those. Throws StatusError. */
  connection(request: RoutedRequest): Connection | undefined {
    const { attributes, rest } = request;
    const remote = this.#parts.remote(request.path);
    const handler =
      remote ?? (attributes.isResourceRequest ? this.#parts.handlers.connect(attributes) : undefined);
    if (handler === undefined) return undefined;
    authorize(this.#parts.authorizer, request.user, attributes, request.audit);
    if (remote === undefined) this.#checkConnectVerb(attributes);
    const context = handlerContext(this.#parts.registry, request, false, () => undefined);
    const admit = (): void | Promise<void> =>
      remote === undefined ? this.#admitConnection(request) : undefined;
    return { handler, context, rest, admit };
  }

  #checkConnectVerb({ group, version, resource, subresource, verb }: RequestAttributes): void {
    const kind = this.#parts.table.find(group, version, resource)?.kind;
    const verbs = kind?.subresources?.others?.[subresource]?.verbs;
    // A proxy passes every method on; OPTIONS has no verb of its own.
    const isPassedOn = verb === '' && subresource === 'proxy';
    if (verbs !== undefined && !isPassedOn && !verbs.includes(verb)) throw verbNotAllowed();
  }

  #admitConnection(request: RoutedRequest): void | Promise<void> {
    const { attributes, query, rest } = request;
    const kind = this.#parts.table.find(attributes.group, attributes.version, attributes.resource)?.kind;
    const object = connectOptions(attributes, query, rest);
    if (kind === undefined || object === undefined) return;
    const warn = (): undefined => undefined;
    return admit(this.#parts.registry, request, {
      operation: 'CONNECT',
      kind,
      object,
      options: {},
      dryRun: false,
      warn,
    });
  }

  async #route(request: RoutedRequest): Promise<ApiResponse> {
    const { attributes } = request;
    const asking = this.prepare(request);
    if (asking !== undefined) await asking;
    authorize(this.#parts.authorizer, request.user, attributes, request.audit);
    if (!attributes.isResourceRequest) return this.#plain(request);
    const { group, version, resource: plural, subresource } = attributes;
    const resource = this.#parts.table.find(group, version, plural);
    const virtual = this.#parts.handlers.virtual(attributes);
    if (virtual !== undefined && attributes.verb === 'create')
      return createVirtual(this.#parts.registry, virtual, resource, request);
    if (resource === undefined && virtual !== undefined) throw verbNotAllowed();
    if (resource === undefined || attributes.name.includes('/')) return this.#plain(request);
    checkName(attributes);
    if (subresource !== '' && !serves(resource, subresource))
      throw virtual !== undefined
        ? verbNotAllowed()
        : resource.kind.custom === undefined
          ? resourceUnknown()
          : notFound(resource.gr, attributes.name);
    checkScope(resource, attributes);
    // Only documents and health answer HEAD, as in the original.
    if (request.method === 'HEAD') throw verbNotAllowed();
    const own = virtual === undefined ? undefined : this.#parts.ownReaders?.get(virtual);
    if (own !== undefined && (attributes.verb === 'get' || attributes.verb === 'list'))
      return own(resource, request);
    const pending = this.#dispatch(resource, request);
    if (resource.deprecation === undefined) return pending;
    noteDeprecated(request);
    request.audit?.annotate('k8s.io/deprecated', 'true');
    const answer = await pending.catch((error: unknown) => this.#failed(error, request));
    return withWarning(answer, resource.deprecation);
  }

  #dispatch(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const { verb, subresource } = request.attributes;
    const { reads, writes } = this.#parts;
    if (resource.virtual || (subresource === '' && !resource.verbs.has(verb))) throw verbNotAllowed();
    if (request.attributes.name === '' && (verb === 'update' || verb === 'patch')) throw verbNotAllowed();
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
    throw verbNotAllowed();
  }

  async #plain(request: RoutedRequest): Promise<ApiResponse> {
    for (const handler of this.#parts.plain) {
      const response = await handler(request);
      if (response !== undefined) return response;
    }
    if (this.#belongsToApi(request.path)) throw resourceUnknown();
    return textResponse(404, '404 page not found\n');
  }

  /** Below a path that the API serves, what is missing is answered with a Status. */
  #belongsToApi(path: string): boolean {
    const [, root, group] = path.split('/');
    if (root !== 'apis') return root === 'api';
    return this.#parts.table.all.some(({ kind }) => kind.group === group);
  }
}

/** The answer with one more warning, which comes first. */
function withWarning(response: ApiResponse, text: string): ApiResponse {
  const warnings = new Warnings();
  warnings.add(text);
  const { warning = [] } = warnings.headers();
  const more = response.headers.warning ?? [];
  return { ...response, headers: { ...response.headers, warning: warning.concat(more) } };
}

function serves(resource: ApiResource, subresource: string): boolean {
  if (!OBJECT_SUBRESOURCES.has(subresource)) return false;
  const { subresources } = resource.kind;
  if (subresource === 'status') return subresources?.status === true;
  if (subresource === 'scale') return subresources?.scale !== undefined;
  return subresources?.others?.[subresource] !== undefined;
}

/** Of a namespaced kind in all namespaces there are only reads. */
const ACROSS_NAMESPACES = new Set(['list', 'watch']);
const OF_COLLECTIONS = new Set(['create', 'deletecollection', 'update', 'patch']);

/** The path names a namespace where the kind has one. Namespaces themselves are in their own. Throws what refuses it. */
function checkScope({ kind }: ApiResource, { namespace, verb, name }: RequestAttributes): void {
  if (!kind.namespaced) {
    if (namespace !== '' && !(kind.group === '' && kind.plural === 'namespaces')) throw resourceUnknown();
    return;
  }
  if (namespace !== '' || ACROSS_NAMESPACES.has(verb)) return;
  throw name === '' && OF_COLLECTIONS.has(verb) ? verbNotAllowed() : resourceUnknown();
}

/** A name that no key of the store can have. Throws BadRequest. */
function checkName({ name }: RequestAttributes): void {
  const fault = name === '.' || name === '..' ? `may not be '${name}'` : undefined;
  const held = fault ?? (name.includes('%') ? "may not contain '%'" : undefined);
  if (held !== undefined) throw badRequest(`Name parameter invalid: ${JSON.stringify(name)}: ${held}`);
}

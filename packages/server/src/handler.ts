import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { KindDefinition } from '@gantry/api/kind';
import type { AnyObject } from '@gantry/machinery/object';
import type { RequestAttributes, StateReader, UserInfo } from './request.ts';

/** The registry as other parts of the server use it: full semantics, no authentication or authorization. */
export interface RegistryAccess {
  /** Most recent state. Throws NotFound. */
  get(kind: KindDefinition, namespace: string, name: string): Promise<AnyObject>;
  create(
    kind: KindDefinition,
    object: AnyObject,
    user: UserInfo,
    options?: { readonly dryRun?: boolean },
  ): Promise<AnyObject>;
  /**
   * Reads, lets `change` edit a copy, validates and writes; reruns on conflict. Admission runs as for a client.
   * `subresource` selects the strategy (`status`, …).
   */
  modify(
    kind: KindDefinition,
    namespace: string,
    name: string,
    user: UserInfo,
    change: (object: AnyObject) => void,
    options?: {
      readonly subresource?: string;
      readonly dryRun?: boolean;
      /** Admission has seen what leads to the change, and is not asked again. */
      readonly admitted?: boolean;
    },
  ): Promise<AnyObject>;
  delete(
    kind: KindDefinition,
    namespace: string,
    name: string,
    user: UserInfo,
    options?: {
      readonly gracePeriodSeconds?: number;
      readonly uid?: string;
      readonly resourceVersion?: string;
      readonly dryRun?: boolean;
      /** Admission has seen what leads to the deletion, and is not asked again. */
      readonly admitted?: boolean;
    },
  ): Promise<void>;
}

export interface HandlerContext {
  readonly user: UserInfo;
  readonly attributes: RequestAttributes;
  readonly query: URLSearchParams;
  readonly dryRun: boolean;
  readonly state: StateReader;
  readonly registry: RegistryAccess;
  warn(text: string): void;
  /** Adds an annotation to the request's audit event; absent when nothing is recorded. */
  annotate?(key: string, value: string): void;
}

/** A kind of bodies; `older`: versions beside `version` that are taken too. */
export interface VirtualForm {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly older?: readonly string[];
}

/**
 * A resource or subresource that is not plain storage and takes one object: reviews, TokenRequest, Binding, Eviction.
 * Returns the response object. Registered under `resource` or `resource/subresource` with its group.
 */
export interface VirtualHandler {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** What a subresource takes, whose kind is not that of its resource: no other body is taken. */
  readonly form?: VirtualForm;
  create(body: AnyObject, context: HandlerContext): Promise<AnyObject>;
  /** JSON of an answer that is too large to be written in one go. Absent: JSON.stringify. */
  encode?(answer: object): Promise<string>;
}

export type HttpRequest = IncomingMessage | Http2ServerRequest;
export type HttpResponse = ServerResponse | Http2ServerResponse;

/** A subresource that takes over the connection: log, exec, attach, portforward, proxy. After authorization. */
export interface ConnectHandler {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  /** Plain request. Throws StatusError before anything was written. */
  request?(
    request: HttpRequest,
    response: HttpResponse,
    context: HandlerContext,
    rest: string,
  ): Promise<void>;
  /** HTTP/1.1 upgrade (SPDY/3.1 or WebSocket). Throws StatusError before anything was written. */
  upgrade?(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    context: HandlerContext,
    rest: string,
  ): Promise<void>;
}

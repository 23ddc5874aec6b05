import type { KindDefinition } from '@gantry/api/kind';

/** Who asks. Groups hold `system:authenticated` or `system:unauthenticated`. */
export interface UserInfo {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** What a request is about, read from its method, path and query; all that authorization sees. */
export interface RequestAttributes {
  readonly isResourceRequest: boolean;
  readonly verb: string;
  /** Resource requests only; '' where it does not apply. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** The URL path without query. */
  readonly path: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
}

/** A credential was given and is wrong: 401. No credential of this kind: undefined, the next one is asked. */
export interface Authenticator {
  authenticate(request: AuthenticationInput): Promise<UserInfo | undefined> | UserInfo | undefined;
}

export interface AuthenticationInput {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** DER of the client's verified leaf certificate, if it gave one that our client CA signed. */
  readonly clientCertificate?: Buffer;
  readonly path: string;
  /** HTTP method. Without it the request counts as unsafe where a cookie is the credential. */
  readonly method?: string;
}

export type Decision =
  | { readonly allowed: true; readonly reason: string }
  | { readonly allowed: false; readonly reason: string };

/** Synchronous: all that it needs is in memory, and it runs on each request. */
export interface Authorizer {
  authorize(user: UserInfo, attributes: RequestAttributes): Decision;
}

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** Reads of the server's own state during admission; inside a transaction, an overlay of what the set already holds. */
export interface StateReader {
  get(resource: string, namespace: string, name: string): Readonly<Record<string, unknown>> | undefined;
  /** `namespace` undefined = all. */
  list(resource: string, namespace: string | undefined): readonly Readonly<Record<string, unknown>>[];
}

export interface AdmissionRequest {
  readonly operation: Operation;
  readonly kind: KindDefinition;
  readonly attributes: RequestAttributes;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  /** Mutators change it in place. Undefined for DELETE. */
  readonly object: Record<string, unknown> | undefined;
  readonly oldObject: Readonly<Record<string, unknown>> | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  readonly state: StateReader;
  /** Texts for `Warning:` headers. */
  warn(text: string): void;
}

/** Throws a StatusError (mostly `forbidden`) to deny. */
export interface AdmissionPlugin {
  readonly name: string;
  /** Cheap test, made once per kind and operation and then cached. */
  handles(kind: KindDefinition, operation: Operation, subresource: string): boolean;
  mutate?(request: AdmissionRequest): void | Promise<void>;
  validate?(request: AdmissionRequest): void | Promise<void>;
}

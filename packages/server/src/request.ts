import type { KindDefinition } from '@gantry/api/kind';
import type { StateListener } from './auth/authorization/source.ts';

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

/** Attributes of a request for an object of a kind that no URL asked for: of the server itself, or of a part of a set. */
export function objectAttributes(
  { group, version, plural }: Pick<KindDefinition, 'group' | 'version' | 'plural'>,
  verb: string,
  { namespace, name, subresource = '' }: { namespace: string; name: string; subresource?: string },
): RequestAttributes {
  return {
    isResourceRequest: true,
    ...{ verb, group, version, resource: plural, subresource, namespace, name, path: '' },
  };
}

/** A credential was given and is wrong: 401. No credential of this kind: undefined, the next one is asked. */
export interface Authenticator {
  authenticate(request: AuthenticationInput): Promise<UserInfo | undefined> | UserInfo | undefined;
}

export interface AuthenticationInput {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names and values in turn, as they came: `headers` joins repeated ones, and a value may hold what joins them. */
  readonly rawHeaders?: readonly string[];
  /** DER of the client's verified leaf certificate, if it gave one that our client CA signed. */
  readonly clientCertificate?: Buffer;
  /** SHA-256 of the authority behind it, and its common name. */
  readonly clientAuthority?: string;
  readonly clientName?: string;
  /** Why a certificate that was given does not count. */
  readonly clientCertificateFault?: string;
  readonly path: string;
  /** HTTP method. Without it the request counts as unsafe where a cookie is the credential. */
  readonly method?: string;
  /** Filled by authenticators: audit annotations, and texts for `Warning:` headers. */
  annotations?: Record<string, string>;
  warnings?: string[];
}

export type Decision =
  | { readonly allowed: true; readonly reason: string; readonly error?: never }
  /** `error`: what kept an authorizer from deciding. It weighs more than a denial. */
  | { readonly allowed: false; readonly reason: string; readonly error?: string };

/** Synchronous: all that it needs is in memory, and it runs on each request. */
export interface Authorizer {
  authorize(user: UserInfo, attributes: RequestAttributes): Decision;
  /** Present only where others are asked too: gathers their answers for the `authorize` that follows. */
  prepare?(user: UserInfo, attributes: RequestAttributes): Promise<void>;
}

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** Reads of the server's own state during admission; inside a transaction, an overlay of what the set already holds. */
export interface StateReader {
  get(resource: string, namespace: string, name: string): Readonly<Record<string, unknown>> | undefined;
  /** `namespace` undefined = all. */
  list(resource: string, namespace: string | undefined): readonly Readonly<Record<string, unknown>>[];
}

/** The served forms of a kind whose rows several groups or versions share, and the way from one to another. */
export interface EquivalentForms {
  /** All of them, the request's own included. */
  readonly kinds: readonly KindDefinition[];
  /** Gives a new object of the kind `to`. */
  convert(
    object: Readonly<Record<string, unknown>>,
    from: KindDefinition,
    to: KindDefinition,
  ): Record<string, unknown> | Promise<Record<string, unknown>>;
}

/** Made by the first plugin whose call out changed an object: the chain then runs its mutating plugins once more. */
export interface Reinvocation {
  /** Something changed that plugins which ran before have not seen. */
  wanted: boolean;
  /** This is the second run. */
  repeating: boolean;
  /** What plugins keep from the first run to the second, by their name. */
  readonly notes: Map<string, unknown>;
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
  /** Absent when the kind is served in one form only. */
  readonly forms?: EquivalentForms;
  reinvocation?: Reinvocation;
  /** What a plugin holds for this write is given back when the write is over. Absent: nothing will be stored. */
  readonly releases?: {
    add(release: () => void): void;
    /** Keeps writes of the same name by other servers out until then. Undefined: there are no others. */
    exclusive(name: string): Promise<void> | undefined;
  };
  /** Texts for `Warning:` headers. */
  warn(text: string): void;
  /** Adds an annotation to the request's audit event; with a level, only if the event records that much. */
  annotate?(key: string, value: string, level?: 'Request'): void;
}

/** Throws a StatusError (mostly `forbidden`) to deny. */
export interface AdmissionPlugin {
  readonly name: string;
  /** Told of objects that the plugin is configured with, at the start and of each change. */
  readonly listener?: StateListener;
  /** Cheap test, made once per kind and operation and then cached. */
  handles(kind: KindDefinition, operation: Operation, subresource: string): boolean;
  mutate?(request: AdmissionRequest): void | Promise<void>;
  validate?(request: AdmissionRequest): void | Promise<void>;
}

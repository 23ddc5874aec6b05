/** What the routers need of the API server, and nothing of how it does it. */

export interface User {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
}

/** Where the frames of a watch go; in process nothing is ever unsent. */
export interface StreamSink {
  write(frames: Buffer): void;
  readonly unsent: number;
  end(): void;
}

export interface ApiRequest {
  readonly method: string;
  /** Path without query, escaped as in a URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON values are serialised; strings are sent as they are. */
  readonly body?: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
  /** Starts a watch; returns how to stop it. */
  readonly stream?: (sink: StreamSink) => () => void;
}

/** The server's whole chain after authentication, with the rights of the user it was made for. Never rejects. */
export type Dispatch = (request: ApiRequest) => Promise<ApiAnswer>;

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
  /** Still signs in with the password that Gantry made. */
  readonly passwordIsInitial: boolean;
  /** Vouched for by an OIDC issuer: no local user, no password. */
  readonly isExternal?: true;
}

export interface NewSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A session as its owner sees it. */
export interface SessionInfo {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string;
  readonly isCurrent: boolean;
}

/**
 * The only group, beside that of all who signed in, of a session whose user has not chosen a password yet: it may do that
 * and nothing else, by whichever way it comes.
 */
export const PASSWORD_CHANGE_GROUP = 'gantry:password-change';

export type PasswordCheck =
  | { readonly ok: true; readonly user: Account }
  | { readonly ok: false; readonly reason: 'wrong' }
  | { readonly ok: false; readonly reason: 'locked'; readonly retryAfterSeconds: number };

/** Local users and their sessions. An error named `UserInputError` carries a message for the person. */
export interface Accounts {
  verifyPassword(name: string, password: string): Promise<PasswordCheck>;
  changePassword(name: string, oldPassword: string, newPassword: string): Promise<void>;
  createSession(userId: string, userAgent?: string): Promise<NewSession>;
  /** Of a person whom an OIDC issuer vouches for. */
  createExternalSession(name: string, groups: readonly string[], userAgent?: string): Promise<NewSession>;
  lookupSession(token: string): Promise<Account | undefined>;
  revokeSession(token: string): Promise<void>;
  /** Sessions of whoever owns this one. */
  listSessions(token: string): Promise<readonly SessionInfo[]>;
  /** Ends one of them, or without `id` all others. */
  revokeSessions(token: string, id?: string): Promise<void>;
}

/** One line of the change log of one object. */
export interface ObjectChange {
  readonly revision: number;
  readonly op: 'create' | 'update' | 'delete';
  /** JSON text of the new state, or of the last one when it was deleted. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly author?: string;
  /** `git:COMMIT`, or `git:COMMIT NAMESPACE/APPLICATION SYNC`, for what a sync applied. */
  readonly origin?: string;
  /** The state before, and its revision; absent for a create. */
  readonly previousBody?: string;
  readonly previousRevision?: number;
}

/** Part of an object's history: revisions above `after`, up to `upTo`. */
export interface HistoryRange {
  readonly after?: number;
  readonly upTo?: number;
  readonly oldestFirst?: boolean;
}

/** Changes of one object, newest first. The caller has checked that the user may read it. */
export type ObjectHistory = (
  key: { readonly resource: string; readonly namespace: string; readonly name: string },
  limit: number,
  range?: HistoryRange,
) => Promise<readonly ObjectChange[]>;

/** An object as it was. */
export interface PastObject {
  readonly key: { readonly namespace: string; readonly name: string };
  readonly revision: number;
  /** JSON text. */
  readonly body: string;
}

/** The state of the cluster as it was. The caller has checked that the user may read it. */
export interface Past {
  /** The newest revision at a time in epoch milliseconds; undefined when the change log does not reach back so far. */
  revisionAt(timeMs: number): Promise<number | undefined>;
  /** Epoch milliseconds of the oldest change that is known. */
  oldestMs(): Promise<number | undefined>;
  /** Undefined when the change log does not reach back so far. `namespace` undefined = all. */
  listAt(
    resource: string,
    namespace: string | undefined,
    revision: number,
  ): Promise<readonly PastObject[] | undefined>;
}

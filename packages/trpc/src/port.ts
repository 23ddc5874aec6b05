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
}

export type PasswordCheck =
  | { readonly ok: true; readonly user: Account }
  | { readonly ok: false; readonly reason: 'wrong' }
  | { readonly ok: false; readonly reason: 'locked'; readonly retryAfterSeconds: number };

/** Local users and their sessions. An error named `UserInputError` carries a message for the person. */
export interface Accounts {
  verifyPassword(name: string, password: string): Promise<PasswordCheck>;
  changePassword(name: string, oldPassword: string, newPassword: string): Promise<void>;
  createSession(
    userId: string,
    userAgent?: string,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  lookupSession(token: string): Promise<Account | undefined>;
  revokeSession(token: string): Promise<void>;
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
  /** `git:COMMIT` for what a sync applied. */
  readonly origin?: string;
}

/** Changes of one object, newest first. The caller has checked that the user may read it. */
export type ObjectHistory = (
  key: { readonly resource: string; readonly namespace: string; readonly name: string },
  limit: number,
) => Promise<readonly ObjectChange[]>;

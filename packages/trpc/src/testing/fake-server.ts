import type {
  Account,
  Accounts,
  ApiAnswer,
  ApiRequest,
  ObjectChange,
  Past,
  StreamSink,
  User,
} from '../port.ts';
import { appRouter } from '../router.ts';
import { TableViews } from '../table-views.ts';
import type { Context } from '../trpc.ts';

type Answer = { readonly status: number; readonly body: unknown };

/** A server of canned answers, by `METHOD path`; remembers what it was asked. */
export class FakeServer {
  readonly requests: ApiRequest[] = [];
  readonly watches: StreamSink[] = [];
  readonly cookies: string[] = [];
  history: ObjectChange[] = [];
  past: Past = {
    revisionAt: async () => undefined,
    oldestMs: async () => undefined,
    listAt: async () => undefined,
  };
  readonly #answers = new Map<string, Answer | ((request: ApiRequest) => Answer)>();

  on(route: string, answer: Answer | ((request: ApiRequest) => Answer)): this {
    this.#answers.set(route, answer);
    return this;
  }

  readonly dispatch = async (request: ApiRequest): Promise<ApiAnswer> => {
    this.requests.push(request);
    if (request.query?.watch === 'true') {
      const stream = (sink: StreamSink): (() => void) => {
        this.watches.push(sink);
        return () => undefined;
      };
      return { status: 200, headers: {}, body: Buffer.alloc(0), stream };
    }
    const known = this.#answers.get(`${request.method} ${request.path}`);
    const answer = typeof known === 'function' ? known(request) : known;
    const { status, body } = answer ?? { status: 404, body: failure(404, 'NotFound', 'not found') };
    return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
  };

  /** A caller of all procedures as this user. */
  as(
    user: User,
    options: {
      readonly accounts?: Accounts;
      readonly sessionToken?: string;
      readonly oidcLabel?: string;
    } = {},
  ) {
    const context: Context = {
      user,
      dispatch: this.dispatch,
      accounts: options.accounts ?? new FakeAccounts(),
      history: async (
        _key,
        limit,
        { after = 0, upTo = Number.MAX_SAFE_INTEGER, oldestFirst = false } = {},
      ) => {
        const found = this.history.filter(({ revision }) => revision > after && revision <= upTo);
        return (oldestFirst ? found.toReversed() : found).slice(0, limit);
      },
      past: this.past,
      views: new TableViews(),
      oidcLabel: options.oidcLabel,
      sessionToken: options.sessionToken,
      userAgent: 'test',
      secure: false,
      setCookie: (value) => this.cookies.push(value),
    };
    return appRouter.createCaller(context);
  }
}

export const failure = (code: number, reason: string, message: string, causes: readonly object[] = []) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  reason,
  message,
  code,
  details: { causes },
});

export const admin: User = { name: 'admin', groups: ['gantry:admins', 'system:authenticated'] };
export const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** One user, `admin` with the password `right`; after three wrong ones it is locked. */
export class FakeAccounts implements Accounts {
  readonly sessions = new Set<string>();
  readonly #account: Account = { id: '1', name: 'admin', groups: ['gantry:admins'], passwordIsInitial: true };
  #failures = 0;
  #password = 'right';

  async verifyPassword(name: string, password: string) {
    if (this.#failures >= 3) return { ok: false, reason: 'locked', retryAfterSeconds: 5 } as const;
    if (name === 'admin' && password === this.#password) return { ok: true, user: this.#account } as const;
    this.#failures += 1;
    return { ok: false, reason: 'wrong' } as const;
  }
  async changePassword(_name: string, oldPassword: string, newPassword: string) {
    if (oldPassword !== this.#password)
      throw Object.assign(new Error('the old password is wrong'), { name: 'UserInputError' });
    this.#password = newPassword;
    this.sessions.clear();
  }
  async createSession() {
    const token = `token-${this.sessions.size + 1}`;
    this.sessions.add(token);
    return { token, expiresAt: new Date('2030-01-01T00:00:00Z') };
  }
  async createExternalSession() {
    return this.createSession();
  }
  async listSessions(token: string) {
    const time = new Date('2029-01-01T00:00:00Z');
    return [...this.sessions].map((one) => ({
      id: one,
      createdAt: time,
      lastSeenAt: time,
      expiresAt: time,
      userAgent: 'test',
      isCurrent: one === token,
    }));
  }
  async revokeSessions(token: string, id?: string) {
    for (const one of this.sessions)
      if (id === undefined ? one !== token : one === id) this.sessions.delete(one);
  }
  async lookupSession(token: string) {
    return this.sessions.has(token) ? this.#account : undefined;
  }
  async revokeSession(token: string) {
    this.sessions.delete(token);
  }
}

import type { StatusError } from '@gantry/machinery/status';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import type { Decision, RequestAttributes, UserInfo } from '../../request.ts';
import { forbiddenRequest } from '../authorization/denial.ts';
import {
  ANONYMOUS,
  AUTHENTICATED,
  NODES,
  parseServiceAccountUser,
  SUPERUSERS,
  serviceAccountGroups,
  UNAUTHENTICATED,
} from '../users.ts';

/** Whom a caller wants to act as. */
export interface Wish {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid: string;
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** Who the caller acts as, and by which verb it may: '' = the old one, which limits nothing. */
export interface Impersonated {
  readonly user: UserInfo;
  readonly constraint: string;
}

/** A right that an impersonation needs; answered from outside, at once or later. */
export interface Question {
  readonly user: UserInfo;
  readonly attributes: RequestAttributes;
}

type Asking<T> = Generator<Question, T, Decision>;

const AUTHENTICATION = 'authentication.k8s.io';
const NODE_PREFIX = 'system:node:';
const NODE_NAME_KEY = 'authentication.kubernetes.io/node-name';
const NODE_KEYS = 'authentication.kubernetes.io/associated-node-keys';
/** From so many values on, a right to all of them is tried first. */
const MANY = 4;

const attributesOf = (
  verb: string,
  group: string,
  resource: string,
  more: Partial<RequestAttributes>,
): RequestAttributes => ({
  ...{ isResourceRequest: true, verb, group, version: 'v1', resource, subresource: '' },
  ...{ namespace: '', name: '', path: '' },
  ...more,
});

function nodeNameOf(user: string): string | undefined {
  if (!user.startsWith(NODE_PREFIX)) return undefined;
  const name = user.slice(NODE_PREFIX.length);
  return isDNS1123Subdomain(name).length === 0 ? name : undefined;
}

/** Undefined: it is allowed. */
function* denial({ user, attributes }: Question): Asking<StatusError | undefined> {
  const decision = yield { user, attributes };
  return decision.allowed ? undefined : forbiddenRequest(user, attributes, decision.reason);
}

function extraFault(extra: Wish['extra']): string | undefined {
  for (const [key, values] of extra) {
    if (key === '') return 'impersonating the empty string key in extra is not allowed';
    const [domain = '', path = ''] = key.split('/', 2);
    if (isDNS1123Subdomain(domain).length > 0 || path === '')
      return `impersonating an invalid key in extra is not allowed: extra.key: Invalid value: ${JSON.stringify(key)}: must be a domain-prefixed path (such as "acme.io/foo")`;
    if (key !== key.toLowerCase())
      return `impersonating a non-lowercase key in extra is not allowed: ${JSON.stringify(key)}`;
    if (values.length === 0) return 'impersonating empty values in extra is not allowed';
    if (values.includes('')) return 'impersonating the empty string value in extra is not allowed';
  }
  return undefined;
}

const quoted = (list: readonly string[]): string => `[${list.map((one) => JSON.stringify(one)).join(' ')}]`;

/** The checks of one verb: `impersonate`, or `impersonate:MODE`, which limits what may be asked for. */
class Verb {
  readonly #verb: string;
  readonly #limited: boolean;
  readonly #requestor: UserInfo;
  /** Rights to any node are asked by this name. */
  readonly #anyNode: boolean;

  constructor(verb: string, requestor: UserInfo, anyNode = false) {
    this.#verb = verb;
    this.#limited = verb !== 'impersonate';
    this.#requestor = requestor;
    this.#anyNode = anyNode;
  }

  *check(wish: Wish): Asking<StatusError | Impersonated> {
    const groups = yield* this.#name(wish);
    if (!Array.isArray(groups)) return groups as StatusError;
    for (const part of [this.#uid(wish), this.#groups(wish), this.#extra(wish)]) {
      const fault = yield* part;
      if (fault !== undefined) return fault;
    }
    if (wish.user === ANONYMOUS) {
      if (!groups.includes(UNAUTHENTICATED)) groups.push(UNAUTHENTICATED);
    } else if (!groups.includes(UNAUTHENTICATED) && !groups.includes(AUTHENTICATED)) {
      groups.push(AUTHENTICATED);
    }
    return {
      constraint: this.#limited ? this.#verb : '',
      user: {
        name: wish.user,
        ...(wish.uid === '' ? {} : { uid: wish.uid }),
        groups,
        ...(wish.extra.size === 0 ? {} : { extra: Object.fromEntries(wish.extra) }),
      },
    };
  }

  #attributes(group: string, resource: string, more: Partial<RequestAttributes>): RequestAttributes {
    return attributesOf(this.#verb, group, resource, more);
  }

  #refuse(attributes: RequestAttributes, reason: string): StatusError {
    return forbiddenRequest(this.#requestor, attributes, reason);
  }

  #ask(attributes: RequestAttributes): Asking<StatusError | undefined> {
    return denial({ user: this.#requestor, attributes });
  }

  /** The groups that the user has by its name, or those asked for. */
  *#name({ user, groups }: Wish): Asking<StatusError | string[]> {
    const group = this.#limited ? AUTHENTICATION : '';
    let attributes = this.#attributes(group, 'users', { name: user });
    let own: readonly string[] = groups;
    const node = this.#limited ? nodeNameOf(user) : undefined;
    if (node !== undefined) {
      attributes = this.#attributes(group, 'nodes', { name: this.#anyNode ? '*' : node });
      if (groups.length > 0)
        return this.#refuse(
          attributes,
          `when impersonating a node, cannot impersonate groups ${quoted(groups)}`,
        );
      own = [NODES];
    }
    const account = parseServiceAccountUser(user);
    if (account !== undefined) {
      attributes = this.#attributes(group, 'serviceaccounts', account);
      if (this.#limited && groups.length > 0)
        return this.#refuse(
          attributes,
          `when impersonating a service account, cannot impersonate groups ${quoted(groups)}`,
        );
      if (groups.length === 0) own = serviceAccountGroups(account.namespace);
    }
    return (yield* this.#ask(attributes)) ?? [...own];
  }

  *#uid({ uid }: Wish): Asking<StatusError | undefined> {
    return uid === '' ? undefined : yield* this.#ask(this.#attributes(AUTHENTICATION, 'uids', { name: uid }));
  }

  *#groups({ groups }: Wish): Asking<StatusError | undefined> {
    const of = (name: string): RequestAttributes =>
      this.#attributes(this.#limited ? AUTHENTICATION : '', 'groups', { name });
    if (this.#limited && groups.includes(SUPERUSERS))
      return this.#refuse(of(SUPERUSERS), 'impersonating the system:masters group is not allowed');
    if (this.#limited && groups.length >= MANY && (yield* this.#ask(of('*'))) === undefined) return undefined;
    for (const group of groups) {
      const fault = yield* this.#ask(of(group));
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  *#extra({ extra }: Wish): Asking<StatusError | undefined> {
    if (extra.size === 0) return undefined;
    const of = (subresource: string, name: string): RequestAttributes =>
      this.#attributes(AUTHENTICATION, 'userextras', { subresource, name });
    const wrong = this.#limited ? extraFault(extra) : undefined;
    if (wrong !== undefined) return this.#refuse(of('', ''), wrong);
    const count = [...extra.values()].reduce((sum, list) => sum + list.length, 0);
    const isLarge = extra.size >= MANY || count >= MANY;
    if (this.#limited && isLarge && (yield* this.#ask(of('*', '*'))) === undefined) return undefined;
    for (const [key, values] of extra)
      for (const value of values) {
        const fault = yield* this.#ask(of(key, value));
        if (fault !== undefined) return fault;
      }
    return undefined;
  }
}

interface Mode {
  readonly name: string;
  fits(wish: Wish, requestor: UserInfo): boolean;
}

const onlyUser = ({ uid, groups, extra }: Wish): boolean =>
  uid === '' && groups.length === 0 && extra.size === 0;

function ownNode(requestor: UserInfo): string | undefined {
  const values = requestor.extra?.[NODE_NAME_KEY] ?? [];
  return parseServiceAccountUser(requestor.name) !== undefined && values.length === 1 ? values[0] : undefined;
}

/** From narrow to wide. */
const MODES: readonly Mode[] = [
  {
    name: 'associated-node',
    fits: (wish, requestor) => {
      const node = nodeNameOf(wish.user);
      return onlyUser(wish) && node !== undefined && ownNode(requestor) === node;
    },
  },
  { name: 'arbitrary-node', fits: (wish) => onlyUser(wish) && nodeNameOf(wish.user) !== undefined },
  {
    name: 'serviceaccount',
    fits: (wish) => onlyUser(wish) && parseServiceAccountUser(wish.user) !== undefined,
  },
  {
    name: 'user-info',
    fits: ({ user }) => nodeNameOf(user) === undefined && parseServiceAccountUser(user) === undefined,
  },
];

/** Who may act as some node of many is known by the keys of its extras alone. */
const byKeys = (requestor: UserInfo): UserInfo => ({
  ...requestor,
  extra: { [NODE_KEYS]: Object.keys(requestor.extra ?? {}).sort() },
});

/** The checks of one mode; undefined when it is not for this wish. */
function* attempt(
  mode: Mode | undefined,
  wish: Wish,
  requestor: UserInfo,
  request: RequestAttributes,
): Asking<StatusError | Impersonated | undefined> {
  if (mode === undefined) return yield* new Verb('impersonate', requestor).check(wish);
  if (!mode.fits(wish, requestor)) return undefined;
  const associated = mode.name === 'associated-node';
  const user = associated ? byKeys(requestor) : requestor;
  const attributes = { ...request, verb: `impersonate-on:${mode.name}:${request.verb}` };
  const fault = yield* denial({ user, attributes });
  return fault ?? (yield* new Verb(`impersonate:${mode.name}`, user, associated).check(wish));
}

/** Which way a requestor took last, by name: it is tried first, so that the old verb costs what it did. */
export type LastWays = Pick<Map<string, number>, 'get'> & { set(key: string, value: number): unknown };

/**
 * Finds a way in which the requestor may act as somebody for this request: one of the limited ones, which need a right
 * to do just this request in another's name too, else the old verb. Throws the first denial.
 * https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function* impersonate(
  wish: Wish,
  requestor: UserInfo,
  request: RequestAttributes,
  last: LastWays,
): Asking<Impersonated> {
  let first: StatusError | undefined;
  const before = last.get(requestor.name);
  const order = [...MODES.keys(), MODES.length].filter((index) => index !== before);
  for (const index of before === undefined ? order : [before, ...order]) {
    const outcome = yield* attempt(MODES[index], wish, requestor, request);
    if (outcome === undefined) continue;
    if (!(outcome instanceof Error)) {
      if (index !== before) last.set(requestor.name, index);
      return outcome;
    }
    first ??= outcome;
  }
  throw first ?? new Error('all impersonation modes failed');
}

import { badRequest } from '@gantry/machinery/status';
import { LRUCache } from 'lru-cache';
import type { AuthenticationInput, Authorizer, RequestAttributes, UserInfo } from '../../request.ts';
import { headerValues } from './credentials.ts';
import { type Impersonated, impersonate, type Wish } from './impersonation-modes.ts';
import { decodeKey } from './request-header.ts';

const EXTRA_PREFIX = 'impersonate-extra-';
/** Header values; each costs an authorization. */
const MAX_VALUES = 256;
const MAX_REMEMBERED = 10_000;

const goStrings = (list: readonly string[]): string =>
  list.length === 0 ? '[]string(nil)' : `[]string{${list.map((one) => JSON.stringify(one)).join(', ')}}`;

/** A wish without a user as the original prints it. */
function describeWish({ uid, groups, extra }: Wish): string {
  const keys = [...extra].sort(([a], [b]) => (a < b ? -1 : 1));
  const map =
    keys.length === 0
      ? 'map[string][]string(nil)'
      : `map[string][]string{${keys.map(([key, values]) => `${JSON.stringify(key)}:${goStrings(values)}`).join(', ')}}`;
  return `&user.DefaultInfo{Name:"", UID:${JSON.stringify(uid)}, Groups:${goStrings(groups)}, Extra:${map}}`;
}

/** What the headers ask for, or undefined when they ask for nothing. Throws when they name no user. */
function requested(input: AuthenticationInput): Wish | undefined {
  const [user = ''] = headerValues(input, 'impersonate-user');
  const groups = headerValues(input, 'impersonate-group', true);
  const [uid = ''] = headerValues(input, 'impersonate-uid');
  const extra = new Map<string, readonly string[]>();
  for (const name of Object.keys(input.headers))
    if (name.startsWith(EXTRA_PREFIX))
      extra.set(decodeKey(name.slice(EXTRA_PREFIX.length)), headerValues(input, name, true));
  const wish = { user, groups, uid, extra };
  if (user === '') {
    if (groups.length === 0 && uid === '' && extra.size === 0) return undefined;
    throw badRequest(`requested ${describeWish(wish)} without impersonating a user name`);
  }
  const count = groups.length + [...extra.values()].reduce((sum, list) => sum + list.length, 0);
  if (count > MAX_VALUES)
    throw badRequest(`at most ${MAX_VALUES} groups and extra values can be impersonated`);
  return wish;
}

/** Who the headers of a request ask for, once the requestor may act as them; undefined without such headers. */
type Impersonation = (
  input: AuthenticationInput,
  requestor: UserInfo,
  request: RequestAttributes,
) => Impersonated | undefined | Promise<Impersonated>;

/**
 * Reads `Impersonate-*` headers. The function that comes back gives a promise only where authorization asks others; it
 * throws (or rejects with) Forbidden, worded as for any request.
 */
export function createImpersonation(authorizer: Authorizer): Impersonation {
  const last = new LRUCache<string, number>({ max: MAX_REMEMBERED });
  return (input, requestor, request) => {
    const wish = requested(input);
    if (wish === undefined) return undefined;
    const asking = impersonate(wish, requestor, request, last);
    if (authorizer.prepare !== undefined) return answered(asking, authorizer);
    let step = asking.next();
    while (step.done !== true) {
      const { user, attributes } = step.value;
      step = asking.next(authorizer.authorize(user, attributes));
    }
    return step.value;
  };
}

async function answered(
  asking: ReturnType<typeof impersonate>,
  authorizer: Authorizer,
): Promise<Impersonated> {
  let step = asking.next();
  while (step.done !== true) {
    const { user, attributes } = step.value;
    await authorizer.prepare?.(user, attributes);
    step = asking.next(authorizer.authorize(user, attributes));
  }
  return step.value;
}

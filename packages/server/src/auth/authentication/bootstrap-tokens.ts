import { timingSafeEqual } from 'node:crypto';
import type { Secret } from '@gantry/api/generated/types';
import { parseTime } from '@gantry/machinery/time';
import type { StateReader, UserInfo } from '../../request.ts';
import { readObject } from '../state.ts';
import { withAuthenticated } from '../users.ts';

const TOKEN = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;
const GROUP = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;
const BOOTSTRAPPERS = 'system:bootstrappers';

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Undefined when one of them is no group of bootstrappers. */
function groupsOf(text: string): readonly string[] | undefined {
  const groups = text === '' ? [] : text.split(',');
  if (!groups.every((group) => GROUP.test(group))) return undefined;
  return [...new Set([BOOTSTRAPPERS, ...groups])].sort();
}

function expired(text: string, now: number): boolean {
  if (text === '') return false;
  const time = parseTime(text)?.getTime();
  return time === undefined || time <= now;
}

/**
 * Tokens by which nodes join: a Secret `bootstrap-token-ID` of kube-system. Undefined for every other token, a wrong one
 * included. https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/
 */
export function bootstrapUser(token: string, state: StateReader, now: number): UserInfo | undefined {
  const match = TOKEN.exec(token);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const [, id, secretPart] = match;
  const secret = readObject<Secret>(state, 'secrets', 'kube-system', `bootstrap-token-${id}`);
  if (secret === undefined || secret.metadata.deletionTimestamp !== undefined) return undefined;
  if (secret.type !== 'bootstrap.kubernetes.io/token') return undefined;
  const field = (key: string): string => Buffer.from(secret.data?.[key] ?? '', 'base64').toString();
  if (!same(field('token-secret'), secretPart) || field('token-id') !== id) return undefined;
  if (expired(field('expiration'), now) || field('usage-bootstrap-authentication') !== 'true')
    return undefined;
  const groups = groupsOf(field('auth-extra-groups'));
  if (groups === undefined) return undefined;
  return { name: `system:bootstrap:${id}`, groups: withAuthenticated(groups) };
}

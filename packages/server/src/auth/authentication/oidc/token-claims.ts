import type { JWTPayload } from 'jose';
import { audiencesOf } from '../service-account-claims.ts';

const NOT_BEFORE_LEEWAY_S = 300;

/** What Go calls the type of a JSON value, in its faults of decoding. */
export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value !== null && typeof value === 'object'
    ? 'object'
    : typeof value === 'boolean'
      ? 'bool'
      : typeof value;
}

/** As Go prints a list of texts with `%q`. */
export const quotedList = (list: readonly string[]): string =>
  `[${list.map((one) => JSON.stringify(one)).join(' ')}]`;

/** `2026-01-02 03:04:05 +0000 UTC` */
const timeText = (seconds: number): string => {
  const text = new Date(seconds * 1000).toISOString().replace('T', ' ').replace('Z', '');
  return `${text.replace(/\.000$/, '')} +0000 UTC`;
};

const unmarshal = (value: unknown, field: string, wanted: string): Error =>
  new Error(
    `oidc: failed to unmarshal claims: json: cannot unmarshal ${jsonType(value)} into Go struct field idToken.${field} of type ${wanted}`,
  );

/** Seconds; a number may come as text. Throws an Error. */
function seconds(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw unmarshal(value, field, 'json.Number');
  return Math.trunc(number);
}

/** The only audience that an issuer's tokens may have. Throws an Error. */
export function checkAudience(payload: JWTPayload, audience: string): void {
  const own = audiencesOf(payload);
  if (!own.includes(audience))
    throw new Error(`oidc: expected audience ${JSON.stringify(audience)} got ${quotedList(own)}`);
}

/** That a token is for one of these. Throws an Error. */
export function checkAudiences(payload: JWTPayload, audiences: ReadonlySet<string>): void {
  const own = audiencesOf(payload);
  if (!own.some((audience) => audiences.has(audience)))
    throw new Error(`oidc: expected audience in ${quotedList([...audiences].sort())} got ${quotedList(own)}`);
}

/** That claims have the types of their names. Throws an Error. */
export function checkTypes({ aud, sub }: JWTPayload): void {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud ?? ''];
  const wrong = audiences.find((one) => typeof one !== 'string');
  if (wrong !== undefined) throw unmarshal(wrong, 'aud', '[]string');
  if (sub !== undefined && sub !== null && typeof sub !== 'string') throw unmarshal(sub, 'sub', 'string');
}

/** That a token holds at `now` (milliseconds). Throws an Error. */
export function checkTimes(payload: JWTPayload, now: number): void {
  const expiry = seconds(payload.exp, 'exp');
  if (expiry === undefined || expiry < now / 1000)
    throw new Error(
      `oidc: token is expired (Token Expiry: ${expiry === undefined ? '0001-01-01 00:00:00 +0000 UTC' : timeText(expiry)})`,
    );
  const notBefore = seconds(payload.nbf, 'nbf');
  if (notBefore !== undefined && notBefore > now / 1000 + NOT_BEFORE_LEEWAY_S)
    throw new Error(
      `oidc: current time ${timeText(now / 1000)} before the nbf (not before) time: ${timeText(notBefore)}`,
    );
}

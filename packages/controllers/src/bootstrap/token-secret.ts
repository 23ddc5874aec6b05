import type { Secret } from '@gantry/api/generated/types';
import { parseTime } from '@gantry/machinery/time';

export const NAMESPACE = 'kube-system';
const TYPE = 'bootstrap.kubernetes.io/token';
const NAME = /^bootstrap-token-([a-z0-9]{6})$/;

export const isBootstrapToken = ({ type, metadata }: Secret): boolean =>
  type === TYPE && metadata.namespace === NAMESPACE;

const field = ({ data }: Secret, key: string): string => Buffer.from(data?.[key] ?? '', 'base64').toString();

/** When the token ends, epoch milliseconds: at once when that can't be read; undefined = never. */
export function expiryOf(secret: Secret): number | undefined {
  const text = field(secret, 'expiration');
  if (text === '') return undefined;
  return parseTime(text)?.getTime() ?? 0;
}

/** Id and secret part of a token that may sign `cluster-info` now. */
export function signingToken(
  secret: Secret,
  now: number,
): { readonly id: string; readonly key: string } | undefined {
  if (!isBootstrapToken(secret)) return undefined;
  const id = field(secret, 'token-id');
  const key = field(secret, 'token-secret');
  if (id === '' || key === '' || NAME.exec(secret.metadata.name)?.[1] !== id) return undefined;
  if ((expiryOf(secret) ?? Number.POSITIVE_INFINITY) <= now) return undefined;
  return field(secret, 'usage-bootstrap-signing') === 'true' ? { id, key } : undefined;
}

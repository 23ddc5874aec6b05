import type { Secret, ServiceAccount } from '@gantry/api/generated/types';

const TYPE = 'kubernetes.io/service-account-token';
export const NAME_ANNOTATION = 'kubernetes.io/service-account.name';
export const UID_ANNOTATION = 'kubernetes.io/service-account.uid';

export const isTokenSecret = ({ type }: Secret): boolean => type === TYPE;

/** Name of the account that a Secret is for; undefined when it names none. */
export const accountOf = (secret: Secret): string | undefined =>
  secret.metadata.annotations?.[NAME_ANNOTATION] || undefined;

/** Whether a Secret is for this account, and not for an older one of the name. */
export function isFor(secret: Secret, { metadata }: ServiceAccount): boolean {
  const uid = secret.metadata.annotations?.[UID_ANNOTATION] ?? '';
  return accountOf(secret) === metadata.name && (uid === '' || uid === metadata.uid);
}

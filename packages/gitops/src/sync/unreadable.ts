import type { Repository } from '@gantry/api/generated/types';

const ASKS = / wants other credentials: set secretRef to .*$/s;

/** Why a source can't be read, to who set it up: credentials that are there were not taken. */
export function whyUnreadable({ spec }: Repository, message: string): string {
  const secret = spec.secretRef?.name;
  if (secret === undefined) return message;
  return message.replace(
    ASKS,
    ` doesn't take the credentials of Secret ${secret}: they are wrong or expired, or may not read this repository`,
  );
}

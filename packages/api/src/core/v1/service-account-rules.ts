import type { ServiceAccount } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';

const MOUNTABLE = 'kubernetes.io/enforce-mountable-secrets';

/** Secrets are named; nothing else of the references is kept. */
function keepNames(account: ServiceAccount): void {
  if (account.secrets !== undefined)
    account.secrets = account.secrets.map(({ name }) => (name ? { name } : {}));
}

export const serviceAccountRules: KindRules<ServiceAccount> = {
  prepareForCreate: keepNames,
  prepareForUpdate: keepNames,
  warnings: ({ metadata }, old) =>
    metadata.annotations?.[MOUNTABLE] !== undefined && old?.metadata.annotations?.[MOUNTABLE] === undefined
      ? [
          `metadata.annotations[${MOUNTABLE}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
        ]
      : [],
};

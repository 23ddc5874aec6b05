import type { Container, EphemeralContainer, Pod, ServiceAccount } from '@gantry/api/generated/types';

const ANNOTATION = 'kubernetes.io/enforce-mountable-secrets';
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/** Whether the account's pods may use only those Secrets that it names. */
export const limitsSecrets = ({ metadata }: ServiceAccount): boolean =>
  TRUE.has(metadata.annotations?.[ANNOTATION] ?? '');

const named = (list: readonly { readonly name?: string }[] | undefined): ReadonlySet<string> =>
  new Set((list ?? []).map(({ name }) => name ?? ''));

function containerFault(
  label: string,
  container: Container | EphemeralContainer,
  allowed: ReadonlySet<string>,
  account: string,
): string | undefined {
  const fault = (what: string, secret: string): string =>
    `${label} ${container.name} with ${what} referencing secret.secretName="${secret}" is not allowed because service account ${account} does not reference that secret`;
  for (const { name, valueFrom } of container.env ?? []) {
    const secret = valueFrom?.secretKeyRef;
    if (secret !== undefined && !allowed.has(secret.name ?? ''))
      return fault(`envVar ${name}`, secret.name ?? '');
  }
  for (const { secretRef } of container.envFrom ?? [])
    if (secretRef !== undefined && !allowed.has(secretRef.name ?? ''))
      return fault('envFrom', secretRef.name ?? '');
  return undefined;
}

function firstFault(
  label: string,
  containers: readonly (Container | EphemeralContainer)[] | undefined,
  allowed: ReadonlySet<string>,
  account: string,
): string | undefined {
  for (const container of containers ?? []) {
    const fault = containerFault(label, container, allowed, account);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The first Secret of a pod that its account does not name, as an error text. */
export function secretFault({ spec }: Pod, account: ServiceAccount): string | undefined {
  const { name } = account.metadata;
  const allowed = named(account.secrets);
  for (const { secret } of spec.volumes ?? [])
    if (secret !== undefined && !allowed.has(secret.secretName ?? ''))
      return `volume with secret.secretName="${secret.secretName ?? ''}" is not allowed because service account ${name} does not reference that secret`;
  const fault =
    firstFault('init container', spec.initContainers, allowed, name) ??
    firstFault('container', spec.containers, allowed, name);
  if (fault !== undefined) return fault;
  const pullable = named(account.imagePullSecrets);
  for (const [index, secret] of (spec.imagePullSecrets ?? []).entries())
    if (!pullable.has(secret.name ?? ''))
      return `imagePullSecrets[${index}].name="${secret.name ?? ''}" is not allowed because service account ${name} does not reference that imagePullSecret`;
  return undefined;
}

export const ephemeralSecretFault = ({ spec }: Pod, account: ServiceAccount): string | undefined =>
  firstFault('ephemeral container', spec.ephemeralContainers, named(account.secrets), account.metadata.name);

import { timingSafeEqual } from 'node:crypto';
import type { Secret, ServiceAccount } from '@gantry/api/generated/types';
import type { KubeObject } from '@gantry/machinery/object';
import type { StateReader, UserInfo } from '../../request.ts';
import { tokenUses } from '../instruments.ts';
import { readObject } from '../state.ts';
import {
  parseServiceAccountUser,
  serviceAccountGroups,
  serviceAccountUser,
  withAuthenticated,
} from '../users.ts';
import { annotate, TokenFault, type TokenNotes } from './token-authenticator.ts';

export interface ObjectClaim {
  readonly name: string;
  readonly uid?: string;
}

/** The claim `kubernetes.io` of a bound token. */
export interface KubernetesClaim {
  readonly namespace: string;
  readonly serviceaccount: ObjectClaim;
  readonly pod?: ObjectClaim;
  readonly secret?: ObjectClaim;
  readonly node?: ObjectClaim;
  /** Seconds since 1970: a token used after it should have been renewed. */
  readonly warnafter?: number;
}

export interface ServiceAccountClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: readonly string[];
  readonly exp: number | undefined;
  readonly nbf: number | undefined;
  readonly iat: number | undefined;
  readonly jti?: string;
  readonly 'kubernetes.io': KubernetesClaim;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectClaim(value: unknown): ObjectClaim | undefined {
  if (!isRecord(value) || typeof value.name !== 'string' || value.name === '') return undefined;
  return {
    name: value.name,
    ...(typeof value.uid === 'string' && value.uid !== '' ? { uid: value.uid } : {}),
  };
}

/** The audiences of a payload: a text or a list of them. */
export const audiencesOf = ({ aud }: Readonly<Record<string, unknown>>): readonly string[] =>
  (Array.isArray(aud) ? aud : [aud]).filter((one): one is string => typeof one === 'string');

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Reads the payload of a token whose signature held. Undefined when it isn't of a bound service-account token. */
export function parseClaims(payload: Readonly<Record<string, unknown>>): ServiceAccountClaims | undefined {
  const { iss, sub, exp, nbf, iat, jti } = payload;
  const own = payload['kubernetes.io'];
  if (typeof iss !== 'string' || typeof sub !== 'string' || !isRecord(own)) return undefined;
  const account = objectClaim(own.serviceaccount);
  if (typeof own.namespace !== 'string' || account === undefined) return undefined;
  const [pod, secret, node] = [objectClaim(own.pod), objectClaim(own.secret), objectClaim(own.node)];
  return {
    ...{ iss, sub, exp: number(exp), nbf: number(nbf), iat: number(iat), aud: audiencesOf(payload) },
    ...(typeof jti === 'string' ? { jti } : {}),
    'kubernetes.io': {
      namespace: own.namespace,
      serviceaccount: account,
      ...(pod === undefined ? {} : { pod }),
      ...(secret === undefined ? {} : { secret }),
      ...(node === undefined ? {} : { node }),
      ...(typeof own.warnafter === 'number' ? { warnafter: own.warnafter } : {}),
    },
  };
}

const LEEWAY_MS = 60_000;
const LEEWAY_SECONDS = 60;
const INVALIDATED = 'service account token has been invalidated';

/** Deleted for longer than clocks may differ. */
function isGone(object: KubeObject, now: number): boolean {
  const deleted = object.metadata.deletionTimestamp;
  return deleted !== undefined && Date.parse(deleted) < now - LEEWAY_MS;
}

function timeFault(claims: ServiceAccountClaims, now: number): string | undefined {
  const seconds = now / 1000;
  if (claims.nbf !== undefined && seconds + LEEWAY_SECONDS < claims.nbf)
    return 'service account token is not valid yet';
  if (claims.exp !== undefined && seconds - LEEWAY_SECONDS > claims.exp)
    return 'service account token has expired';
  if (claims.iat !== undefined && seconds + LEEWAY_SECONDS < claims.iat)
    return 'service account token is issued in the future';
  return undefined;
}

function boundFault(
  state: StateReader,
  now: number,
  what: { readonly kind: string; readonly resource: string; readonly namespace: string },
  claim: ObjectClaim,
): string | undefined {
  const object = readObject(state, what.resource, what.namespace, claim.name);
  if (object === undefined) return INVALIDATED;
  if (object.metadata.uid !== claim.uid)
    return `${what.kind} UID (${object.metadata.uid ?? ''}) does not match service account ${what.kind.toLowerCase()} ref claim (${claim.uid ?? ''})`;
  return isGone(object, now) ? INVALIDATED : undefined;
}

/**
 * Checks a token's times, and what it is bound to against the state: its account, and its pod, secret or node. A
 * pod-bound token's node is information only. Returns why it does not hold, undefined when it does.
 */
export function bindingFault(
  claims: ServiceAccountClaims,
  state: StateReader,
  now: number,
): string | undefined {
  const late = timeFault(claims, now);
  if (late !== undefined) return late;
  const { namespace, serviceaccount, pod, secret, node } = claims['kubernetes.io'];
  const account = readObject(state, 'serviceaccounts', namespace, serviceaccount.name);
  if (account === undefined) return `serviceaccounts ${JSON.stringify(serviceaccount.name)} not found`;
  if (account.metadata.uid !== serviceaccount.uid)
    return `service account UID (${account.metadata.uid ?? ''}) does not match claim (${serviceaccount.uid ?? ''})`;
  if (isGone(account, now)) return `service account ${namespace}/${serviceaccount.name} has been deleted`;
  if (secret !== undefined) {
    const fault = boundFault(state, now, { kind: 'secret', resource: 'secrets', namespace }, secret);
    if (fault !== undefined) return fault;
  }
  if (pod !== undefined) return boundFault(state, now, { kind: 'pod', resource: 'pods', namespace }, pod);
  if (node !== undefined)
    return boundFault(state, now, { kind: 'node', resource: 'nodes', namespace: '' }, node);
  return undefined;
}

/** A token that lives on only because old clients do not read it anew. */
export function noteStale(claims: ServiceAccountClaims, now: number, notes: TokenNotes): void {
  const { warnafter } = claims['kubernetes.io'];
  if (warnafter === undefined || warnafter === 0) return;
  const isStale = now / 1000 > warnafter;
  (isStale ? tokenUses.stale : tokenUses.valid).add();
  if (!isStale) return;
  const late = Math.floor(now / 1000) - warnafter;
  annotate(
    notes,
    'authentication.k8s.io/stale-token',
    `subject: ${claims.sub}, seconds after warning threshold: ${late}`,
  );
}

/** The user of a token that holds. */
export function userOfClaims(claims: ServiceAccountClaims): UserInfo {
  const { namespace, serviceaccount, pod, node } = claims['kubernetes.io'];
  const extra: Record<string, readonly string[]> = {};
  const put = (key: string, value: string | undefined): void => {
    if (value !== undefined) extra[`authentication.kubernetes.io/${key}`] = [value];
  };
  put('credential-id', claims.jti === undefined ? undefined : `JTI=${claims.jti}`);
  put('node-name', node?.name);
  put('node-uid', node?.uid);
  put('pod-name', pod?.name);
  put('pod-uid', pod?.uid);
  return {
    name: serviceAccountUser(namespace, serviceaccount.name),
    ...(serviceaccount.uid === undefined ? {} : { uid: serviceaccount.uid }),
    groups: withAuthenticated(serviceAccountGroups(namespace)),
    extra,
  };
}

/** The payload of a token that lies in a Secret. */
export interface LegacyClaims {
  readonly namespace: string;
  readonly account: string;
  readonly accountUid: string;
  readonly secret: string;
}

/** Throws TokenFault with what is missing. */
export function parseLegacyClaims(payload: Readonly<Record<string, unknown>>): LegacyClaims {
  const text = (key: string): string => {
    const value = payload[key];
    return typeof value === 'string' ? value : '';
  };
  const sub = text('sub');
  const claims = {
    namespace: text('kubernetes.io/serviceaccount/namespace'),
    secret: text('kubernetes.io/serviceaccount/secret.name'),
    account: text('kubernetes.io/serviceaccount/service-account.name'),
    accountUid: text('kubernetes.io/serviceaccount/service-account.uid'),
  };
  if (sub === '') throw new TokenFault('sub claim is missing');
  if (claims.namespace === '') throw new TokenFault('namespace claim is missing');
  if (claims.secret === '') throw new TokenFault('secretName claim is missing');
  if (claims.account === '') throw new TokenFault('serviceAccountName claim is missing');
  if (claims.accountUid === '') throw new TokenFault('serviceAccountUID claim is missing');
  const user = parseServiceAccountUser(sub);
  if (user?.namespace !== claims.namespace || user.name !== claims.account)
    throw new TokenFault('sub claim is invalid');
  return claims;
}

const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';

function sameToken(stored: string | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(stored ?? '', 'base64'), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The Secret of a token that holds. `onUse` is told of the Secret, also when it was marked invalid. Throws TokenFault. */
export function checkLegacyToken(
  claims: LegacyClaims,
  token: string,
  parts: { readonly state: StateReader; readonly notes: TokenNotes; onUse(secret: Secret): void },
): void {
  const { namespace, account: name, secret: secretName } = claims;
  const { state, notes } = parts;
  const secret = readObject<Secret>(state, 'secrets', namespace, secretName);
  if (secret === undefined || secret.metadata.deletionTimestamp !== undefined)
    throw new TokenFault('Token has been invalidated');
  if (!sameToken(secret.data?.token, token)) throw new TokenFault("Token does not match server's copy");
  const account = readObject<ServiceAccount>(state, 'serviceaccounts', namespace, name);
  if (account === undefined) throw new TokenFault(`serviceaccounts ${JSON.stringify(name)} not found`);
  if (account.metadata.deletionTimestamp !== undefined)
    throw new TokenFault(`ServiceAccount ${namespace}/${name} has been deleted`);
  if (account.metadata.uid !== claims.accountUid)
    throw new TokenFault(
      `ServiceAccount UID (${account.metadata.uid ?? ''}) does not match claim (${claims.accountUid})`,
    );
  parts.onUse(secret);
  if (secret.metadata.labels?.[INVALID_SINCE]) {
    tokenUses.invalidated.add();
    annotate(notes, 'authentication.k8s.io/legacy-token-invalidated', `${secretName}/${namespace}`);
    throw new TokenFault(
      `the token in secret ${namespace}/${secretName} for service account ${namespace}/${name} has been marked invalid. Use tokens from the TokenRequest API or manually created secret-based tokens, or remove the '${INVALID_SINCE}' label from the secret to temporarily allow use of this token`,
    );
  }
  if (account.secrets?.some((ref) => ref.name === secretName)) {
    tokenUses.automatic.add();
    notes.warnings ??= [];
    notes.warnings.push(
      'Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated secret-based tokens.',
    );
    annotate(notes, 'authentication.k8s.io/legacy-token-autogenerated-secret', secretName);
  } else {
    tokenUses.manual.add();
    annotate(notes, 'authentication.k8s.io/legacy-token-manual-secret', secretName);
  }
}

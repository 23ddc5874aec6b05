import type { KubeObject } from '@gantry/machinery/object';
import type { StateReader, UserInfo } from '../../request.ts';
import { readObject } from '../state.ts';
import { serviceAccountGroups, serviceAccountUser, withAuthenticated } from '../users.ts';

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
  readonly exp: number;
  readonly nbf: number;
  readonly iat: number;
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

/** Reads the payload of a token whose signature held. Undefined when it isn't of a bound service-account token. */
export function parseClaims(payload: Readonly<Record<string, unknown>>): ServiceAccountClaims | undefined {
  const { iss, sub, aud, exp, nbf, iat, jti } = payload;
  const own = payload['kubernetes.io'];
  if (typeof iss !== 'string' || typeof sub !== 'string' || !isRecord(own)) return undefined;
  if (typeof exp !== 'number' || typeof nbf !== 'number' || typeof iat !== 'number') return undefined;
  const account = objectClaim(own.serviceaccount);
  if (typeof own.namespace !== 'string' || account === undefined) return undefined;
  if (sub !== serviceAccountUser(own.namespace, account.name)) return undefined;
  const [pod, secret, node] = [objectClaim(own.pod), objectClaim(own.secret), objectClaim(own.node)];
  const audiences = (Array.isArray(aud) ? aud : [aud]).filter(
    (one): one is string => typeof one === 'string',
  );
  return {
    ...{ iss, sub, exp, nbf, iat, aud: audiences },
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

/** The object is there with that uid, and was not deleted more than the leeway ago. */
function holds(object: KubeObject | undefined, uid: string | undefined, now: number): boolean {
  if (object === undefined || object.metadata.uid !== uid) return false;
  const deleted = object.metadata.deletionTimestamp;
  return deleted === undefined || Date.parse(deleted) >= now - LEEWAY_MS;
}

/**
 * Checks what a token is bound to against the state: its account, and its pod, secret or node. A pod-bound token's node is
 * information only. Returns why it does not hold, undefined when it does.
 */
export function bindingFault(
  claims: ServiceAccountClaims,
  state: StateReader,
  now: number,
): string | undefined {
  const { namespace, serviceaccount, pod, secret, node } = claims['kubernetes.io'];
  const check = (resource: string, ns: string, claim: ObjectClaim): boolean =>
    holds(readObject(state, resource, ns, claim.name), claim.uid, now);
  if (!check('serviceaccounts', namespace, serviceaccount)) {
    return `service account ${namespace}/${serviceaccount.name} has been deleted`;
  }
  const invalidated = 'service account token has been invalidated';
  if (secret !== undefined && !check('secrets', namespace, secret)) return invalidated;
  if (pod !== undefined && !check('pods', namespace, pod)) return invalidated;
  if (pod === undefined && node !== undefined && !check('nodes', '', node)) return invalidated;
  return undefined;
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

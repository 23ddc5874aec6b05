import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import type { ApiResponse } from '../../http/response.ts';

interface VerificationKey {
  /** As the original makes it: base64url of the SHA-256 of the DER public key. */
  readonly id: string;
  readonly algorithm: string;
  readonly key: KeyObject;
}

export interface ServiceAccountKeys {
  readonly signing: VerificationKey;
  /** By key id; holds the signing key's public half too. */
  readonly verification: ReadonlyMap<string, VerificationKey>;
}

function algorithmOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return 'RS256';
  if (key.asymmetricKeyType === 'ec') {
    const curve = key.asymmetricKeyDetails?.namedCurve;
    if (curve === 'prime256v1') return 'ES256';
    if (curve === 'secp384r1') return 'ES384';
    if (curve === 'secp521r1') return 'ES512';
  }
  throw new Error(
    `service-account key: type ${key.asymmetricKeyType ?? 'secret'} can't sign tokens; give an RSA key or an EC key on P-256, P-384 or P-521`,
  );
}

const keyId = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');

/**
 * Keys of service-account tokens, from PEM texts: one private key that signs, and public keys (or private ones) of older
 * tokens that still hold. Throws when a text is no usable key.
 */
export function loadServiceAccountKeys(
  signingPem: string,
  verificationPems: readonly string[] = [],
): ServiceAccountKeys {
  const privateKey = createPrivateKey(signingPem);
  const verification = new Map<string, VerificationKey>();
  for (const key of [createPublicKey(privateKey), ...verificationPems.map((pem) => createPublicKey(pem))]) {
    const id = keyId(key);
    verification.set(id, { id, algorithm: algorithmOf(key), key });
  }
  const id = keyId(createPublicKey(privateKey));
  return { signing: { id, algorithm: algorithmOf(privateKey), key: privateKey }, verification };
}

/** Body of `/openid/v1/jwks`. */
function jsonWebKeySet(keys: ServiceAccountKeys): { readonly keys: readonly JWK[] } {
  return {
    keys: [...keys.verification.values()].map(({ id, algorithm, key }) => ({
      use: 'sig',
      ...(key.export({ format: 'jwk' }) as JWK),
      kid: id,
      alg: algorithm,
    })),
  };
}

/** Body of `/.well-known/openid-configuration`. */
function openIdConfiguration(
  keys: ServiceAccountKeys,
  issuer: string,
  jwksUri: string,
): Readonly<Record<string, unknown>> {
  return {
    issuer,
    jwks_uri: jwksUri,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [
      ...new Set([...keys.verification.values()].map(({ algorithm }) => algorithm)),
    ].sort(),
  };
}

/** What others need to verify service-account tokens by themselves, by path. Clients may keep it for an hour. */
export function issuerDocuments(
  keys: ServiceAccountKeys,
  issuer: string,
  jwksUri: string,
): Readonly<Record<string, ApiResponse>> {
  const answer = (type: string, value: unknown): ApiResponse => ({
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'public, max-age=3600' },
    body: Buffer.from(JSON.stringify(value)),
  });
  return {
    '/.well-known/openid-configuration': answer(
      'application/json',
      openIdConfiguration(keys, issuer, jwksUri),
    ),
    '/openid/v1/jwks': answer('application/jwk-set+json', jsonWebKeySet(keys)),
  };
}

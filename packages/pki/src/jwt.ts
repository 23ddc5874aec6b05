import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** Signs a set of claims as a compact JWT. */
export type TokenSigner = (claims: Readonly<Record<string, unknown>>) => string;

const HASHES: Readonly<Record<string, readonly [string, string]>> = {
  prime256v1: ['ES256', 'sha256'],
  secp384r1: ['ES384', 'sha384'],
  secp521r1: ['ES512', 'sha512'],
};

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A signer with a private key, PEM: RSA, or EC on P-256, P-384 or P-521. The key id is that of the API server: the
 * SHA-256 of the public key. Throws an Error for another key.
 */
export function createTokenSigner(pem: string): TokenSigner {
  const key = createPrivateKey(pem);
  const [algorithm, hash] =
    key.asymmetricKeyType === 'rsa'
      ? ['RS256', 'sha256']
      : (HASHES[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? []);
  if (algorithm === undefined || hash === undefined)
    throw new Error('service-account key: give an RSA key or an EC key on P-256, P-384 or P-521');
  const kid = createHash('sha256')
    .update(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  return (claims) => {
    const signed = `${encoded({ alg: algorithm, kid })}.${encoded(claims)}`;
    const signature = sign(hash, Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  };
}

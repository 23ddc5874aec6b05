import { createHash, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { GitError } from '../git/tree.ts';
import { WireReader } from './wire.ts';

/** A public key of SSH (RFC 4253, 6.6; RFC 5656; RFC 8709; OpenSSH's PROTOCOL.u2f). */
export interface SshKey {
  readonly key: KeyObject;
  /** Of ECDSA. */
  readonly curve: string | undefined;
  /** Of a key on a security token. */
  readonly application: Buffer | undefined;
}

const RSA_MIN_BITS = 2048;
const CURVES: Readonly<Record<string, { jwk: string; bytes: number; hash: string }>> = {
  nistp256: { jwk: 'P-256', bytes: 32, hash: 'sha256' },
  nistp384: { jwk: 'P-384', bytes: 48, hash: 'sha384' },
  nistp521: { jwk: 'P-521', bytes: 66, hash: 'sha512' },
};
/** RSA by SHA-1 is none of them. */
const RSA_HASHES: Readonly<Record<string, string>> = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' };

const fromJwk = (jwk: JsonWebKey): KeyObject => createPublicKey({ key: jwk, format: 'jwk' });
const url = (bytes: Buffer): string => bytes.toString('base64url');

/** Throws GitError for a kind of key that can't be used, certificates among them. */
export function readSshKey(blob: Buffer): SshKey {
  const reader = new WireReader(blob);
  const type = reader.text();
  const token = type.startsWith('sk-');
  const application = (): Buffer | undefined => (token ? reader.string() : undefined);
  if (type === 'ssh-ed25519' || type === 'sk-ssh-ed25519@openssh.com') {
    const key = fromJwk({ kty: 'OKP', crv: 'Ed25519', x: url(reader.string()) });
    return { key, curve: undefined, application: application() };
  }
  if (/^ecdsa-sha2-nistp(256|384|521)$/.test(type) || type === 'sk-ecdsa-sha2-nistp256@openssh.com') {
    const curve = reader.text();
    const point = reader.string();
    const known = CURVES[curve];
    if (known === undefined || point[0] !== 4 || point.length !== 1 + 2 * known.bytes)
      throw new GitError(`a key on the curve ${curve} can't be used`);
    const [x, y] = [point.subarray(1, 1 + known.bytes), point.subarray(1 + known.bytes)];
    const key = fromJwk({ kty: 'EC', crv: known.jwk, x: url(x), y: url(y) });
    return { key, curve, application: application() };
  }
  if (type === 'ssh-rsa') {
    const [e, n] = [reader.mpint(), reader.mpint()];
    if (n.length * 8 < RSA_MIN_BITS) throw new GitError(`an RSA key of ${n.length * 8} bits is too short`);
    return { key: fromJwk({ kty: 'RSA', e: url(e), n: url(n) }), curve: undefined, application: undefined };
  }
  throw new GitError(`a key of type ${JSON.stringify(type.slice(0, 64))} can't be used`);
}

/** Whether a signature in SSH's form is that of the key over `data`. Throws GitError when it is malformed. */
export function sshVerify(sshKey: SshKey, signature: Buffer, data: Buffer): boolean {
  const { key, curve, application } = sshKey;
  const reader = new WireReader(signature);
  const algorithm = reader.text();
  const value = reader.string();
  const signed = application === undefined ? data : tokenData(application, reader, data);
  if (key.asymmetricKeyType === 'ed25519')
    return /^(sk-)?ssh-ed25519/.test(algorithm) && verify(null, signed, key, value);
  if (curve !== undefined) {
    const { bytes, hash } = CURVES[curve] ?? { bytes: 0, hash: 'sha256' };
    const numbers = new WireReader(value);
    const [r, s] = [numbers.mpint(), numbers.mpint()];
    if (!algorithm.includes(`ecdsa-sha2-${curve}`) || r.length > bytes || s.length > bytes) return false;
    const joined = Buffer.concat([padded(r, bytes), padded(s, bytes)]);
    return verify(hash, signed, { key, dsaEncoding: 'ieee-p1363' }, joined);
  }
  const hash = RSA_HASHES[algorithm];
  return hash !== undefined && verify(hash, signed, key, value);
}

/** What a security token signs: the touch flag has to be set. */
function tokenData(application: Buffer, reader: WireReader, data: Buffer): Buffer {
  const flags = reader.bytes(1);
  const counter = reader.bytes(4);
  if (((flags[0] ?? 0) & 1) === 0) throw new GitError('nobody touched the security key');
  return Buffer.concat([sha256(application), flags, counter, sha256(data)]);
}

const padded = (number: Buffer, bytes: number): Buffer =>
  Buffer.concat([Buffer.alloc(bytes - number.length), number]);

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** As ssh-keygen -l shows it. */
export const fingerprintOf = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;

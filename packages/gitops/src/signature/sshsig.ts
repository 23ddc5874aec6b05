import { createHash } from 'node:crypto';
import { GitError } from '../git/tree.ts';
import type { AllowedSigner } from './allowed-signers.ts';
import { fingerprintOf, readSshKey, sshVerify } from './ssh-key.ts';
import { WireReader, wireString } from './wire.ts';

const ARMOR = /^-----BEGIN SSH SIGNATURE-----\s+([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----\s*$/;
const MAGIC = 'SSHSIG';
const NAMESPACE = 'git';
const HASHES = ['sha256', 'sha512'];

/**
 * Verifies an SSH signature (OpenSSH's PROTOCOL.sshsig) over `payload`. Returns who made it, for people. Throws GitError
 * that says why nobody did.
 */
export function verifySshSignature(
  armored: string,
  payload: Buffer,
  signers: readonly AllowedSigner[],
  signedS: number,
): string {
  const reader = new WireReader(Buffer.from(ARMOR.exec(armored)?.[1] ?? '', 'base64'));
  if (reader.bytes(MAGIC.length).toString('latin1') !== MAGIC || reader.uint32() !== 1)
    throw new GitError('its signature is not one that can be read');
  const blob = reader.string();
  const namespace = reader.text();
  const reserved = reader.string();
  const hash = reader.text();
  const signature = reader.string();
  if (namespace !== NAMESPACE)
    throw new GitError(
      `its signature was made for ${JSON.stringify(namespace.slice(0, 64))}, not for ${NAMESPACE}`,
    );
  if (!HASHES.includes(hash))
    throw new GitError(`its signature uses the hash ${JSON.stringify(hash.slice(0, 32))}`);
  const named = signers.filter((signer) => signer.blob.equals(blob));
  if (named.length === 0)
    throw new GitError(
      `it is signed with the SSH key ${fingerprintOf(blob)}, which is not in allowed_signers`,
    );
  const signer = named.find((one) => isMeant(one, signedS));
  if (signer === undefined)
    throw new GitError(
      `it is signed with the SSH key ${fingerprintOf(blob)}, which allowed_signers does not accept for commits of that time`,
    );
  const signed = Buffer.concat([
    Buffer.from(MAGIC),
    wireString(namespace),
    wireString(reserved),
    wireString(hash),
    wireString(createHash(hash).update(payload).digest()),
  ]);
  if (!sshVerify(readSshKey(blob), signature, signed))
    throw new GitError('its signature does not fit it: it was changed');
  return signer.principals;
}

const isMeant = ({ namespaces, validAfterS, validBeforeS }: AllowedSigner, signedS: number): boolean =>
  (namespaces === undefined || namespaces.includes(NAMESPACE)) &&
  (validAfterS === undefined || signedS >= validAfterS) &&
  (validBeforeS === undefined || signedS < validBeforeS);

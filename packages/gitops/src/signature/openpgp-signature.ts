import { GitError } from '../git/tree.ts';

/**
 * Verifies a detached OpenPGP signature (RFC 9580) over `payload` with public keys, each armored or binary. Returns who
 * made it, for people. Throws GitError that says why nobody did: also a key that has expired or was revoked by now, since
 * who has such a key can write any date into a commit.
 */
export async function verifyOpenPgpSignature(
  armored: string,
  payload: Buffer,
  keyFiles: readonly Buffer[],
): Promise<string> {
  // Large, and needed only where signatures are asked for.
  const openpgp = await import('openpgp');
  const keys = (
    await Promise.all(
      keyFiles.map((file) =>
        file.includes('-----BEGIN PGP')
          ? openpgp.readKeys({ armoredKeys: file.toString('utf8') })
          : openpgp.readKeys({ binaryKeys: new Uint8Array(file) }),
      ),
    ).catch((error: unknown) => {
      throw new GitError(`the trusted OpenPGP keys can't be read: ${wordsOf(error)}`);
    })
  ).flat();
  const signature = await openpgp.readSignature({ armoredSignature: armored }).catch((error: unknown) => {
    throw new GitError(`its signature can't be read: ${wordsOf(error)}`);
  });
  const message = await openpgp.createMessage({ binary: new Uint8Array(payload) });
  const { signatures } = await openpgp.verify({ message, signature, verificationKeys: keys });
  let why = 'its signature is empty';
  for (const one of signatures) {
    const id = one.keyID.toHex().toUpperCase();
    const key = keys.find((candidate) => candidate.getKeys(one.keyID).length > 0);
    try {
      await one.verified;
      // A key may be there twice, before and after it was revoked.
      for (const candidate of keys)
        if (candidate.getKeys(one.keyID).length > 0) await candidate.getSigningKey(one.keyID, new Date());
      return key?.getUserIDs()[0] ?? id;
    } catch (error) {
      why =
        key === undefined
          ? `it is signed with the OpenPGP key ${id}, which is not among the trusted ones`
          : `its signature with the OpenPGP key ${id} is not valid: ${wordsOf(error)}`;
    }
  }
  throw new GitError(why);
}

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '';

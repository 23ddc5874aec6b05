import { git } from '../git/command.ts';
import { GitError } from '../git/tree.ts';
import { type AllowedSigner, parseAllowedSigners } from './allowed-signers.ts';
import { verifyOpenPgpSignature } from './openpgp-signature.ts';
import { takeApart } from './signed-commit.ts';
import { verifySshSignature } from './sshsig.ts';

export interface TrustedKeys {
  /** Public keys, armored or binary. */
  readonly openPgp: readonly Buffer[];
  readonly ssh: readonly AllowedSigner[];
}

/** A commit that must not be applied. */
export class SignatureError extends GitError {
  constructor(commit: string, why: string) {
    super(`commit ${commit.slice(0, 7)} is refused: ${why}`);
    this.name = 'SignatureError';
  }
}

const COMMIT_LIMIT_BYTES = 1 << 20;

/** The keys in the entries of a Secret: what ends in .asc or .gpg, and allowed_signers. */
export function trustedKeys(entries: ReadonlyMap<string, Buffer>): TrustedKeys {
  return {
    openPgp: [...entries].flatMap(([name, value]) => (/\.(asc|gpg)$/.test(name) ? [value] : [])),
    ssh: parseAllowedSigners(entries.get('allowed_signers')?.toString('utf8') ?? ''),
  };
}

/** Who signed a commit, for people. Throws SignatureError unless that is one of the trusted keys. */
export async function verifyCommit(
  repository: string,
  commit: string,
  keys: TrustedKeys,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const raw = await git(['cat-file', 'commit', commit], {
    cwd: repository,
    env,
    outputLimitBytes: COMMIT_LIMIT_BYTES,
  });
  try {
    const { payload, signature, committedS } = takeApart(raw, commit);
    if (signature === undefined)
      throw new GitError('it is not signed, and the Repository asks for signatures');
    if (signature.includes('-----BEGIN SSH SIGNATURE-----'))
      return verifySshSignature(signature, payload, keys.ssh, committedS);
    if (signature.includes('-----BEGIN PGP SIGNATURE-----'))
      return await verifyOpenPgpSignature(signature, payload, keys.openPgp);
    throw new GitError('its signature is neither of OpenPGP nor of SSH');
  } catch (error) {
    throw new SignatureError(commit, error instanceof Error ? error.message : String(error));
  }
}

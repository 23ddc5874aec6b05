import type { Repository } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { SignatureError, trustedKeys, verifyCommit } from '../signature/verify-commit.ts';
import { repositorySecret } from './repository-secret.ts';

const KEPT_MS = 60_000;
const KEPT_MAX = 1_000;

/** Refuses commits without a signature that the Repository trusts, where it asks for one. */
export class CommitVerifier {
  readonly #client: Client;
  /** Until when a commit that was all right is taken as such: it is looked at again and again. */
  readonly #verified = new Map<string, number>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** `path`: the repository or clone that holds the commit. Throws SignatureError. */
  async verify(
    repository: Repository,
    path: string,
    commit: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const name = repository.spec.verify?.secretRef.name;
    if (name === undefined) return;
    const { uid, generation } = repository.metadata;
    const key = `${uid} ${generation} ${commit}`;
    if ((this.#verified.get(key) ?? 0) > performance.now()) return;
    const entries = await repositorySecret(this.#client, repository, name, 'spec.verify.secretRef');
    const keys = trustedKeys(entries);
    if (keys.openPgp.length === 0 && keys.ssh.length === 0)
      throw new SignatureError(
        commit,
        `Secret ${name} holds no keys to trust: a key that ends in .asc or .gpg, or allowed_signers`,
      );
    await verifyCommit(path, commit, keys, env);
    if (this.#verified.size >= KEPT_MAX) this.#verified.clear();
    this.#verified.set(key, performance.now() + KEPT_MS);
  }
}

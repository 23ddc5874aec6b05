import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Address } from './address.ts';
import { GitError } from './tree.ts';

/** What a repository's Secret holds: each server takes the part it understands. */
export interface Credentials {
  readonly username?: string;
  /** Or a token. */
  readonly password?: string;
  /** A private key for SSH, as OpenSSH writes it. */
  readonly identity?: string;
  readonly knownHosts?: string;
  /** PEM of the authorities that may sign the server's certificate, instead of the machine's. */
  readonly ca?: string;
}

/** Keys as files, for as long as one command runs; `folder` is emptied when the process starts. */
export async function withKeyFiles<T>(
  folder: string,
  contents: Readonly<Record<string, string | undefined>>,
  work: (paths: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const wanted = Object.entries(contents).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  if (wanted.length === 0) return work({});
  const own = await mkdtemp(join(folder, 'keys-'));
  try {
    const paths: Record<string, string> = {};
    for (const [name, text] of wanted) {
      paths[name] = join(own, name);
      // OpenSSH refuses a key whose last line has no end.
      await writeFile(paths[name], `${text.replaceAll('\r\n', '\n').trimEnd()}\n`, { mode: 0o600 });
    }
    return await work(paths);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** What SSH needs that an https:// address doesn't. Throws GitError when the Secret lacks it. */
export function requireSshKeys(address: Address, credentials: Credentials | undefined): void {
  if (credentials?.identity === undefined)
    throw new GitError(
      `${address.url} is reached by SSH: set secretRef to a Secret with the keys identity and known_hosts`,
    );
  if (credentials.knownHosts === undefined)
    throw new GitError(
      `the Secret of ${address.url} lacks known_hosts, without which nobody knows whether the host is the right one: ssh-keyscan ${address.host} prints what to compare and put there`,
    );
}

export const basicAuthorization = ({ username, password }: Credentials): string | undefined =>
  password === undefined
    ? undefined
    : `Basic ${Buffer.from(`${username ?? 'git'}:${password}`).toString('base64')}`;

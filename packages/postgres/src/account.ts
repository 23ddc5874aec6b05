import { chmod, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The operating system's user that Postgres runs as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root: then the owner of existing data, else `postgres`, else `nobody`.
 * Undefined when this process is not root and Postgres simply runs as the same user.
 */
export async function chooseAccount(dataFolder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const owner = await stat(dataFolder).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) {
    return { name: accounts.find(({ uid }) => uid === owner.uid)?.name ?? String(owner.uid), ...pick(owner) };
  }
  const account =
    accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody');
  if (account === undefined) {
    throw new Error('Postgres does not run as root, and neither a user "postgres" nor "nobody" exists');
  }
  return account;
}

/**
 * Makes sure that the account can reach `folder`. Only the folder directly above (Gantry's own) is opened for passing
 * through; further up the permissions are somebody else's, and an Error says which folder is in the way.
 */
export async function ensureReachable(folder: string, account: Account): Promise<void> {
  const parent = dirname(folder);
  for (let current = parent; ; current = dirname(current)) {
    const { mode, uid, gid } = await stat(current);
    const open =
      (mode & 0o001) !== 0 ||
      (uid === account.uid && (mode & 0o100) !== 0) ||
      (gid === account.gid && (mode & 0o010) !== 0);
    if (!open) {
      if (current !== parent) {
        throw new Error(
          `Postgres runs as user "${account.name}", which can't enter ${current}: choose a data folder elsewhere (--data), or chmod o+x ${current}`,
        );
      }
      await chmod(current, (mode & 0o777) | 0o011);
    }
    if (current === dirname(current)) return;
  }
}

function pick({ uid, gid }: { uid: number; gid: number }): { uid: number; gid: number } {
  return { uid, gid };
}

function parsePasswd(text: string): Account[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

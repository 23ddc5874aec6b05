import type { Address } from './address.ts';
import { GitCommandError } from './command.ts';
import { FETCH_LIMIT_BYTES } from './remote-command.ts';
import { GitError } from './tree.ts';

type Rule = readonly [RegExp, (address: Address) => string];

const MEBIBYTES = FETCH_LIMIT_BYTES / 2 ** 20;

/** What git and ssh print, and what it means to whoever set up the Repository. First match wins. */
const RULES: readonly Rule[] = [
  [
    /Authentication failed|could not read (Username|Password)|returned error: 40[13]/,
    ({ url }) =>
      `${url} wants other credentials: set secretRef to a Secret with username and password, or token`,
  ],
  [
    /Host key verification failed|No \S+ host key is known/,
    ({ url, host }) =>
      `the host key of ${url} is not the one in known_hosts of the Secret: compare it with what ssh-keyscan ${host} prints, and somebody may be in between`,
  ],
  [
    /Permission denied \(|error in libcrypto|invalid format|incorrect passphrase/,
    ({ url }) =>
      `${url} doesn't take the key: identity in the Secret has to be a private key without a passphrase whose public half the server knows`,
  ],
  [
    /cannot run ssh|ssh: (command )?not found/,
    ({ url }) =>
      `${url} is reached by SSH, and there is no program ssh beside the sync: install it (Debian: openssh-client)`,
  ],
  [/returned error: 404|repository '.*' not found/, ({ url }) => `${url} is not a Git repository (404)`],
  [
    /does not appear to be a git repository|Repository not found|not valid: is this a git repository/i,
    ({ url }) => `${url} is not a Git repository`,
  ],
  [
    /died of signal 25|File too large/,
    ({ url }) =>
      `${url} can't be read: what it sends is larger than ${MEBIBYTES} MiB; keep large files out of Git, or in Git LFS`,
  ],
  [
    /out of memory|cannot allocate|malloc failed/i,
    ({ url }) => `${url} can't be read: what it sends needs too much memory`,
  ],
  [
    /index-pack failed|invalid index-pack output|early EOF|bad pack|pack has bad|inflate|unpack|corrupt|sha1 mismatch/i,
    ({ url }) => `${url} sent a pack that is damaged or not complete; nothing of it was kept`,
  ],
];

const NOISE = /^(fatal|error|remote): |^(warning: .*|Please make sure.*|and the repository exists\.)$/g;

/** An error of a remote command in words. */
export function remoteError(error: unknown, address: Address): GitError {
  if (!(error instanceof GitError)) throw error;
  if (!(error instanceof GitCommandError)) return error;
  const told = `${error.message}\n${error.output}`;
  for (const [pattern, text] of RULES) if (pattern.test(told)) return new GitError(text(address));
  const lines = error.output
    .split('\n')
    .map((line) => line.replace(NOISE, '').trim())
    .filter(Boolean);
  const late = error.message.startsWith('no answer') ? error.message : undefined;
  return new GitError(`${address.url} can't be read: ${late ?? lines[0] ?? error.message}`.slice(0, 1_000));
}

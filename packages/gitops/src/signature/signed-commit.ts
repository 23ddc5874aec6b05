import { GitError } from '../git/tree.ts';

/** A commit taken apart. */
export interface SignedCommit {
  /** What the signature is about: the commit without it. */
  readonly payload: Buffer;
  /** Armored; undefined when the commit isn't signed. */
  readonly signature: string | undefined;
  /** Epoch seconds of the committer. */
  readonly committedS: number;
}

const SIGNATURES = { sha1: 'gpgsig', sha256: 'gpgsig-sha256' } as const;
const COMMITTER = /^committer .*> (\d{1,12}) [+-]\d{4}$/;

/**
 * Takes a commit object apart as Git signs it: every signature header is left out of what is signed. Throws GitError
 * when there are two, of which nobody can say which one counts.
 */
export function takeApart(raw: Buffer, commit: string): SignedCommit {
  const end = raw.indexOf('\n\n');
  const head = raw.toString('latin1', 0, end < 0 ? raw.length : end);
  const wanted = commit.length === 64 ? SIGNATURES.sha256 : SIGNATURES.sha1;
  const kept: string[] = [];
  const found: string[] = [];
  let committedS = 0;
  for (const header of headersOf(head)) {
    const name = header.slice(0, header.indexOf(' '));
    if (name === wanted) found.push(header.slice(name.length + 1).replaceAll('\n ', '\n'));
    else if (name !== SIGNATURES.sha1 && name !== SIGNATURES.sha256) kept.push(header);
    if (name === 'committer') committedS = Number(COMMITTER.exec(header)?.[1] ?? 0);
  }
  if (found.length > 1)
    throw new GitError(`commit ${commit.slice(0, 7)} has ${found.length} signatures: one is expected`);
  const rest = end < 0 ? Buffer.alloc(0) : raw.subarray(end);
  return {
    payload: Buffer.concat([Buffer.from(kept.join('\n'), 'latin1'), rest]),
    signature: found[0],
    committedS,
  };
}

/** Headers with the lines that continue them, which begin with a space. */
function headersOf(head: string): string[] {
  const headers: string[] = [];
  for (const line of head.split('\n')) {
    if (line.startsWith(' ') && headers.length > 0) headers[headers.length - 1] += `\n${line}`;
    else headers.push(line);
  }
  return headers;
}

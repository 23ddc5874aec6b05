/** One line of a hook's input: `OLD NEW REF`. */
export interface RefUpdate {
  readonly oldCommit: string;
  readonly newCommit: string;
  readonly ref: string;
  /** Of refs/heads/…; undefined for others. */
  readonly branch: string | undefined;
  /** Of refs/tags/…. */
  readonly tag: string | undefined;
  readonly creates: boolean;
  readonly deletes: boolean;
}

const ZERO = /^0+$/;

export function parseRefUpdates(text: string): RefUpdate[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [oldCommit = '', newCommit = '', ref = ''] = line.split(' ');
      const below = (prefix: string): string | undefined =>
        ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
      return {
        oldCommit,
        newCommit,
        ref,
        branch: below('refs/heads/'),
        tag: below('refs/tags/'),
        creates: ZERO.test(oldCommit),
        deletes: ZERO.test(newCommit),
      };
    });
}

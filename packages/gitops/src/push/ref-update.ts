/** One line of a hook's input: `OLD NEW REF`. */
export interface RefUpdate {
  readonly oldCommit: string;
  readonly newCommit: string;
  readonly ref: string;
  /** Of refs/heads/…; undefined for tags and others. */
  readonly branch: string | undefined;
  readonly deletes: boolean;
}

const ZERO = /^0+$/;

export function parseRefUpdates(text: string): RefUpdate[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [oldCommit = '', newCommit = '', ref = ''] = line.split(' ');
      const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined;
      return { oldCommit, newCommit, ref, branch, deletes: ZERO.test(newCommit) };
    });
}

import { expect, test } from 'vitest';
import { parseAddress } from './address.ts';
import { GitCommandError } from './command.ts';
import { remoteError } from './remote-errors.ts';
import { GitError } from './tree.ts';

const address = parseAddress('ssh://git@example.com/a.git');
const said = (output: string, message = 'failed'): string =>
  remoteError(new GitCommandError(message, output), address).message;

test.each([
  ['error: cannot run ssh: No such file or directory\nfatal: unable to fork', 'there is no program ssh'],
  ['Host key verification failed.\nfatal: Could not read from remote repository.', 'the host key of'],
  ['git@example.com: Permission denied (publickey).', "doesn't take the key"],
  ["fatal: Authentication failed for 'https://x/'", 'wants other credentials'],
  [
    'fatal: write error: File too large\nfatal: fetch-pack: invalid index-pack output',
    'is larger than 256 MiB',
  ],
  ['fatal: Out of memory, malloc failed (tried to allocate 1 bytes)', 'needs too much memory'],
  ['fatal: early EOF\nfatal: fetch-pack: invalid index-pack output', 'damaged or not complete'],
  [
    'ERROR: Repository not found.\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.',
    'is not a Git repository',
  ],
])('%j is put in words', (output, words) => {
  expect(said(output)).toContain(words);
});

test('what nobody foresaw is told as it is, without the noise', () => {
  expect(said("warning: something\nfatal: unable to access 'x': the moon is full\n")).toBe(
    "ssh://git@example.com/a.git can't be read: unable to access 'x': the moon is full",
  );
  expect(said('', 'no answer within 20 s')).toBe(
    "ssh://git@example.com/a.git can't be read: no answer within 20 s",
  );
  const known = new GitError('already in words');
  expect(remoteError(known, address)).toBe(known);
  expect(() => remoteError(new TypeError('a bug'), address)).toThrow('a bug');
});

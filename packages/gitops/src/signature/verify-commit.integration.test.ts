import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessage, generateKey, readKey, readPrivateKey, revokeKey, sign } from 'openpgp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorkTree, type WorkTree } from '../testing/git-client.ts';
import { trustedKeys, verifyCommit } from './verify-commit.ts';

let root: string;
let tree: WorkTree;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gantry-signed-'));
  tree = await makeWorkTree(root);
});
afterAll(() => Promise.all([tree.remove(), rm(root, { recursive: true, force: true })]));

const secret = (entries: Readonly<Record<string, string>>) =>
  trustedKeys(new Map(Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)])));

/** Makes a key with ssh-keygen; returns its public half as in a .pub file. */
async function sshKey(name: string, ...type: readonly string[]): Promise<string> {
  execFileSync('ssh-keygen', ['-q', '-t', ...type, '-N', '', '-C', name, '-f', join(root, name)]);
  return (await readFile(join(root, `${name}.pub`), 'utf8')).trim();
}

/** A commit that git itself signs with ssh-keygen. */
async function sshCommit(name: string): Promise<string> {
  const config = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${join(root, name)}`];
  const said = await tree.git(...config, 'commit', '--allow-empty', '-S', '-m', `Signed by ${name}\n\nMore.`);
  expect(said.code, said.text).toBe(0);
  return (await tree.git('rev-parse', 'HEAD')).text.trim();
}

/** A commit signed as git would by gpg, without one. */
async function openPgpCommit(armoredKey: string, date = new Date()): Promise<string> {
  const unsigned = await tree.commit({ 'p.txt': crypto.randomUUID() });
  const raw = (await tree.git('cat-file', 'commit', unsigned)).text;
  const signature = await sign({
    message: await createMessage({ binary: new TextEncoder().encode(raw) }),
    signingKeys: await readPrivateKey({ armoredKey }),
    detached: true,
    date,
  });
  const header = `gpgsig ${String(signature).trimEnd().replaceAll('\r\n', '\n').replaceAll('\n', '\n ')}`;
  const at = raw.indexOf('\n\n');
  await writeFile(join(root, 'signed'), `${raw.slice(0, at)}\n${header}${raw.slice(at)}`);
  return (
    await tree.git('hash-object', '-t', 'commit', '-w', '--literally', join(root, 'signed'))
  ).text.trim();
}

const why = (commit: string, entries: Readonly<Record<string, string>>): Promise<unknown> =>
  verifyCommit(tree.path, commit, secret(entries)).then(
    () => 'accepted',
    (error: Error) => error.message,
  );

describe('a commit signed by SSH', () => {
  test.each([
    ['ed25519', ['ed25519']],
    ['rsa', ['rsa', '-b', '3072']],
    ['ecdsa-256', ['ecdsa', '-b', '256']],
    ['ecdsa-521', ['ecdsa', '-b', '521']],
  ])('with a key of type %s is accepted when the key is allowed', async (name, type) => {
    const key = await sshKey(name, ...type);
    const commit = await sshCommit(name);
    const keys = secret({ allowed_signers: `# the team\nann@example.com namespaces="git" ${key}\n` });
    expect(await verifyCommit(tree.path, commit, keys)).toBe('ann@example.com');
  });

  test('is refused otherwise, in words', async () => {
    const [mine, other] = [await sshKey('mine', 'ed25519'), await sshKey('other', 'ed25519')];
    const commit = await sshCommit('mine');
    const start = `commit ${commit.slice(0, 7)} is refused: `;
    expect(await why(commit, { allowed_signers: `ann ${other}` })).toMatch(
      new RegExp(
        `^${start}it is signed with the SSH key SHA256:[\\w/+]{43}, which is not in allowed_signers$`,
      ),
    );
    for (const options of ['namespaces="file"', 'valid-before="20200101"', 'valid-after="29990101"'])
      expect(await why(commit, { allowed_signers: `ann ${options} ${mine}` })).toContain(
        'which allowed_signers does not accept for commits of that time',
      );
    for (const options of ['cert-authority', 'no-touch-required', 'valid-after="soon"'])
      expect(await why(commit, { allowed_signers: `ann ${options} ${mine}` })).toContain(
        'not in allowed_signers',
      );
    expect(
      await why(commit, { allowed_signers: `ann valid-after="20200101Z",namespaces="x,git" ${mine}` }),
    ).toBe('accepted');
  });

  test('that was changed afterwards is refused', async () => {
    const key = await sshKey('changed', 'ed25519');
    const raw = (await tree.git('cat-file', 'commit', await sshCommit('changed'))).text;
    await writeFile(join(root, 'raw'), raw.replace('More.', 'Less.'));
    const forged = (await tree.git('hash-object', '-t', 'commit', '-w', join(root, 'raw'))).text.trim();
    expect(await why(forged, { allowed_signers: `ann ${key}` })).toContain('it was changed');
    const garbage = raw.replace(
      /gpgsig [\s\S]*?-----END/,
      'gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END',
    );
    await writeFile(join(root, 'raw'), garbage);
    const broken = (
      await tree.git('hash-object', '-t', 'commit', '-w', '--literally', join(root, 'raw'))
    ).text.trim();
    expect(await why(broken, { allowed_signers: `ann ${key}` })).toMatch(/is refused: it ends too early/);
  });

  test('of another object than it names is not made believe by a replacement', async () => {
    const key = await sshKey('replaced', 'ed25519');
    const signed = await sshCommit('replaced');
    const unsigned = await tree.commit({ 'evil.yaml': 'a: 1\n' });
    await tree.git('replace', unsigned, signed);
    expect(await why(unsigned, { allowed_signers: `ann ${key}` })).toContain('it is not signed');
    await tree.git('replace', '--delete', unsigned);
  });
});

describe('a commit signed by OpenPGP', () => {
  test.each(['curve25519', 'rsa'] as const)('with a key of type %s', async (type) => {
    const make = (name: string) =>
      generateKey({ type, rsaBits: 2048, userIDs: [{ name, email: `${name}@example.com` }] });
    const [ann, eve] = [await make('ann'), await make('eve')];
    const commit = await openPgpCommit(ann.privateKey);
    const keys = secret({ 'team.asc': eve.publicKey, 'ann.gpg': ann.publicKey, 'notes.txt': 'hello' });
    expect(await verifyCommit(tree.path, commit, keys)).toBe('ann <ann@example.com>');
    expect(await why(commit, { 'team.asc': eve.publicKey })).toMatch(
      /it is signed with the OpenPGP key [0-9A-F]{16}, which is not among the trusted ones/,
    );
    const raw = (await tree.git('cat-file', 'commit', commit)).text;
    await writeFile(join(root, 'raw'), raw.replace('Change p.txt', 'Change q.txt'));
    const forged = (await tree.git('hash-object', '-t', 'commit', '-w', join(root, 'raw'))).text.trim();
    expect(await why(forged, { 'ann.asc': ann.publicKey })).toMatch(
      /its signature with the OpenPGP key .* is not valid/,
    );
    expect(await why(commit, { 'bad.asc': 'no key' })).toMatch(/the trusted OpenPGP keys can't be read/);
  });
});

describe('an OpenPGP key', () => {
  const ID = { userIDs: [{ name: 'ann', email: 'ann@example.com' }] };

  test('that has expired is no longer believed, whatever the date of the signature', async () => {
    const past = new Date(Date.now() - 7_200_000);
    const { privateKey, publicKey } = await generateKey({ ...ID, date: past, keyExpirationTime: 3_600 });
    const inTime = new Date(Date.now() - 5_400_000);
    const commit = await openPgpCommit(privateKey, inTime);
    expect(await why(commit, { 'ann.asc': publicKey })).toMatch(/is not valid: .*expired/);
  });

  test('that was revoked is not believed, although an older copy of it lies beside', async () => {
    const { privateKey, publicKey, revocationCertificate } = await generateKey(ID);
    const commit = await openPgpCommit(privateKey);
    expect(await why(commit, { 'ann.asc': publicKey })).toBe('accepted');
    const revoked = await revokeKey({
      key: await readKey({ armoredKey: publicKey }),
      revocationCertificate,
      format: 'armored',
    });
    for (const names of [
      ['a.asc', 'b.asc'],
      ['b.asc', 'a.asc'],
    ] as const)
      expect(await why(commit, { [names[0]]: publicKey, [names[1]]: revoked.publicKey })).toMatch(
        /is not valid: .*revoked/,
      );
    expect(await why(commit, { 'ann.asc': revoked.publicKey })).toMatch(/is not valid: .*revoked/);
  });
});

test('a commit that nobody signed is refused', async () => {
  const commit = await tree.commit({ 'u.yaml': 'u: 1\n' });
  expect(await why(commit, { allowed_signers: `ann ${await sshKey('unused', 'ed25519')}` })).toBe(
    `commit ${commit.slice(0, 7)} is refused: it is not signed, and the Repository asks for signatures`,
  );
});

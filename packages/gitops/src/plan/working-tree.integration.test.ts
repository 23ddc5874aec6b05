import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findWorkingFolder, remotesOf, workingTree } from './working-tree.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'gantry-tree-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = async (files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true });
    await writeFile(join(root, name), text);
  }
};
const git = (...args: string[]): void => {
  execFileSync('git', args, { cwd: root, stdio: 'ignore' });
};
const listed = async (folder: string, path: string): Promise<string[]> => {
  const tree = workingTree(await findWorkingFolder(folder));
  return (await tree.list(path)).map(({ path: name, type }) =>
    type === 'file' ? name : `${name} (${type})`,
  );
};

test('a working tree is what may be committed: changes and new files, nothing that is ignored or gone', async () => {
  git('init', '--quiet');
  git('remote', 'add', 'origin', 'http://user:secret@127.0.0.1:8080/git/shop.git');
  git('remote', 'add', 'a', 'git@example.com:team/shop.git');
  await put({
    'a.yaml': 'old',
    'gone.yaml': 'x',
    '.gitignore': 'out/\n',
    'out/x.yaml': 'x',
    'deploy/b.yaml': 'b',
  });
  git('add', '--all');
  await rm(join(root, 'gone.yaml'));
  await put({ 'a.yaml': 'new', 'deploy/new.yaml': 'n' });
  await symlink('/etc/passwd', join(root, 'deploy/link.yaml'));
  const deploy = join(root, 'deploy');
  const folder = await findWorkingFolder(deploy);
  expect(folder).toEqual({ root, path: 'deploy', isRepository: true });
  expect(await remotesOf(folder)).toEqual([
    'http://user:secret@127.0.0.1:8080/git/shop.git',
    'git@example.com:team/shop.git',
  ]);
  expect(await listed(deploy, '.')).toEqual([
    '.gitignore',
    'a.yaml',
    'deploy/b.yaml',
    'deploy/link.yaml (symlink)',
    'deploy/new.yaml',
  ]);
  expect(await listed(deploy, 'deploy')).toHaveLength(3);
  const tree = workingTree(folder);
  const [, file] = await tree.list('');
  expect(String((await tree.read(file === undefined ? [] : [file]))[0])).toBe('new');
  await expect(tree.list('nowhere')).rejects.toThrow('there is no folder "nowhere"');
  await expect(tree.list('../..')).rejects.toThrow('leaves the repository');
});

test('a folder that Git does not know is read without hidden folders', async () => {
  await put({ 'a.yaml': 'a', 'sub/b.yaml': 'b', '.hidden/c.yaml': 'c', 'node_modules/d.yaml': 'd' });
  expect(await findWorkingFolder(join(root, 'sub'))).toMatchObject({ path: '', isRepository: false });
  expect(await listed(root, '')).toEqual(['a.yaml', 'sub/b.yaml']);
  const before = await workingTree(await findWorkingFolder(root)).folderId('');
  expect(await workingTree(await findWorkingFolder(root)).folderId('')).toBe(before);
  await put({ 'sub/b.yaml': 'longer' });
  expect(await workingTree(await findWorkingFolder(root)).folderId('')).not.toBe(before);
});

test('what is no folder is told', async () => {
  await put({ 'a.yaml': 'a' });
  await expect(findWorkingFolder(join(root, 'x'))).rejects.toThrow('there is no folder');
  await expect(findWorkingFolder(join(root, 'a.yaml'))).rejects.toThrow('is no folder');
});

import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namespaces, persistentVolumes } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalPathFolders } from './local-path.ts';

const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
};
const uid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`;
const folder = (digit: string) => `pvc-${uid(digit)}_ns_claim`;

let root: string;
let client: FakeClient;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gantry-volumes-'));
  client = await cluster();
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** The fake numbers its objects: another order of creation is another uid. */
async function cluster(...before: string[]): Promise<FakeClient> {
  const made = new FakeClient();
  for (const name of [...before, 'kube-system']) {
    await made.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {} });
  }
  return made;
}

const makeVolume = (name: string, path: string) =>
  client.create(persistentVolumes, {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: { hostPath: { path } },
  });

async function makeFolder(name: string): Promise<void> {
  await mkdir(join(root, name, 'inner'), { recursive: true });
  await writeFile(join(root, name, 'inner', 'file'), 'data');
}

const present = async () => (await readdir(root)).filter((name) => !name.startsWith('.')).sort();

describe('folders of the local-path provisioner', () => {
  it('go when their volume is gone, and only then', async () => {
    await makeFolder(folder('a'));
    await makeFolder(folder('b'));
    await makeVolume(`pvc-${uid('a')}`, join(root, folder('a')));
    await makeVolume(`pvc-${uid('b')}`, join(root, folder('b')));
    const folders = new LocalPathFolders(root, client, quiet);
    await folders.collect();
    expect(await present()).toEqual([folder('a'), folder('b')]);
    await client.delete(persistentVolumes, '', `pvc-${uid('a')}`);
    await folders.collect();
    expect(await present()).toEqual([folder('b')]);
  });

  it('stay while any volume, by whatever name, refers to them or into them', async () => {
    await makeFolder(folder('a'));
    await makeFolder(folder('b'));
    await makeVolume('by-hand', join(root, folder('a')));
    await makeVolume('inside', join(root, folder('b'), 'inner'));
    await new LocalPathFolders(root, client, quiet).collect();
    expect(await present()).toEqual([folder('a'), folder('b')]);
  });

  it('are told from other folders, files and links', async () => {
    await makeFolder('mine');
    await makeFolder(`pvc-${uid('a').slice(1)}_ns_claim`);
    await writeFile(join(root, folder('c')), 'a file');
    const outside = await mkdtemp(join(tmpdir(), 'gantry-outside-'));
    await writeFile(join(outside, 'file'), 'data');
    await symlink(outside, join(root, folder('d')));
    const before = await present();
    await new LocalPathFolders(root, client, quiet).collect();
    expect(await present()).toEqual(before);
    expect(await readdir(outside)).toEqual(['file']);
    await rm(outside, { recursive: true });
  });

  it('of another cluster are left alone', async () => {
    await makeFolder(folder('a'));
    await makeVolume(`pvc-${uid('a')}`, join(root, folder('a')));
    await new LocalPathFolders(root, client, quiet).collect();
    client = await cluster('another first');
    await new LocalPathFolders(root, client, quiet).collect();
    expect(await present()).toEqual([folder('a')]);
  });

  it('stay when the API can not be asked', async () => {
    await makeFolder(folder('a'));
    client.list = () => Promise.reject(new Error('no connection'));
    await expect(new LocalPathFolders(root, client, quiet).collect()).rejects.toThrow('no connection');
    expect(await present()).toEqual([folder('a')]);
  });
});

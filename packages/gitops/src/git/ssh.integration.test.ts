import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorkTree, type WorkTree } from '../testing/git-client.ts';
import { testNetwork } from '../testing/test-network.ts';
import { commitInfo } from './bare-tree.ts';
import type { Credentials } from './credentials.ts';
import { RemoteClones } from './remote.ts';

const SSHD = '/usr/sbin/sshd';

let root: string;
let server: Server;
let tree: WorkTree;
let clones: RemoteClones;
let url: string;
let credentials: Required<Pick<Credentials, 'identity' | 'knownHosts'>>;

const keygen = (name: string): void => {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(root, name)]);
};
const read = (name: string): Promise<string> => readFile(join(root, name), 'utf8');

/** A real OpenSSH server on a port that the system chose: one process a connection, as inetd would start it. */
async function startServer(): Promise<number> {
  const config = [
    `HostKey ${join(root, 'host')}`,
    `AuthorizedKeysFile ${join(root, 'user.pub')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    `PidFile none`,
  ];
  await writeFile(join(root, 'sshd_config'), `${config.join('\n')}\n`);
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  server = createServer({ pauseOnConnect: true }, (socket) => {
    const child = spawn(SSHD, ['-i', '-f', join(root, 'sshd_config')], { stdio: [socket, socket, 'ignore'] });
    child.once('spawn', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe.skipIf(!existsSync(SSHD))('a repository behind SSH', () => {
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'gantry-ssh-'));
    for (const name of ['host', 'other', 'user', 'stranger']) keygen(name);
    const port = await startServer();
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(root, 'app.git')]);
    tree = await makeWorkTree(join(root, 'app.git'));
    clones = new RemoteClones(join(root, 'data'), testNetwork());
    url = `ssh://${userInfo().username}@localhost:${port}${join(root, 'app.git')}`;
    const knownHosts = `[localhost]:${port} ${await read('host.pub')}`;
    // As it often comes out of a template: without the last line's end.
    credentials = { identity: (await read('user')).trimEnd(), knownHosts };
  });

  afterAll(async () => {
    server.close();
    await Promise.all([tree.remove(), rm(root, { recursive: true, force: true, maxRetries: 5 })]);
  });

  test('is followed with the key and the known hosts of the Secret', async () => {
    const head = await tree.commit({ 'a.yaml': 'a: 1\n' });
    await tree.git('push', 'origin', 'main');
    expect(await clones.refs({ url, credentials })).toEqual({ branches: { main: head }, tags: {} });
    const path = await clones.ensure({ namespace: 'shop', name: 'ssh' }, head, [], async () => ({
      url,
      credentials,
    }));
    expect((await commitInfo(path, head)).message).toBe('Change a.yaml');
    // Nothing of the keys stays.
    expect(execFileSync('find', [join(root, 'data'), '-name', 'identity'], { encoding: 'utf8' })).toBe('');
  });

  test('that shows another host key is not believed', async () => {
    const port = new URL(url).port;
    const knownHosts = `[localhost]:${port} ${await read('other.pub')}`;
    await expect(clones.refs({ url, credentials: { ...credentials, knownHosts } })).rejects.toThrow(
      /the host key of ssh:.* is not the one in known_hosts of the Secret/,
    );
    await expect(
      clones.refs({
        url,
        credentials: { ...credentials, knownHosts: `elsewhere ${await read('host.pub')}` },
      }),
    ).rejects.toThrow(/the host key of/);
  });

  test('that does not know the key says so', async () => {
    const identity = await read('stranger');
    await expect(clones.refs({ url, credentials: { ...credentials, identity } })).rejects.toThrow(
      "doesn't take the key",
    );
    await expect(
      clones.refs({ url, credentials: { ...credentials, identity: 'no key at all' } }),
    ).rejects.toThrow("doesn't take the key");
  });

  test('needs both', async () => {
    await expect(clones.refs({ url, credentials: undefined })).rejects.toThrow(
      'with the keys identity and known_hosts',
    );
    await expect(clones.refs({ url, credentials: { identity: credentials.identity } })).rejects.toThrow(
      /lacks known_hosts/,
    );
    await expect(clones.refs({ url: 'git@169.254.1.1:a.git', credentials })).rejects.toThrow(
      'link-local addresses',
    );
    await expect(clones.refs({ url: url.replace('app.git', 'no.git'), credentials })).rejects.toThrow(
      'is not a Git repository',
    );
  });
});

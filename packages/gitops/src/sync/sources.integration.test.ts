import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application, Namespace, Repository, Secret } from '@gantry/api/generated/types';
import { namespaces, repositories, secrets } from '@gantry/client/resources';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { runGit } from '../testing/git-client.ts';
import { type GitServer, startGitServer } from '../testing/git-server.ts';

let fixture: Fixture;
let server: GitServer;

beforeAll(async () => {
  [fixture, server] = await Promise.all([Fixture.start(), startGitServer()]);
});

afterAll(() => Promise.all([fixture.close(), server.close()]));

const patchRepository = (name: string, spec: Partial<Repository['spec']>): Promise<Repository> =>
  fixture.cluster.admin.patch<Repository>(repositories, name, name, { spec }, { type: 'merge' });
const repository = (name: string): Promise<Repository> =>
  fixture.cluster.admin.get<Repository>(repositories, name, name);
const follow = (name: string, source: Readonly<Record<string, string | null>>): Promise<Application> =>
  fixture.patchApplication(name, { spec: { source } });

async function makeSecret(namespace: string, name: string, data: Readonly<Record<string, string>>) {
  await fixture.cluster.admin.create<Secret>(secrets, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    stringData: { ...data },
  });
}

describe('a hosted repository', () => {
  test('whose versions are followed moves by its tags, each answered like a push to a branch', async () => {
    const tree = await fixture.workTree('versions');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await follow('versions', { semver: '>=1.0.0 <2' });
    await until(async () =>
      expect((await fixture.application('versions')).status?.message).toContain(
        'no tag of Repository versions',
      ),
    );
    const second = await tree.commit({ 'a.yaml': configMap('a', 'two') });
    await tree.git('tag', '-a', '-m', 'The first', 'v1.0.0');
    await tree.git('tag', 'v2.0.0');
    const said = await tree.git('push', 'origin', 'v1.0.0', 'v2.0.0');
    expect(said.text).toMatch(/remote: ~ ConfigMap\/a/);
    expect(said.text).toMatch(/remote: versions {2}health {2}Healthy/);
    expect(await fixture.value('versions', 'a')).toBe('two');
    expect((await fixture.application('versions')).status).toMatchObject({ commit: second, sync: 'Synced' });
    expect((await repository('versions')).status?.tags).toEqual({ 'v1.0.0': second, 'v2.0.0': second });
    // A bad one is rejected like a bad push, and one below the highest moves nothing.
    await tree.commit({ 'a.yaml': configMap('a', 'three'), 'b.yaml': 'kind: Nothing\n' });
    await tree.git('tag', 'v1.1.0');
    const bad = await tree.git('push', 'origin', 'v1.1.0');
    expect(bad.text).toContain('versions: rejected, nothing was changed:');
    expect(bad.code).not.toBe(0);
    await tree.git('tag', 'v0.9.0', first);
    expect((await tree.git('push', 'origin', 'v0.9.0')).text).not.toContain('plan:');
    expect((await tree.git('push', 'origin', ':v1.0.0')).text).toContain(
      "v1.0.0 is followed by Application versions: it can't be deleted",
    );
    await follow('versions', { semver: null, commit: first });
    await fixture.settled('versions', { commit: first, sync: 'Synced' });
    expect(await fixture.value('versions', 'a')).toBe('one');
    await follow('versions', { commit: null, tag: 'v2.0.0' });
    await fixture.settled('versions', { commit: second, sync: 'Synced' });
  });

  test('has branches to which not everybody may push', async () => {
    const tree = await fixture.workTree('guarded');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await patchRepository('guarded', { protectedBranches: [{ pattern: 'ma*', groups: ['leads'] }] });
    const second = await tree.commit({ 'a.yaml': configMap('a', 'two') });
    const pushed = () => tree.git('push', '--force', 'origin', 'main');
    await until(async () =>
      expect((await pushed()).text).toContain(
        'branch main is protected (ma*): user admin may not push to it; who may: group leads',
      ),
    );
    expect(await fixture.ref('guarded')).toBe(first);
    expect((await tree.git('push', 'origin', 'main:feature')).code).toBe(0);
    await patchRepository('guarded', { protectedBranches: [{ pattern: 'ma*', users: ['admin'] }] });
    await until(async () => expect((await pushed()).code).toBe(0));
    expect(await fixture.ref('guarded')).toBe(second);
    await tree.git('reset', '--hard', first);
    await tree.commit({ 'a.yaml': configMap('a', 'three') });
    expect((await pushed()).text).toContain('user admin may push to it, but not rewrite it');
    expect(await fixture.ref('guarded')).toBe(second);
  });

  test('that wants signatures takes no push without one, nor applies such a commit', async () => {
    const keys = await mkdtemp(join(tmpdir(), 'gantry-keys-'));
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(keys, 'ann')]);
    const tree = await fixture.workTree('signed');
    const first = await tree.commit({ 'a.yaml': configMap('a', 'one') });
    await tree.git('push', 'origin', 'main');
    await makeSecret('signed', 'team', {
      allowed_signers: `ann ${await readFile(join(keys, 'ann.pub'), 'utf8')}`,
    });
    await patchRepository('signed', { verify: { secretRef: { name: 'team' } } });
    const unsigned = await tree.commit({ 'a.yaml': configMap('a', 'two') });
    await until(async () =>
      expect((await tree.git('push', 'origin', 'main')).text).toContain(
        `main: commit ${unsigned.slice(0, 7)} is refused: it is not signed`,
      ),
    );
    expect(await fixture.ref('signed')).toBe(first);
    // Nobody follows this branch; when somebody does, it is refused there.
    expect((await tree.git('push', 'origin', 'main:other')).code).toBe(0);
    await follow('signed', { branch: 'other' });
    await fixture.settled('signed', { sync: 'OutOfSync', commit: first });
    const { status } = await fixture.application('signed');
    expect(status?.message).toContain(`commit ${unsigned.slice(0, 7)} is refused: it is not signed`);
    expect(status?.conditions?.find(({ type }) => type === 'Verified')).toMatchObject({
      status: 'False',
      reason: 'SignatureRefused',
      message: expect.stringContaining(unsigned.slice(0, 7)),
    });
    expect(await fixture.value('signed', 'a')).toBe('one');
    await follow('signed', { branch: 'main' });
    const signing = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${join(keys, 'ann')}`];
    await tree.git(...signing, 'commit', '--amend', '--no-edit', '-S');
    const said = await tree.git('push', 'origin', 'main');
    expect(said.text).toMatch(/signed {2}health {2}Healthy/);
    expect(await fixture.value('signed', 'a')).toBe('two');
    await until(async () =>
      expect((await fixture.application('signed')).status?.conditions).toContainEqual(
        expect.objectContaining({ type: 'Verified', status: 'True' }),
      ),
    );
    await rm(keys, { recursive: true, force: true });
  });
});

describe('a repository elsewhere', () => {
  const SECRET = 's3cret';
  const hook = async (body: string, key = SECRET): Promise<number> => {
    const signature = createHmac('sha256', key).update(body).digest('hex');
    const response = await fetch(`${fixture.origin}/git/webhooks/remote/app`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
      body,
    });
    await response.text();
    return response.status;
  };
  const app = (): Promise<Repository> => fixture.cluster.admin.get<Repository>(repositories, 'remote', 'app');
  const clone = (): string => join(fixture.sync.gitRoot, 'cache/remote/app.git');

  beforeAll(async () => {
    await fixture.cluster.admin.create<Namespace>(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'remote' },
      spec: {},
      status: {},
    });
    await makeSecret('remote', 'hook', { secret: SECRET });
    await server.commit({ 'web/a.yaml': configMap('a', 'one'), 'docs/x.md': 'x' });
    await fixture.cluster.admin.create<Repository>(repositories, {
      apiVersion: 'gitops.gantry.dev/v1alpha1',
      kind: 'Repository',
      metadata: { name: 'app', namespace: 'remote' },
      spec: { url: server.url, interval: '24h', webhook: { secretRef: { name: 'hook' } } },
    });
    await fixture.createApplication('web', 'remote', {
      source: { repository: 'app', path: 'web' },
      user: 'admin',
      groups: ['system:masters'],
    });
    await fixture.settled('web', { sync: 'Synced' }, 'remote');
  });

  test('tells of a commit by a webhook, and is looked at at once', async () => {
    expect((await app()).status?.webhookPath).toBe('/git/webhooks/remote/app');
    const commit = await server.commit({ 'web/a.yaml': configMap('a', 'two') });
    expect(await hook('{}', 'wrong')).toBe(401);
    expect(await hook('{}')).toBe(202);
    await fixture.settled('web', { sync: 'Synced', commit }, 'remote');
    expect(await fixture.value('remote', 'a')).toBe('two');
  });

  test('that can not be reached deletes nothing, and goes on where it was', async () => {
    const before = await app();
    await server.stop();
    await hook('{}');
    await until(async () =>
      expect((await app()).status?.conditions).toContainEqual(
        expect.objectContaining({ type: 'Ready', status: 'False', reason: 'SourceUnreachable' }),
      ),
    );
    expect((await app()).status?.branches).toEqual(before.status?.branches);
    expect(await fixture.value('remote', 'a')).toBe('two');
    await server.start();
    const commit = await server.commit({ 'web/a.yaml': configMap('a', 'three') });
    await hook('{}');
    await fixture.settled('web', { sync: 'Synced', commit }, 'remote');
    expect((await app()).status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'True' }),
    );
  });

  test('whose branch was rewritten is followed', async () => {
    await server.tree.git('reset', '--hard', 'HEAD~1');
    const commit = await server.commit({ 'web/a.yaml': configMap('a', 'rewritten') });
    await hook('{}');
    await fixture.settled('web', { sync: 'Synced', commit }, 'remote');
    expect(await fixture.value('remote', 'a')).toBe('rewritten');
  });

  test('whose clone was damaged is fetched anew', async () => {
    const folder = join(clone(), 'objects/pack');
    for (const name of (await readdir(folder)).filter((one) => one.endsWith('.pack'))) {
      const bytes = await readFile(join(folder, name));
      await chmod(join(folder, name), 0o600);
      await writeFile(join(folder, name), bytes.fill(0, 20, bytes.length - 20));
    }
    // A path that was not read before: nothing of it is kept in memory.
    await fixture.patchApplication('web', { spec: { source: { path: '.' } } }, 'remote');
    await fixture.settled('web', { sync: 'Synced' }, 'remote');
    await until(async () =>
      expect((await fixture.application('web', 'remote')).status?.conditions).toContainEqual(
        expect.objectContaining({ type: 'Applied', message: expect.stringContaining('path .,') }),
      ),
    );
    expect((await runGit(clone(), ['fsck'])).code).toBe(0);
  });

  test('is never at a link-local address', async () => {
    await fixture.cluster.admin.patch(
      repositories,
      'remote',
      'app',
      { spec: { url: 'http://169.254.169.254/latest' } },
      { type: 'merge' },
    );
    await until(async () =>
      expect((await app()).status?.conditions?.[0]?.message).toContain(
        'link-local addresses, where machines keep credentials, are not connected to',
      ),
    );
  });

  test('takes its clone along, also when it goes while nobody watches', async () => {
    expect(existsSync(clone())).toBe(true);
    await fixture.sync.kill('SIGTERM');
    await fixture.cluster.admin.delete(repositories, 'remote', 'app');
    fixture.sync = await fixture.cluster.startSync();
    await until(async () => expect(existsSync(clone())).toBe(false));
    expect(await fixture.value('remote', 'a')).toBe('rewritten');
  });
});

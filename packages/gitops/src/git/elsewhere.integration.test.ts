import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Namespace, Repository } from '@gantry/api/generated/types';
import { namespaces, repositories } from '@gantry/client/resources';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configMap, Fixture, until } from '../testing/fixture.ts';
import { makeWorkTree } from '../testing/git-client.ts';
import { type GitServer, startGitServer } from '../testing/git-server.ts';

let fixture: Fixture;
let server: GitServer;

beforeAll(async () => {
  [fixture, server] = await Promise.all([Fixture.start(), startGitServer()]);
});
afterAll(() => Promise.all([fixture.close(), server.close()]));

const says = (words: string): Promise<void> =>
  until(async () => expect((await fixture.application('app', 'shop')).status?.message).toContain(words));

test('an Application is made of a submodule, and of files in Git LFS', async () => {
  const lib = await makeWorkTree(join(server.root, 'lib.git'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(server.root, 'lib.git')]);
  const commit = await lib.commit({ 'deploy/a.yaml': configMap('a', 'one') });
  await lib.git('push', 'origin', 'main');
  await lib.remove();
  const { tree } = server;
  await tree.commit({ '.gitmodules': '[submodule "lib"]\npath = lib\nurl = ../lib.git\n' });
  await tree.git('update-index', '--add', '--cacheinfo', `160000,${commit},lib`);
  await tree.git('commit', '-q', '-m', 'lib');
  await tree.git('push', 'origin', 'main');

  const { admin } = fixture.cluster;
  await admin.create<Namespace>(namespaces, {
    apiVersion: 'v1',
    kind: 'Namespace',
    spec: {},
    metadata: { name: 'shop' },
  });
  await admin.create<Repository>(repositories, {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Repository',
    metadata: { name: 'app', namespace: 'shop' },
    spec: { url: server.url, interval: '5s' },
  });
  await fixture.createApplication('app', 'shop', {
    source: { repository: 'app', path: 'lib/deploy' },
    user: 'admin',
    groups: ['gantry:admins', 'system:masters'],
  });
  await says('folder "lib/deploy" lies in the submodule "lib"');
  await admin.patch<Repository>(
    repositories,
    'shop',
    'app',
    { spec: { submodules: true } },
    { type: 'merge' },
  );
  await until(async () => expect(await fixture.value('shop', 'a')).toBe('one'));

  const content = configMap('a', 'large');
  const oid = createHash('sha256').update(content).digest('hex');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`;
  await server.commit({ 'own/a.yaml': pointer });
  await fixture.patchApplication('app', { spec: { source: { path: 'own' } } }, 'shop');
  await says('own/a.yaml is in Git LFS: ');
  expect(await fixture.value('shop', 'a')).toBe('one');
  server.instead = (request, response) => {
    const objects = [
      { oid, size: content.length, actions: { download: { href: `${server.url}/lfs-object` } } },
    ];
    if (request.url?.endsWith('/info/lfs/objects/batch')) response.end(JSON.stringify({ objects }));
    else if (request.url?.endsWith('/lfs-object')) response.end(content);
    else return false;
    return true;
  };
  await fixture.patchApplication(
    'app',
    { metadata: { annotations: { 'gitops.gantry.dev/sync-requested-at': 'now' } } },
    'shop',
  );
  await until(async () => expect(await fixture.value('shop', 'a')).toBe('large'));

  const hosted = await fixture.workTree('hosted');
  await hosted.commit({ 'a.yaml': pointer });
  expect((await hosted.git('push', 'origin', 'main')).text).toContain(
    'a.yaml is in Git LFS: its content was not uploaded',
  );
});

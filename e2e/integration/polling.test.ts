import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';
import { type WorkingCopy, workingCopy } from '../support/git.ts';
import { type GitServer, serveGit } from '../support/git-server.ts';
import type { Kubectl } from '../support/kubectl.ts';
import { configMap, deployment } from '../support/manifests.ts';

let gantry: Gantry;
let k: Kubectl;
let root: string;
let server: GitServer;
let copy: WorkingCopy;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'gantry-elsewhere-'));
  spawnSync('git', ['init', '-q', '--bare', '-b', 'main', join(root, 'shop.git')]);
  server = await serveGit(root);
  copy = workingCopy(join(root, 'shop.git'));
  gantry = await startGantry('--nodes', 'simulated:1');
  k = gantry.kubectl().with({ namespace: 'shop' });
});
afterAll(async () => {
  copy?.dispose();
  await server?.close();
  await gantry?.purge();
  rmSync(root, { recursive: true, force: true });
});

const application = () =>
  JSON.parse(k('get', 'application', 'shop', '-o', 'json')) as {
    status?: {
      sync?: string;
      health?: string;
      commit?: string;
      message?: string;
      history?: { commit: string; result: string; reason?: string }[];
    };
  };
const head = () => copy.git('rev-parse', 'HEAD').trim();
const synced = () =>
  eventually(() => {
    const { status } = application();
    expect([status?.commit, status?.sync, status?.health]).toEqual([head(), 'Synced', 'Healthy']);
  });

describe('a repository on another server, followed by polling', () => {
  test('is applied', async () => {
    copy.write('deploy/web.yaml', deployment('web'));
    copy.write('deploy/config.yaml', configMap('settings', { colour: 'red' }));
    copy.write('elsewhere/other.yaml', configMap('other', {}));
    expect(copy.push('first').code).toBe(0);
    gantry.kubectl()('create', 'namespace', 'shop');
    k.input(
      `apiVersion: gitops.gantry.dev/v1alpha1
kind: Repository
metadata: {name: shop}
spec: {url: "${server.url}shop.git", interval: 1s}
---
apiVersion: gitops.gantry.dev/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  source: {repository: shop, branch: main, path: deploy}
  destination: {namespace: shop}
  syncPolicy: {automated: true, prune: true, selfHeal: true}
`,
      'apply',
      '-f',
      '-',
    );
    await synced();
    expect(k('get', 'deployment', 'web', '--no-headers')).toMatch(/^web +2\/2/);
    expect(k.fails('get', 'configmap', 'other')).toContain('NotFound');
    expect(k('get', 'applications')).toMatch(/^shop +.*Synced +.*Healthy/m);
  });

  test('each new commit follows, prunes included', async () => {
    copy.write('deploy/config.yaml', configMap('settings', { colour: 'blue' }));
    copy.write('deploy/more.yaml', configMap('more', {}));
    copy.push('blue');
    await synced();
    expect(k('get', 'configmap', 'settings', '-o', 'jsonpath={.data.colour}')).toBe('blue');
    copy.remove('deploy/more.yaml');
    copy.push('less');
    await synced();
    expect(k.fails('get', 'configmap', 'more')).toContain('NotFound');
  });

  test('a bad commit changes nothing and is told; the next good one heals', async () => {
    copy.write('deploy/config.yaml', configMap('settings', { colour: 'green' }));
    copy.write('deploy/bad.yaml', configMap('bad', {}).replace('\ndata:', '\ndataa:'));
    copy.push('bad');
    await eventually(() => {
      const { status } = application();
      expect(status?.history?.[0]).toMatchObject({ commit: head(), result: 'Failed' });
      expect(status?.message).toMatch(/bad\.yaml:5: ConfigMap\/bad dataa: unknown field/);
    });
    expect(k('get', 'configmap', 'settings', '-o', 'jsonpath={.data.colour}')).toBe('blue');
    copy.remove('deploy/bad.yaml');
    copy.push('good');
    await synced();
    expect(k('get', 'configmap', 'settings', '-o', 'jsonpath={.data.colour}')).toBe('green');
  });

  test('what others change by hand is put back', async () => {
    k('patch', 'configmap', 'settings', '-p', '{"data":{"colour":"grey"}}');
    await eventually(() =>
      expect(k('get', 'configmap', 'settings', '-o', 'jsonpath={.data.colour}')).toBe('green'),
    );
    k('delete', 'deployment', 'web');
    await eventually(() => expect(k('get', 'deployment', 'web', '--no-headers')).toMatch(/^web +2\/2/));
  });

  test('an empty commit, or a server that is gone, deletes nothing', async () => {
    copy.remove('deploy');
    copy.write('deploy/README.md', 'moved elsewhere');
    copy.push('oops');
    await eventually(() => expect(application().status?.message).toMatch(/prune all \d+ objects/));
    expect(k('get', 'configmap', 'settings', '-o', 'name')).toBe('configmap/settings\n');
    await server.close();
    await eventually(() => {
      const told = k(
        'get',
        'repository',
        'shop',
        '-o',
        'jsonpath={.status.conditions[*].message}{.status.message}',
      );
      expect(told).toMatch(/connect|unable to access|refused/i);
    });
    expect(k('get', 'deployment', 'web', '--no-headers')).toMatch(/^web +2\/2/);
  });
});

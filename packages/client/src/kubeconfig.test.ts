import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadKubeconfig } from './kubeconfig.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-kubeconfig-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = (text: string): string => {
  const path = join(folder, 'config');
  writeFileSync(path, text);
  return path;
};

test('reads embedded data, files beside it and tokens', () => {
  writeFileSync(join(folder, 'my-ca.crt'), 'CA');
  const path =
    config(`clusters: [{name: c, cluster: {server: 'https://h:1', certificate-authority: my-ca.crt}}]
users: [{name: u, user: {token: secret, client-key-data: ${Buffer.from('KEY').toString('base64')}}}]
contexts: [{name: x, context: {cluster: c, user: u, namespace: team}}]
current-context: x
`);
  const loaded = loadKubeconfig(path);
  expect(loaded).toMatchObject({ server: 'https://h:1', ca: 'CA', key: 'KEY', namespace: 'team' });
  expect(typeof loaded.token === 'function' ? loaded.token() : loaded.token).toBe('secret');
});

test('names the file and what it lacks', () => {
  const path = config('contexts: []\ncurrent-context: nowhere\n');
  expect(() => loadKubeconfig(path)).toThrow(path);
});

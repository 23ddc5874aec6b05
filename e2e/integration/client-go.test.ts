import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gantry, startGantry } from '../support/gantry.ts';
import { type Built, buildGo } from '../support/go.ts';
import { canRunContainers } from '../support/machine.ts';

/** What the program shows, and in its words. */
const CHECKS = [
  'typed-protobuf',
  'typed-json',
  'errors',
  'retry-on-conflict',
  'patches',
  'pagination',
  'watch-bookmarks',
  'informer-workqueue',
  'informer-watchlist',
  'apply',
  'discovery',
  'dynamic',
  'custom-resources',
  'metadata',
  'table',
  'leader-election',
  'events',
  'access-review',
  'token',
  'scale',
  'eviction',
];
const IN_CONTAINERS = ['container-logs', 'container-exec', 'container-port-forward'];

const folder = mkdtempSync(join(tmpdir(), 'gantry-client-go-'));
let built: Built;
let gantry: Gantry | undefined;
beforeAll(async () => {
  built = await buildGo(fileURLToPath(new URL('client-go', import.meta.url)), folder);
  if ('program' in built) gantry = await startGantry(...(canRunContainers ? [] : ['--nodes', 'simulated:1']));
}, 600_000);
afterAll(async () => {
  await gantry?.purge();
  rmSync(folder, { recursive: true, force: true });
});

type Skip = (note: string) => never;

function run(skip: Skip, ...args: readonly string[]) {
  if ('missing' in built) return skip(built.missing);
  return spawnSync(built.program, args, { encoding: 'utf8', timeout: 90_000 });
}

function demand(skip: Skip, name: string): void {
  const { status, stdout, stderr } = run(skip, gantry?.status.kubeconfig ?? '', name);
  expect([status, stdout], stderr).toEqual([0, `ok ${name}\n`]);
}

describe('a client-go program', () => {
  test('has the checks that are run here', ({ skip }) => {
    expect(run(skip).stdout.trim().split('\n')).toEqual([...CHECKS, ...IN_CONTAINERS]);
  });

  test.for(CHECKS)('%s', (name, { skip }) => demand(skip, name));

  test.runIf(canRunContainers).for(IN_CONTAINERS)('%s', (name, { skip }) => demand(skip, name));
});

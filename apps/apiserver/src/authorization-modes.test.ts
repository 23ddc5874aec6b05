import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthorization } from '@gantry/server/auth/authorization/authorization';
import { processInstruments } from '@gantry/server/operations/instruments';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAuthFlags, authOptions } from './auth-options.ts';
import { openAuthorizationModes } from './authorization-modes.ts';
import { followFile } from './followed-file.ts';

const errors: string[] = [];
const log = {
  info: () => undefined,
  error: ({ err }: { err: Error }) => errors.push(err.message),
} as never;
const alice = { name: 'alice', groups: ['system:authenticated'] };
const read = {
  ...{ isResourceRequest: true, verb: 'get', group: '', version: 'v1', resource: 'pods' },
  ...{ subresource: '', namespace: 'ns', name: 'a', path: '' },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modes-'));
});
afterAll(() => rm(folder, { recursive: true }));

const options = (...args: string[]) => {
  const command = addAuthFlags(new Command()).exitOverride();
  return authOptions(command.parse(args, { from: 'user' }).opts());
};
const configuration = (...types: string[]): string =>
  JSON.stringify({
    ...{ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AuthorizationConfiguration' },
    authorizers: types.map((type) => ({ type, name: type.toLowerCase() })),
  });

describe('a configuration file', () => {
  it('is taken up when it changes, and a wrong one is not', async () => {
    const file = join(folder, 'modes.json');
    await writeFile(file, configuration('RBAC'));
    const { modes, check, close } = await openAuthorizationModes(
      options('--authorization-config', file),
      log,
    );
    const authorization = createAuthorization([], modes);
    const allowed = () => authorization.authorize(alice, read).allowed;
    expect(allowed()).toBe(false);
    const fault = async (text: string): Promise<string | undefined> => {
      errors.length = 0;
      await writeFile(file, text);
      await check?.();
      return errors[0];
    };
    expect(await fault(configuration('RBAC', 'AlwaysAllow'))).toBeUndefined();
    expect(allowed()).toBe(true);
    expect(await fault(configuration('AlwaysAllow'))).toBe('missing required types: [RBAC]');
    expect(await fault(configuration('RBAC', 'Node'))).toContain(
      'authorizer type Node is not allowed if it was not enabled at initial server startup',
    );
    expect(await fault('{')).toBeDefined();
    expect(allowed()).toBe(true);
    close();
  });

  it('that is wrong at the start ends it, with the file and the fields', async () => {
    const file = join(folder, 'wrong.json');
    await writeFile(file, configuration('RBAC', 'RBAC', 'Magic'));
    await expect(openAuthorizationModes(options('--authorization-config', file), log)).rejects.toThrow(
      `${file}: [authorizers[1].type: Duplicate value: "RBAC", authorizers[2].type: Unsupported value: "Magic": supported values: "ABAC", "AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook"]`,
    );
  });
});

it('a followed file counts its reloads under the names of the original', async () => {
  const file = join(folder, 'followed');
  await writeFile(file, 'good');
  const taken: string[] = [];
  const take = (text: string): void => {
    if (text === 'bad') throw new Error('bad');
    taken.push(text);
  };
  const followed = await followFile({ file, name: 'authentication', log, take });
  for (const text of ['bad', 'better', 'better']) {
    await writeFile(file, text);
    await followed.check();
  }
  followed.close();
  expect(taken).toEqual(['good', 'better']);
  const text = processInstruments.text();
  const prefix = 'apiserver_authentication_config_controller';
  expect(text).toMatch(
    new RegExp(
      `${prefix}_automatic_reloads_total\\{status="failure",apiserver_id_hash="sha256:[0-9a-f]{64}"\\} 1\n`,
    ),
  );
  expect(text).toMatch(new RegExp(`${prefix}_automatic_reloads_total\\{status="success",.*\\} 1\n`));
  expect(text).toMatch(
    new RegExp(`${prefix}_last_config_info\\{apiserver_id_hash="sha256:.*",hash="sha256:.*"\\} 1\n`),
  );
});

describe('--authorization-mode', () => {
  it('ABAC reads its policies', async () => {
    const file = join(folder, 'policies.jsonl');
    await writeFile(file, '{"user":"alice","resource":"pods","readonly":true}\n');
    const flags = options('--authorization-mode', 'ABAC', '--authorization-policy-file', file);
    const authorization = createAuthorization([], (await openAuthorizationModes(flags, log)).modes);
    expect(authorization.authorize(alice, read).allowed).toBe(true);
    expect(authorization.authorize(alice, { ...read, verb: 'delete' }).allowed).toBe(false);
  });

  it.each([
    [['--authorization-mode', 'ABAC'], "authorization-mode ABAC's authorization policy file not passed"],
    [['--authorization-mode', 'Nope'], 'authorization-mode "Nope" is not a valid mode'],
    [['--authorization-mode', 'RBAC,RBAC'], 'has mode specified more than once'],
    [['--authorization-policy-file', 'x'], 'cannot specify --authorization-policy-file without mode ABAC'],
    [['--authorization-webhook-config-file', 'x'], 'without mode Webhook'],
  ])('%s is refused', (args, words) => {
    expect(() => options(...args)).toThrow(words);
  });
});

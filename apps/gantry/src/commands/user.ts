import { createInterface } from 'node:readline/promises';
import type { Client } from '@gantry/client/port';
import { UserError } from '../errors.ts';
import { connectWith, inWords } from './app-client.ts';
import { table } from './app-text.ts';
import { checkOutput, print } from './print.ts';
import type { RawUserOptions } from './user-options.ts';

const PATH = '/apis/users.gantry.dev/v1alpha1/localusers';
const MERGE = { 'content-type': 'application/merge-patch+json' };

interface LocalUser {
  readonly metadata: { readonly name: string; readonly creationTimestamp?: string };
  readonly spec: { readonly groups: readonly string[]; readonly disabled: boolean };
  readonly status: {
    readonly passwordIsInitial: boolean;
    readonly lockedUntil?: string;
    readonly lastSeenTime?: string;
    /** Once, of who was made or reset just now. */
    readonly initialPassword?: string;
  };
}

type Verb = (client: Client, name: string, raw: RawUserOptions) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  create,
  'set-groups': (client, name, { group = [] }) =>
    change(
      client,
      name,
      { groups: group },
      group.length === 0 ? 'is in no group' : `is in ${group.join(', ')}`,
    ),
  'reset-password': resetPassword,
  disable: (client, name) => change(client, name, { disabled: true }, 'is disabled'),
  enable: (client, name) => change(client, name, { disabled: false }, 'can sign in again'),
  delete: remove,
};

/** `gantry user VERB …`, with the caller's rights. Throws UserError. */
export async function user(verb: string, args: readonly string[], raw: RawUserOptions): Promise<number> {
  checkOutput(raw.output);
  const { client } = connectWith(raw);
  try {
    const [name = ''] = args;
    const act = VERBS[verb];
    return act === undefined ? await list(client, raw) : await act(client, name, raw);
  } catch (error) {
    throw inWords(error);
  } finally {
    client.close();
  }
}

const pathOf = (name: string): string => `${PATH}/${encodeURIComponent(name)}`;

function stateOf({ spec, status }: LocalUser): string {
  if (spec.disabled) return 'disabled';
  if (status.lockedUntil !== undefined) return `rests until ${status.lockedUntil}`;
  return status.passwordIsInitial ? 'has the first password yet' : 'active';
}

async function list(client: Client, raw: RawUserOptions): Promise<number> {
  const { items } = await client.request<{ items: LocalUser[] }>('GET', PATH);
  return print(raw.output, items, () =>
    table([
      ['NAME', 'GROUPS', 'STATE', 'LAST SEEN'],
      ...items.map((one) => [
        one.metadata.name,
        one.spec.groups.join(',') || '-',
        stateOf(one),
        one.status.lastSeenTime ?? 'never',
      ]),
    ]),
  );
}

async function create(client: Client, name: string, raw: RawUserOptions): Promise<number> {
  const body = { metadata: { name }, spec: { groups: raw.group ?? [] } };
  return tellPassword(await client.request<LocalUser>('POST', PATH, body), raw, 'is made');
}

async function resetPassword(client: Client, name: string, raw: RawUserOptions): Promise<number> {
  const reset = await client.request<LocalUser>('POST', `${pathOf(name)}/password`, {});
  return tellPassword(reset, raw, 'has a new password, and is signed out everywhere');
}

/** The password alone on stdout, so that a script can take it; it has to be changed at the first sign-in. */
function tellPassword(made: LocalUser, raw: RawUserOptions, what: string): number {
  if (raw.output !== undefined) return print(raw.output, made, () => '');
  const next = 'it is shown this once, and has to be changed when signing in';
  process.stderr.write(`user ${made.metadata.name} ${what}; the first password, ${next}:\n`);
  process.stdout.write(`${made.status.initialPassword ?? ''}\n`);
  return 0;
}

async function change(client: Client, name: string, spec: object, what: string): Promise<number> {
  await client.request('PATCH', pathOf(name), { spec }, MERGE);
  process.stdout.write(`user ${name} ${what}\n`);
  return 0;
}

async function remove(client: Client, name: string, raw: RawUserOptions): Promise<number> {
  if (raw.yes !== true && !(await isConfirmed(name))) return 1;
  await client.request('DELETE', pathOf(name));
  process.stdout.write(`user ${name} is deleted\n`);
  return 0;
}

async function isConfirmed(name: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UserError(`user ${name} is not deleted: nobody can be asked here, so say --yes`);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`Delete user ${name}, with sessions and tokens? Type the name: `);
  prompt.close();
  return answer.trim() === name;
}

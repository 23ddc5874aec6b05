import type { Application } from '@gantry/api/generated/types';
import { applications } from '@gantry/client/resources';
import { APPROVE_PRUNE } from '@gantry/gitops/prune/budget';
import { describeRefusal } from '@gantry/gitops/rollback/describe';
import { ROLLBACK_HANDLED, ROLLBACK_TO } from '@gantry/gitops/rollback/goal';
import { SYNC_HANDLED, SYNC_OBJECTS, SYNC_REQUESTED } from '@gantry/gitops/sync/request';
import { stringifyYaml } from '@gantry/machinery/yaml';
import { UserError } from '../errors.ts';
import { type Connection, connectWith, findApplication, inWords } from './app-client.ts';
import type { RawAppOptions } from './app-options.ts';
import { applicationText, historyText, listText } from './app-text.ts';
import { isHandled, syncProgress, waitFor } from './app-wait.ts';

/** A subcommand on one Application. The result is the exit code. */
type Verb = (
  connection: Connection,
  application: Application,
  raw: RawAppOptions,
  argument: string | undefined,
) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = { get, sync, approve, rollback, history };

/** `gantry app VERB …`. Throws UserError. */
export async function app(verb: string, args: readonly string[], raw: RawAppOptions): Promise<number> {
  const { output } = raw;
  if (output !== undefined && output !== 'json' && output !== 'yaml')
    throw new UserError(`-o: ${JSON.stringify(output)} is not json or yaml`, 2);
  secondsOf(raw);
  const connection = connectWith(raw);
  try {
    const act = VERBS[verb];
    if (act === undefined) return await list(connection, raw);
    const [name = '', argument] = args;
    return await act(connection, await findApplication(connection, name, raw.namespace), raw, argument);
  } catch (error) {
    throw inWords(error);
  } finally {
    connection.client.close();
  }
}

function secondsOf({ timeout = '300' }: RawAppOptions): number {
  if (!/^\d{1,6}$/.test(timeout))
    throw new UserError(`--timeout: ${JSON.stringify(timeout)} is no whole number of seconds`, 2);
  return Number(timeout);
}

function print({ output }: RawAppOptions, value: unknown, text: () => string): number {
  if (output === 'json') process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  else process.stdout.write(output === 'yaml' ? stringifyYaml(value) : text());
  return 0;
}

async function list({ client }: Connection, raw: RawAppOptions): Promise<number> {
  const { namespace, allNamespaces } = raw;
  const scope = namespace === undefined || allNamespaces === true ? {} : { namespace };
  const { items } = await client.list<Application>(applications, scope);
  if (items.length === 0 && raw.output === undefined) {
    process.stderr.write('there is no Application yet: push a folder of manifests, docs/sync.md says how\n');
    return 0;
  }
  return print(raw, items, () => listText(items));
}

async function get(_: Connection, application: Application, raw: RawAppOptions): Promise<number> {
  return print(raw, application, () => applicationText(application));
}

async function history(_: Connection, { status }: Application, raw: RawAppOptions): Promise<number> {
  const entries = status?.history ?? [];
  return print(raw, entries, () => historyText(entries));
}

function annotate(
  { client }: Connection,
  { metadata }: Application,
  annotations: Record<string, string | null>,
) {
  const { namespace = '', name, uid } = metadata;
  const patch = { metadata: { uid, annotations } };
  return client.patch<Application>(applications, namespace, name, patch, { type: 'merge' });
}

async function sync(connection: Connection, application: Application, raw: RawAppOptions): Promise<number> {
  const value = new Date().toISOString();
  const only = (raw.only ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
    .join(',');
  await annotate(connection, application, {
    [SYNC_REQUESTED]: value,
    [SYNC_OBJECTS]: only === '' ? null : only,
  });
  if (raw.wait === false) return 0;
  return waitFor(connection.client, application, secondsOf(raw), (now) =>
    syncProgress(now, isHandled(now, SYNC_HANDLED, value)),
  );
}

async function approve(
  connection: Connection,
  application: Application,
  raw: RawAppOptions,
  approval: string | undefined,
): Promise<number> {
  const { namespace = '', name } = application.metadata;
  const pending = application.status?.pendingPrune;
  if (pending === undefined) throw new UserError(`no deletions of Application ${name} wait for an approval`);
  const { commit, count, of, objects = [], approval: needed = '' } = pending;
  if (approval === undefined) {
    const more = count - objects.length;
    const lines = [
      `commit ${commit.slice(0, 7)} would delete ${count} of ${of} objects:`,
      ...objects.map((object) => `  ${object}`),
      ...(more > 0 ? [`  … and ${more} more`] : []),
      `to delete them: gantry app approve ${name} -n ${namespace} ${needed}`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  }
  if (approval !== needed)
    throw new UserError(
      `${JSON.stringify(approval)} is not what waits: it is ${needed}, ${count} of ${of} objects of commit ${commit.slice(0, 7)}`,
    );
  await annotate(connection, application, { [APPROVE_PRUNE]: approval });
  if (raw.wait === false) return 0;
  return waitFor(connection.client, application, secondsOf(raw), (now) =>
    syncProgress(now, now.status?.pendingPrune === undefined),
  );
}

async function rollback(
  connection: Connection,
  application: Application,
  raw: RawAppOptions,
  commit = '',
): Promise<number> {
  // What follows the @ makes it another request when the same commit is asked for once more.
  const value = `${commit}@${new Date().toISOString()}`;
  await annotate(connection, application, { [ROLLBACK_TO]: value });
  if (raw.wait === false) return 0;
  return waitFor(connection.client, application, secondsOf(raw), (now) => {
    const handled = isHandled(now, ROLLBACK_HANDLED, value);
    const refusal = handled ? describeRefusal(now) : undefined;
    if (refusal !== undefined) return { type: 'failed', text: refusal };
    const { commit: at = '', quarantine } = now.status ?? {};
    const isThere = handled && at === (quarantine?.rolledBackTo ?? now.status?.targetCommit);
    return syncProgress(now, isThere);
  });
}

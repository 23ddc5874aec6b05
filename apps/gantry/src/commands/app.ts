import type { Application } from '@gantry/api/generated/types';
import { applications } from '@gantry/client/resources';
import { APPROVE_PRUNE } from '@gantry/gitops/prune/budget';
import { describeRefusal } from '@gantry/gitops/rollback/describe';
import { ROLLBACK_HANDLED, ROLLBACK_TO } from '@gantry/gitops/rollback/goal';
import { SYNC_HANDLED, SYNC_OBJECTS, SYNC_REQUESTED } from '@gantry/gitops/sync/request';
import { UserError } from '../errors.ts';
import { createApp, deleteApp, setApp } from './app-change.ts';
import { type Connection, connectWith, findApplication, inWords } from './app-client.ts';
import type { RawAppOptions } from './app-options.ts';
import { applicationText, historyText, listText } from './app-text.ts';
import { isHandled, syncProgress, waitFor } from './app-wait.ts';
import { plans } from './plans.ts';
import { checkOutput, print } from './print.ts';

/** A subcommand on one Application. The result is the exit code. */
type Verb = (
  connection: Connection,
  application: Application,
  raw: RawAppOptions,
  argument: string | undefined,
) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  ...{ get, sync, approve, rollback, history, plans },
  set: setApp,
  delete: (connection, application, raw) => deleteApp(connection, application, raw, secondsOf(raw)),
};

/** `gantry app VERB …`. Throws UserError. */
export async function app(verb: string, args: readonly string[], raw: RawAppOptions): Promise<number> {
  const { output } = raw;
  checkOutput(output);
  secondsOf(raw);
  const connection = connectWith(raw);
  try {
    const [name = '', argument] = args;
    if (verb === 'create') return await createApp(connection, name, raw);
    const act = VERBS[verb];
    if (act === undefined) return await list(connection, raw);
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

async function list({ client }: Connection, raw: RawAppOptions): Promise<number> {
  const { namespace, allNamespaces } = raw;
  const scope = namespace === undefined || allNamespaces === true ? {} : { namespace };
  const { items } = await client.list<Application>(applications, scope);
  if (items.length === 0 && raw.output === undefined) {
    process.stderr.write('there is no Application yet: push a folder of manifests, docs/sync.md says how\n');
    return 0;
  }
  return print(raw.output, items, () => listText(items));
}

async function get(_: Connection, application: Application, raw: RawAppOptions): Promise<number> {
  return print(raw.output, application, () => applicationText(application));
}

async function history(_: Connection, { status }: Application, raw: RawAppOptions): Promise<number> {
  const entries = status?.history ?? [];
  return print(raw.output, entries, () => historyText(entries));
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
  return waitFor(connection.client, application, secondsOf(raw), (now, elapsedMs) =>
    syncProgress(now, { handled: isHandled(now, SYNC_HANDLED, value), request: value, elapsedMs }),
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
  return waitFor(connection.client, application, secondsOf(raw), (now, elapsedMs) =>
    syncProgress(now, { handled: now.status?.pendingPrune === undefined, elapsedMs }),
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
  return waitFor(connection.client, application, secondsOf(raw), (now, elapsedMs) => {
    const handled = isHandled(now, ROLLBACK_HANDLED, value);
    const refusal = handled ? describeRefusal(now) : undefined;
    if (refusal !== undefined) return { type: 'failed', text: refusal };
    const { commit: at = '', quarantine } = now.status ?? {};
    const isThere = handled && at === (quarantine?.rolledBackTo ?? now.status?.targetCommit);
    return syncProgress(now, { handled: isThere, elapsedMs });
  });
}

import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationObjectStatus,
  ObjectTouch,
} from '@gantry/api/generated/types';
import { describeWho } from '@gantry/gitops/drift/touched';
import { describeFollowed, followedBy } from '@gantry/gitops/sync/followed';

const MESSAGE_MAX = 100;

const shorten = (text: string): string =>
  text.length > MESSAGE_MAX ? `${text.slice(0, MESSAGE_MAX - 1)}…` : text;
const firstLine = (text = ''): string => shorten(text.split('\n')[0] ?? '');
const short = (commit: string | undefined): string => commit?.slice(0, 7) ?? '-';

/** Columns as wide as their widest cell; an empty cell is `-`. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => (cell === '' ? '-' : cell).padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

export const listText = (all: readonly Application[]): string =>
  table([
    ['NAMESPACE', 'NAME', 'SYNC', 'HEALTH', 'COMMIT', 'MESSAGE'],
    ...all.map(({ metadata, status }) => [
      metadata.namespace ?? '',
      metadata.name,
      status?.sync ?? 'Unknown',
      status?.health ?? 'Unknown',
      short(status?.commit),
      firstLine(status?.message),
    ]),
  ]);

/** Everything that a person asks about an Application. */
export function applicationText(application: Application): string {
  const { metadata, spec, status = {} } = application;
  const { operation, pendingPrune } = status;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['application', `${metadata.namespace}/${metadata.name}`],
    ['source', `${spec.source.repository}, ${followedText(application)}, path ${spec.source.path ?? '.'}`],
    ['sync', status.sync ?? 'Unknown'],
    ['health', status.health ?? 'Unknown'],
    ['commit', status.commit],
    ['follows', status.targetCommit === status.commit ? undefined : status.targetCommit],
    [
      'under way',
      operation === undefined ? undefined : (operation.message ?? `commit ${short(operation.commit)}`),
    ],
    [
      'to approve',
      pendingPrune === undefined
        ? undefined
        : `${pendingPrune.count} of ${pendingPrune.of} objects would be deleted: ${pendingPrune.approval}`,
    ],
    ['message', status.message],
  ];
  const lines = facts.flatMap(([name, text]) =>
    text === undefined || text === ''
      ? []
      : [`${`${name}:`.padEnd(13)}${text.replaceAll('\n', `\n${' '.repeat(13)}`)}\n`],
  );
  const objects = status.objects ?? [];
  return lines.join('') + (objects.length === 0 ? '' : `\n${objectsText(objects)}`);
}

const followedText = (application: Application): string => describeFollowed(followedBy(application));

const objectsText = (objects: readonly ApplicationObjectStatus[]): string =>
  table([
    ['OBJECT', 'NAMESPACE', 'SYNC', 'HEALTH', 'MESSAGE'],
    ...objects.map(({ kind, name, namespace = '', sync = '', health = '', message, touched }) => [
      `${kind}/${name}`,
      namespace,
      sync,
      health,
      firstLine(touchText(touched, health) ?? message),
    ]),
  ]);

/** Who changed or deleted what is out of sync. */
function touchText(touched: ObjectTouch | undefined, health: string): string | undefined {
  const who = touched === undefined ? '' : describeWho(touched);
  if (who === '') return undefined;
  return health === 'Missing' ? `deleted by ${who}` : `changed by ${who}: ${touched?.fields?.join(', ')}`;
}

export const historyText = (history: readonly ApplicationHistoryEntry[]): string =>
  table([
    ['TIME', 'COMMIT', 'RESULT', 'CAUSE', 'USER', 'CREATED', 'CHANGED', 'PRUNED', 'MESSAGE'],
    ...history.map((entry) => [
      entry.time ?? '',
      short(entry.commit),
      entry.result ?? '',
      entry.cause ?? 'Commit',
      entry.user ?? '',
      String(entry.created ?? 0),
      String(entry.changed ?? 0),
      String(entry.pruned ?? 0),
      firstLine(entry.reason ?? entry.message),
    ]),
  ]);

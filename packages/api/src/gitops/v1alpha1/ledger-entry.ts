import { humanDuration, translateTimestampSince as timeSince } from '@gantry/machinery/time';
import type { LedgerEntry as Entry } from '../../generated/types.ts';
import { type Column, defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, int64, microTime, rawObject, ref, string, struct } from '../../schema/dsl.ts';
import { firstOf, NONE, nameColumn, text, wide } from '../../tables/columns.ts';
import { LEDGER_TYPES } from './ledger-types.ts';

export const LedgerObject = struct(
  'dev.gantry.gitops.v1alpha1.LedgerObject',
  {
    apiVersion: string({ required: true, description: 'Group and version of the object.' }),
    kind: string({ required: true, description: 'Kind of the object.' }),
    namespace: string({ description: 'Namespace of the object; empty for cluster-wide kinds.' }),
    name: string({ required: true, description: 'Name of the object.' }),
  },
  { description: 'An object that an entry is about.' },
);

export const LedgerEntry = struct(
  'dev.gantry.gitops.v1alpha1.LedgerEntry',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ description: 'Kind of the object.' }),
    metadata: ref(() => ObjectMeta),
    type: string({ required: true, enum: [...LEDGER_TYPES], description: 'What happened.' }),
    time: microTime({ description: 'When, to the millisecond. Default: when it was recorded.' }),
    actor: string({
      description: 'The user who did it, or with whose rights it was done. Default: who recorded it.',
    }),
    application: string({ description: 'Name of the Application in the namespace of the entry.' }),
    repository: string({ description: 'Name of the Repository.' }),
    ref: string({ description: 'Branch or tag, or what else the Application follows.' }),
    commit: string({ description: 'The full commit id.' }),
    commitMessage: string({ description: 'First line of the commit message.' }),
    object: ref(() => LedgerObject, { description: 'The object that it is about.' }),
    operation: string({
      enum: ['create', 'update', 'delete'],
      description: 'What was done to the object.',
    }),
    images: array(string(), { listType: 'atomic', description: 'Images that the object runs.' }),
    error: string({ description: 'What went wrong, in words.' }),
    durationMs: int64({
      minimum: 0,
      description:
        'How long it took, in milliseconds: of a Sync until it was applied, of Healthy since the commit was applied.',
    }),
    syncId: string({ description: 'The same for all entries of one sync or push.' }),
    revision: int64({
      description: 'Version of the store that the change made: its place in the change log.',
    }),
    manifest: rawObject({
      description:
        'What was applied, exactly; of a Prune what was deleted. Values of Secrets are left out. Lists leave it out too, unless they are asked with manifests=true.',
    }),
    message: string({ description: 'What happened, in words.' }),
  },
  {
    description:
      'One thing that a commit, a push or a person did to Applications. Appended by the server and the sync; never changed.',
  },
);

const objectText = ({ object }: Entry): string =>
  object === undefined ? NONE : `${object.kind}/${object.name}`;

const columns: readonly Column<Entry>[] = [
  nameColumn as Column<Entry>,
  text('Age', 'Time since it was recorded.', ({ metadata }, now) =>
    timeSince(metadata.creationTimestamp, now),
  ),
  text('Type', 'What happened.', ({ type }) => type),
  text('Application', 'Name of the Application.', ({ application }) => application || NONE),
  text('Commit', 'Commit that it is about.', ({ commit }) => commit?.slice(0, 7) || NONE),
  text('Object', 'The object that it is about.', objectText),
  text('Actor', 'Who did it.', ({ actor }) => actor || NONE),
  text(
    'Message',
    'What happened or went wrong, in words.',
    ({ message, error }) => (error || message || '').split('\n')[0] ?? '',
  ),
  wide('Duration', 'How long it took.', ({ durationMs }) =>
    durationMs === undefined
      ? NONE
      : durationMs < 10_000
        ? `${(durationMs / 1000).toFixed(1)}s`
        : humanDuration(durationMs),
  ),
  wide('Repository', 'Name of the Repository.', ({ repository }) => repository || NONE),
  wide('Ref', 'Branch or tag, or what else the Application follows.', ({ ref: name }) => name || NONE),
  wide(
    'Images',
    'Images that the object runs; the first three.',
    ({ images = [] }) => firstOf(images, 3) || NONE,
  ),
  wide('Sync', 'Id of the sync or push.', ({ syncId }) => syncId || NONE),
];

export const ledgerEntry = defineKind<Entry>({
  group: 'gitops.gantry.dev',
  version: 'v1alpha1',
  kind: 'LedgerEntry',
  plural: 'ledgerentries',
  singular: 'ledgerentry',
  namespaced: true,
  shortNames: ['ledger'],
  verbs: ['create', 'get', 'list'],
  type: LedgerEntry,
  columns,
});

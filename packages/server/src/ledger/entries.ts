import { createHash } from 'node:crypto';
import type { LedgerEntry } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import { formatMicroTime, formatTime, parseTime } from '@gantry/machinery/time';
import type { LedgerRow } from '@gantry/store/ledger-port';
import { encodeBody } from '../cache/encode-body.ts';
import { Entry } from '../cache/entry.ts';
import { imagesOf, manifestText, storable } from './manifest.ts';

const API_VERSION = 'gitops.gantry.dev/v1alpha1';
const RESOURCE = 'ledgerentries.gitops.gantry.dev';
/** Characters of one text; what is longer is cut. */
const MAX_TEXT = 16 * 1024;
const MAX_LINE = 1_024;
const MAX_IMAGES = 100;

const cut = (text: string | undefined, most: number): string => storable((text ?? '').slice(0, most));

/** A row without anything in it but what every one has. */
export const emptyRow = (namespace: string, name: string, type: string, time: number): LedgerRow => ({
  ...{ namespace, name, type, time, actor: '', application: '', repository: '', ref: '', commit: '' },
  ...{ commitMessage: '', apiVersion: '', kind: '', objectNamespace: '', objectName: '', operation: '' },
  ...{ images: [], error: '', durationMs: null, syncId: '', revision: null, manifest: null, message: '' },
});

/** The same name gives the same uid: of an entry nothing else ever has it. */
function uidOf(namespace: string, name: string): string {
  const hash = createHash('sha256').update(`${namespace}/${name}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** What a client sent, as a row. `actor` and `now` where it says nothing of these. */
export function rowOfEntry(entry: LedgerEntry, actor: string, now: Date): LedgerRow {
  const { metadata, object, manifest } = entry;
  const time = entry.time === undefined ? now : (parseTime(entry.time) ?? now);
  const applied = manifest === undefined ? undefined : (manifest as unknown as AnyObject);
  return {
    ...emptyRow(metadata.namespace ?? '', metadata.name, entry.type, Math.min(time.getTime(), now.getTime())),
    actor: cut(entry.actor || actor, MAX_LINE),
    application: cut(entry.application, MAX_LINE),
    repository: cut(entry.repository, MAX_LINE),
    ref: cut(entry.ref, MAX_LINE),
    commit: cut(entry.commit, MAX_LINE),
    commitMessage: cut(entry.commitMessage, MAX_LINE),
    apiVersion: cut(object?.apiVersion, MAX_LINE),
    kind: cut(object?.kind, MAX_LINE),
    objectNamespace: cut(object?.namespace, MAX_LINE),
    objectName: cut(object?.name, MAX_LINE),
    operation: cut(entry.operation, MAX_LINE),
    images: (entry.images ?? imagesOf(applied)).slice(0, MAX_IMAGES).map((image) => cut(image, MAX_LINE)),
    error: cut(entry.error, MAX_TEXT),
    durationMs: entry.durationMs ?? null,
    syncId: cut(entry.syncId, MAX_LINE),
    revision: entry.revision ?? null,
    manifest: applied === undefined ? null : manifestText(applied),
    message: cut(entry.message, MAX_TEXT),
  };
}

/** A row as clients read it. */
export function entryOfRow(row: LedgerRow): LedgerEntry {
  const time = new Date(row.time);
  const optional = {
    ...{ actor: row.actor, application: row.application, repository: row.repository, ref: row.ref },
    ...{ commit: row.commit, commitMessage: row.commitMessage, operation: row.operation },
    ...{ error: row.error, syncId: row.syncId, message: row.message },
  };
  return {
    apiVersion: API_VERSION,
    kind: 'LedgerEntry',
    metadata: {
      name: row.name,
      namespace: row.namespace,
      uid: uidOf(row.namespace, row.name),
      resourceVersion: String(row.revision ?? 1),
      creationTimestamp: formatTime(time),
    },
    type: row.type as LedgerEntry['type'],
    time: formatMicroTime(time),
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, text]) => text !== ''),
    ) as Partial<LedgerEntry>),
    ...(row.objectName === ''
      ? {}
      : {
          object: {
            apiVersion: row.apiVersion,
            kind: row.kind,
            ...(row.objectNamespace === '' ? {} : { namespace: row.objectNamespace }),
            name: row.objectName,
          },
        }),
    ...(row.images.length === 0 ? {} : { images: [...row.images] }),
    ...(row.durationMs === null ? {} : { durationMs: row.durationMs }),
    ...(row.revision === null ? {} : { revision: row.revision }),
    ...(row.manifest === null ? {} : { manifest: JSON.parse(row.manifest) as Record<string, never> }),
  };
}

/** A row in the form in which the server renders objects: whole, as a table's row, its metadata only. */
export function renderable(row: LedgerRow): Entry {
  const entry = entryOfRow(row) as unknown as AnyObject;
  const { namespace, name } = row;
  const key = { resource: RESOURCE, namespace, name };
  return Entry.fromBody(
    key,
    entry.metadata.uid ?? '',
    row.revision ?? 1,
    encodeBody({
      ...entry,
      metadata: { ...entry.metadata, resourceVersion: '' },
    }),
  );
}

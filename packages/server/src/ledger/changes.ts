import type { ApplySetLedger } from '@gantry/api/generated/types';
import { invalid as invalidValue, tooLong } from '@gantry/machinery/field-error';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest, failure, invalid } from '@gantry/machinery/status';
import type { LedgerRow } from '@gantry/store/ledger-port';
import type { Change } from '@gantry/store/port';
import { type Authorizer, objectAttributes, type StateReader, type UserInfo } from '../request.ts';
import { emptyRow } from './entries.ts';
import { imagesOf, manifestText, storable } from './manifest.ts';

/** Of the change log's column. */
const MAX_ORIGIN_BYTES = 256;
const APPLICATIONS = 'applications.gitops.gantry.dev';
const APPLICATION = { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'applications' };
const MAX_TEXT = 1_024;

/** One object that a set changed. */
export interface AppliedChange {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly operation: 'create' | 'update' | 'delete';
  readonly revision: number;
  /** What was sent for it; of a delete, what it was. */
  readonly manifest: AnyObject;
}

/** By the revision there is one entry a change, whoever records it. */
const nameOf = (revision: number): string => `change-${revision}`;

function changeRow(
  change: AppliedChange,
  ledger: Pick<ApplySetLedger, 'namespace' | 'application'> & Partial<ApplySetLedger>,
  actor: string,
  time: number,
): LedgerRow {
  const { apiVersion, kind, namespace, name, operation, revision, manifest } = change;
  const type = operation === 'delete' ? 'Prune' : 'Change';
  const done = { create: 'Created', update: 'Changed', delete: 'Deleted' }[operation];
  const text = (value: string | undefined): string => storable((value ?? '').slice(0, MAX_TEXT));
  return {
    ...emptyRow(ledger.namespace, nameOf(revision), type, time),
    ...{ apiVersion, kind, objectNamespace: namespace, objectName: name, operation, revision },
    actor: text(actor),
    application: ledger.application,
    repository: text(ledger.repository),
    ref: text(ledger.ref),
    commit: text(ledger.commit),
    commitMessage: text(ledger.commitMessage),
    syncId: text(ledger.syncId),
    images: imagesOf(manifest),
    manifest: manifestText(manifest),
    message: `${done} ${kind}/${name}`,
  };
}

/** What a set changed, for the ledger of its Application. */
export const changeRows = (
  changes: readonly AppliedChange[],
  ledger: ApplySetLedger,
  actor: string,
  time: number,
): LedgerRow[] => changes.map((change) => changeRow(change, ledger, actor, time));

/**
 * The ledger of an Application tells of those only who act for it: with its rights, or with the right to change it.
 * Throws BadRequest and Forbidden.
 */
export function checkLedgerOf(
  ledger: ApplySetLedger,
  user: UserInfo,
  state: StateReader,
  authorizer: Authorizer,
): void {
  const { namespace, application: name } = ledger;
  if (!namespace || !name) throw badRequest('spec.ledger: namespace and application are required');
  const found = state.get(APPLICATIONS, namespace, name) as
    | { readonly spec?: { readonly user?: string; readonly serviceAccountName?: string } }
    | undefined;
  const { user: own, serviceAccountName } = found?.spec ?? {};
  const account = `system:serviceaccount:${namespace}:${serviceAccountName}`;
  if (found !== undefined && (user.name === own || user.name === account)) return;
  const attributes = objectAttributes(APPLICATION, 'update', { namespace, name });
  if (found !== undefined && authorizer.authorize(user, attributes).allowed) return;
  throw failure(
    403,
    'Forbidden',
    `spec.ledger: Application ${namespace}/${name} does not act with the rights of User ${JSON.stringify(user.name)}`,
  );
}

/** Else a set could put its changes into any ledger. Throws Invalid, which names the field. */
function checkWord(field: string, value: string | undefined): void {
  const error =
    value === undefined
      ? undefined
      : /\s/.test(value)
        ? invalidValue(field, value, 'must be one word')
        : Buffer.byteLength(value) > MAX_ORIGIN_BYTES
          ? tooLong(field, MAX_ORIGIN_BYTES)
          : undefined;
  if (error !== undefined) throw invalid(APPLICATION.group, 'ApplySet', '', [error]);
}

/**
 * What the change log keeps with each change: enough to find the ledger it belongs into; the first word only, of what is
 * longer than 256 bytes. Throws Invalid.
 */
export function originOf(origin: string | undefined, ledger: ApplySetLedger | undefined): string | undefined {
  checkWord('spec.origin', origin);
  if (ledger === undefined) return origin;
  checkWord('spec.ledger.commit', ledger.commit);
  checkWord('spec.ledger.syncId', ledger.syncId);
  const first = origin ?? `git:${ledger.commit ?? ''}`;
  const whole = `${first} ${ledger.namespace}/${ledger.application} ${ledger.syncId ?? ''}`;
  if (Buffer.byteLength(whole) <= MAX_ORIGIN_BYTES) return whole;
  // The longest commit with its prefix is longer than what the column takes.
  return Buffer.byteLength(first) <= MAX_ORIGIN_BYTES ? first : undefined;
}

const ORIGIN = /^git:(\S*) ([^/\s]+)\/(\S+) (\S*)$/;

/** The entry of a change that was stored and not recorded. Undefined: it belongs into no ledger. */
export function rowOfChange(change: Change): LedgerRow | undefined {
  const [, commit = '', namespace, application, syncId = ''] = ORIGIN.exec(change.origin ?? '') ?? [];
  if (namespace === undefined || application === undefined) return undefined;
  const object = JSON.parse(change.body) as AnyObject;
  return changeRow(
    {
      ...{
        apiVersion: object.apiVersion,
        kind: object.kind,
        operation: change.op,
        revision: change.revision,
      },
      ...{ namespace: change.key.namespace, name: change.key.name, manifest: object },
    },
    { namespace, application, commit, syncId },
    change.author ?? '',
    change.time,
  );
}

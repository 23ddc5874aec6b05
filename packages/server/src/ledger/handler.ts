import { randomUUID } from 'node:crypto';
import type { LedgerEntry } from '@gantry/api/generated/types';
import { isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { alreadyExists, badRequest, invalid } from '@gantry/machinery/status';
import type { Ledger, LedgerRow } from '@gantry/store/ledger-port';
import type { HandlerContext, VirtualHandler } from '../handler.ts';
import { decodeObject } from '../registry/plan.ts';
import type { ApiResource } from '../registry/resource.ts';
import type { LedgerAppender } from './appender.ts';
import { entryOfRow, rowOfEntry } from './entries.ts';

export const GROUP = 'gitops.gantry.dev';
export const PLURAL = 'ledgerentries';
const MAX_ENTRIES = 1_000;
const LIST_KIND = 'LedgerEntryList';

export interface LedgerParts {
  readonly ledger: Ledger;
  readonly appender: LedgerAppender;
  readonly resource: ApiResource;
  /** Who changed the object of an entry last. */
  lastAuthor(entry: LedgerEntry): Promise<string | undefined>;
}

/** Items of a list, or the one object. Throws BadRequest. */
function given(body: AnyObject): readonly unknown[] {
  if (body.kind !== LIST_KIND) return [body];
  const { items } = body;
  if (!Array.isArray(items)) throw badRequest('items must be a list of ledger entries');
  if (items.length > MAX_ENTRIES)
    throw badRequest(`a list holds at most ${MAX_ENTRIES} ledger entries, got ${items.length}`);
  return items;
}

/** Throws what is wrong with it. */
function decoded(value: unknown, { resource }: LedgerParts, context: HandlerContext): LedgerEntry {
  if (!isObject(value)) throw badRequest('a ledger entry must be an object');
  const object = decodeObject({ resource, fieldValidation: 'Strict', warn: context.warn }, value);
  const { metadata } = object;
  const { namespace } = context.attributes;
  metadata.namespace ||= namespace;
  if (metadata.namespace !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  metadata.name ||= `${(metadata.generateName as string | undefined) ?? 'entry-'}${randomUUID().slice(0, 13)}`;
  const errors = resource.compiled.validateCreate(object, {
    ...{ now: new Date(), user: context.user.name, dryRun: context.dryRun, subresource: '' },
  });
  if (errors.length > 0) throw invalid(GROUP, resource.kind.kind, metadata.name, errors);
  return object as unknown as LedgerEntry;
}

/**
 * POST of one entry, or of a LedgerEntryList with up to 1,000. A name that is there already answers 409 when it comes
 * alone, and is left as it is in a list: so that who does not know whether an entry arrived may send it again.
 */
export const ledgerHandler = (parts: LedgerParts): VirtualHandler => ({
  group: GROUP,
  resource: PLURAL,
  async create(body, context) {
    const isList = body.kind === LIST_KIND;
    const now = new Date();
    const entries = given(body).map((value) => decoded(value, parts, context));
    const rows: LedgerRow[] = [];
    for (const entry of entries) {
      // Who records a drift has not made it.
      const author = entry.type === 'Drift' && !entry.actor ? await parts.lastAuthor(entry) : undefined;
      rows.push(rowOfEntry(entry, author ?? context.user.name, now));
    }
    const made = context.dryRun ? undefined : await parts.appender.append(rows);
    const [first] = rows;
    if (isList || first === undefined)
      return {
        apiVersion: parts.resource.apiVersion,
        kind: LIST_KIND,
        metadata: {},
        items: [],
      } as unknown as AnyObject;
    const exists =
      made === undefined
        ? (await parts.ledger.get(first.namespace, first.name)) !== undefined
        : !made.has(`${first.namespace}/${first.name}`);
    if (exists) throw alreadyExists(parts.resource.gr, first.name);
    return entryOfRow(first) as unknown as AnyObject;
  },
});

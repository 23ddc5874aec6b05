import type { Write } from '@gantry/store/port';
import type { AppliedChange } from '../ledger/changes.ts';
import type { Planned } from './planned.ts';

/** What a set that was stored changed, object by object, for the ledger. */
export function changesOf(
  planned: readonly Planned[],
  revisions: ReadonlyMap<Write | undefined, number>,
): AppliedChange[] {
  return planned.flatMap(({ item, prepared }) => {
    const revision = prepared === undefined ? undefined : revisions.get(prepared.write);
    if (prepared === undefined || prepared.operation === 'none' || revision === undefined) return [];
    const { apiVersion, kind, namespace, name, config } = item;
    const { before, context } = prepared;
    const manifest = config ?? (before === undefined ? prepared.object : context.resource.view(before));
    const operation = config === undefined ? 'delete' : prepared.operation;
    return [{ apiVersion, kind, namespace, name, operation, revision, manifest }];
  });
}

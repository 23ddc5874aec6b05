import type { ApplySetResult } from '@gantry/api/generated/types';
import { dryEntry } from '../registry/registry.ts';
import type { Planned, Run } from './run.ts';

/** What the answer says of one item. `revision`: at which it was stored. */
export function resultOf(run: Run, planned: Planned, revision?: number): ApplySetResult {
  const { item, prepared, after: entry, admitted, error } = planned;
  const { apiVersion, kind, namespace, name } = item;
  const names = { apiVersion, kind, ...(namespace === '' ? {} : { namespace }), name };
  if (error !== undefined) return { ...names, operation: 'error', error: error.status };
  if (prepared === undefined) return { ...names, operation: 'none' };
  const { resource } = prepared.context;
  const operation = item.config === undefined ? 'delete' : prepared.operation;
  if (operation === 'none' && run.explains) return { ...names, operation };
  const before = prepared.before === undefined ? {} : { before: resource.view(prepared.before) };
  if (operation === 'delete') return { ...names, operation, ...before };
  const after = resource.view(entry ?? dryEntry(prepared));
  if (revision !== undefined && operation !== 'none') after.metadata.resourceVersion = String(revision);
  return {
    ...names,
    operation,
    ...before,
    after,
    ...(admitted === undefined ? {} : { admitted: [...admitted] }),
  };
}

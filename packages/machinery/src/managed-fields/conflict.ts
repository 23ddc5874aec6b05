import { failure, type StatusError } from '../status.ts';
import { formatPath } from './path-element.ts';

/** A field that another manager owns and that the applied configuration would change. */
export interface FieldConflict {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  /** Elements of FieldsV1, e.g. `['f:spec', 'f:replicas']`. */
  readonly path: readonly string[];
}

function describe(conflict: FieldConflict): string {
  let text = JSON.stringify(conflict.manager);
  if (conflict.subresource !== '') text += ` with subresource ${JSON.stringify(conflict.subresource)}`;
  if (conflict.operation === 'Update') text += ` using ${conflict.apiVersion}`;
  return text;
}

function message(conflicts: readonly FieldConflict[]): string {
  const [only] = conflicts;
  if (conflicts.length === 1 && only !== undefined) {
    return `Apply failed with 1 conflict: conflict with ${describe(only)}: ${formatPath(only.path)}`;
  }
  const byManager = Map.groupBy(conflicts, describe);
  const lines: string[] = [];
  for (const manager of [...byManager.keys()].sort()) {
    lines.push(`conflicts with ${manager}:`);
    for (const conflict of byManager.get(manager) ?? []) lines.push(`- ${formatPath(conflict.path)}`);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

/** 409 with one cause a field. */
export function applyConflict(conflicts: readonly FieldConflict[]): StatusError {
  return failure(409, 'Conflict', message(conflicts), {
    causes: conflicts.map((conflict) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${describe(conflict)}`,
      field: formatPath(conflict.path),
    })),
  });
}

import type { Column } from '@gantry/api/kind';
import { ageColumn, integer, nameColumn } from '@gantry/api/tables/columns';
import type { Entry } from '../cache/entry.ts';
import type { ApiResource } from '../registry/resource.ts';
import { type Scale, scaleOf } from '../registry/scale.ts';
import type { Accepted } from './negotiate.ts';
import { includeObject } from './projections.ts';
import { type ApiResponse, formatted } from './response.ts';
import { definitionsOfColumns, partialMetadata, tableDocument } from './table.ts';

const COLUMNS: readonly Column<Scale>[] = [
  nameColumn,
  integer('Desired', 'Wanted number of replicas.', ({ spec }) => spec?.replicas ?? 0),
  integer('Available', 'Number of replicas that exist.', ({ status }) => status?.replicas ?? 0),
  ageColumn,
];

/** The scale of an object in the form that the client accepts. */
export function scaleResponse(
  status: number,
  resource: ApiResource,
  entry: Entry,
  accepted: Accepted,
  query: URLSearchParams,
  headers: Record<string, string | string[]> = {},
): ApiResponse {
  const scale = scaleOf(resource, resource.view(entry));
  const text =
    accepted.form === 'table'
      ? tableOf(scale, `meta.k8s.io/${accepted.version}`, query)
      : JSON.stringify(scale);
  return formatted(status, Buffer.from(`${text}\n`), accepted, headers);
}

function tableOf(scale: Scale, version: string, query: URLSearchParams): string {
  const now = new Date();
  const cells = JSON.stringify(COLUMNS.map(({ cell }) => cell(scale, now)));
  const include = includeObject(query);
  const shown = include === 'Object' ? JSON.stringify(scale) : partialMetadata(scale, version);
  const row = `{"cells":${cells},"object":${include === 'None' ? 'null' : shown}}`;
  const { resourceVersion } = scale.metadata;
  return tableDocument(version, { resourceVersion }, definitionsOfColumns(COLUMNS), row);
}

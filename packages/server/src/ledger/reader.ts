import { notFound } from '@gantry/machinery/status';
import type { Ledger } from '@gantry/store/ledger-port';
import type { RoutedRequest } from '../http/api-request.ts';
import { listed } from '../http/list-projection.ts';
import { negotiate } from '../http/negotiate.ts';
import { listProjection } from '../http/projections.ts';
import { entryResponse } from '../http/read-handlers.ts';
import { type ApiResponse, formattedParts } from '../http/response.ts';
import type { ApiResource } from '../registry/resource.ts';
import { renderable } from './entries.ts';
import { type ReadableParts, readableRows } from './readable.ts';
import { searchOf, tokenOf } from './search.ts';

/** GET and LIST of ledger entries, newest first, in every form that other resources have. */
export const ledgerReader =
  (ledger: Ledger, parts: ReadableParts) =>
  async (resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> => {
    const { attributes, query } = request;
    const { verb, namespace, name } = attributes;
    const accepted = negotiate(request, resource);
    if (verb === 'get') {
      const found = await ledger.get(namespace, name);
      const [row] = await readableRows(found === undefined ? [] : [found], request.user, parts);
      if (row === undefined) throw notFound(resource.gr, name);
      return entryResponse(200, resource, renderable(row), accepted, query);
    }
    const projection = listProjection(resource, accepted, query);
    const search = searchOf(query, namespace);
    const page =
      search.name === undefined
        ? await ledger.find(search.query)
        : { rows: await one(ledger, search.query.namespace, search.name) };
    const next = 'next' in page && page.next !== undefined ? { continue: tokenOf(page.next) } : {};
    // Entries are no part of the store's state: there is no version to go on from.
    const metadata = { resourceVersion: '1', ...next };
    const rows = await readableRows(page.rows, request.user, parts);
    return formattedParts(200, listed(projection, metadata, rows.map(renderable)), accepted);
  };

async function one(ledger: Ledger, namespace: string | undefined, name: string) {
  if (namespace === undefined) return [];
  const row = await ledger.get(namespace, name);
  return row === undefined ? [] : [row];
}

import { parseGroupVersion } from '@gantry/machinery/object';
import type { LedgerRow } from '@gantry/store/ledger-port';
import type { ResourceTable } from '../registry/resource.ts';
import { type Authorizer, objectAttributes, type UserInfo } from '../request.ts';

export interface ReadableParts {
  readonly authorizer: Authorizer;
  readonly table: Pick<ResourceTable, 'findKind'>;
}

/**
 * Of the entries of a ledger what a user may see: one about an object that the user may not `get` has no manifest and no
 * images, and isn't there at all when the object is in another namespace than the ledger, or in none.
 */
export async function readableRows(
  rows: readonly LedgerRow[],
  user: UserInfo,
  { authorizer, table }: ReadableParts,
): Promise<LedgerRow[]> {
  const known = new Map<string, boolean>();
  const may = async (row: LedgerRow): Promise<boolean> => {
    const { group, version } = parseGroupVersion(row.apiVersion);
    const resource = table.findKind(group, version, row.kind);
    if (resource === undefined) return false;
    const ask = async (name: string): Promise<boolean> => {
      const at = { namespace: resource.kind.namespaced ? row.objectNamespace : '', name };
      const attributes = objectAttributes(resource.kind, 'get', at);
      await authorizer.prepare?.(user, attributes);
      return authorizer.authorize(user, attributes).allowed;
    };
    const key = `${row.apiVersion}/${row.kind}/${row.objectNamespace}`;
    const all = known.get(key) ?? (await ask(''));
    known.set(key, all);
    return all || ask(row.objectName);
  };
  const out: LedgerRow[] = [];
  for (const row of rows)
    if (row.kind === '' || (await may(row))) out.push(row);
    else if (row.objectNamespace === row.namespace) out.push({ ...row, manifest: null, images: [] });
  return out;
}

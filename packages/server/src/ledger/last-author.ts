import type { LedgerEntry } from '@gantry/api/generated/types';
import { parseGroupVersion } from '@gantry/machinery/object';
import type { Store } from '@gantry/store/port';
import type { ResourceTable } from '../registry/resource.ts';

/** Changes that are looked through. */
const HISTORY_MAX = 20;
/** Who writes a status all the time has made no drift. */
const PARTS = /^system:(node:|kube-|gantry-|serviceaccount:kube-system:|apiserver)/;

/** Who changed an object last, the commits of a sync and the cluster's own parts left out. */
export async function lastAuthorOf(
  object: LedgerEntry['object'],
  { store, table }: { readonly store: Pick<Store, 'history'>; readonly table: ResourceTable },
): Promise<string | undefined> {
  if (object === undefined) return undefined;
  const { group, version } = parseGroupVersion(object.apiVersion);
  const resource = table.findKind(group, version, object.kind);
  if (resource === undefined) return undefined;
  const namespace = resource.kind.namespaced ? (object.namespace ?? '') : '';
  const key = { resource: resource.storage, namespace, name: object.name };
  const changes = await store.history(key, HISTORY_MAX);
  return changes.find(
    ({ author, origin }) => author !== undefined && origin === undefined && !PARTS.test(author),
  )?.author;
}

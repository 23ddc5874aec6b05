import type { ResourceClaim, ResourceSlice } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, nameColumn, text } from '../../tables/columns.ts';

function state({ metadata, status }: ResourceClaim): string {
  const deleted = metadata.deletionTimestamp !== undefined;
  const words = deleted ? ['deleted'] : [];
  if (status?.allocation !== undefined) {
    words.push('allocated');
    if ((status.reservedFor ?? []).length > 0) words.push('reserved');
  } else if (!deleted) words.push('pending');
  return words.join(',');
}

export const resourceClaimColumns: readonly Column<ResourceClaim>[] = [
  nameColumn,
  text('State', state),
  ageColumn,
];

export const resourceSliceColumns: readonly Column<ResourceSlice>[] = [
  nameColumn,
  text('Node', ({ spec }) => spec.nodeName ?? ''),
  text('Driver', ({ spec }) => spec.driver ?? ''),
  text('Pool', ({ spec }) => spec.pool?.name ?? ''),
  ageColumn,
];

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
  text('State', 'pending, allocated, reserved or deleted.', state),
  ageColumn,
];

export const resourceSliceColumns: readonly Column<ResourceSlice>[] = [
  nameColumn,
  text('Node', 'Node that the devices are at.', ({ spec }) => spec.nodeName ?? ''),
  text('Driver', 'Name of the driver.', ({ spec }) => spec.driver ?? ''),
  text('Pool', 'Name of the pool.', ({ spec }) => spec.pool?.name ?? ''),
  ageColumn,
];

import type { EndpointSlice } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, firstOf, nameColumn, text, UNSET } from '../../tables/columns.ts';

const MAX = 3;

export const endpointSliceColumns: readonly Column<EndpointSlice>[] = [
  nameColumn,
  text('AddressType', ({ addressType }) => addressType),
  text(
    'Ports',
    ({ ports }) =>
      firstOf(
        (ports ?? []).map(({ port }) => (port === undefined ? '*' : String(port))),
        MAX,
      ) || UNSET,
  ),
  text(
    'Endpoints',
    ({ endpoints }) =>
      firstOf(
        (endpoints ?? []).flatMap(({ addresses }) => addresses),
        MAX,
      ) || UNSET,
  ),
  ageColumn,
];

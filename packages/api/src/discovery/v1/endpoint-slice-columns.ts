import type { EndpointSlice } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, firstOf, nameColumn, text, UNSET } from '../../tables/columns.ts';

const MAX = 3;

export const endpointSliceColumns: readonly Column<EndpointSlice>[] = [
  nameColumn,
  text('AddressType', 'IPv4, IPv6 or FQDN.', ({ addressType }) => addressType),
  text(
    'Ports',
    'Ports of the backends; the first three.',
    ({ ports }) =>
      firstOf(
        (ports ?? []).map(({ port }) => (port === undefined ? '*' : String(port))),
        MAX,
      ) || UNSET,
  ),
  text(
    'Endpoints',
    'Addresses of the backends; the first three.',
    ({ endpoints }) =>
      firstOf(
        (endpoints ?? []).flatMap(({ addresses }) => addresses),
        MAX,
      ) || UNSET,
  ),
  ageColumn,
];

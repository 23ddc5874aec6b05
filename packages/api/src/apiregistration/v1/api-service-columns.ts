import type { APIService } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, nameColumn, text } from '../../tables/columns.ts';

function available({ status }: APIService): string {
  const condition = (status?.conditions ?? []).find(({ type }) => type === 'Available');
  if (condition === undefined) return 'Unknown';
  return condition.status !== 'True' && condition.reason
    ? `${condition.status} (${condition.reason})`
    : condition.status;
}

export const apiServiceColumns: readonly Column<APIService>[] = [
  nameColumn,
  text('Service', 'Service that serves the version, or Local for this server.', ({ spec }) =>
    spec.service === undefined ? 'Local' : `${spec.service.namespace ?? ''}/${spec.service.name ?? ''}`,
  ),
  text('Available', 'Whether the server can be reached, and why not.', available),
  ageColumn,
];

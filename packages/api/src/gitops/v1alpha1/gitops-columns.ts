import { translateTimestampSince as timeSince } from '@gantry/machinery/time';
import type { Application, Plan, Repository } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, NONE, nameColumn, text, wide } from '../../tables/columns.ts';

const short = (commit: string | undefined): string => commit?.slice(0, 7) || NONE;

export const applicationColumns: readonly Column<Application>[] = [
  nameColumn,
  text('Sync', ({ status }) => status?.sync ?? 'Unknown'),
  text('Health', ({ status }) => status?.health ?? 'Unknown'),
  text('Commit', ({ status }) => short(status?.commit)),
  ageColumn,
  wide('Repository', ({ spec }) => spec.source?.repository ?? ''),
  wide(
    'Revision',
    ({ spec: { source } }) =>
      [source?.commit?.slice(0, 7), source?.semver, source?.tag, source?.branch].find(Boolean) ?? '',
  ),
  wide('Path', ({ spec }) => spec.source?.path ?? ''),
  wide('Message', ({ status }) => status?.message ?? ''),
];

const ready = (status: Repository['status']) =>
  status?.conditions?.find((condition) => condition.type === 'Ready');

export const repositoryColumns: readonly Column<Repository>[] = [
  nameColumn,
  text('URL', ({ spec }) => (spec.hosted === true ? '<hosted>' : (spec.url ?? ''))),
  text('Ready', ({ status }) => ready(status)?.status ?? 'Unknown'),
  text('Branches', ({ status }) => Object.keys(status?.branches ?? {}).length),
  text('Tags', ({ status }) => Object.keys(status?.tags ?? {}).length),
  ageColumn,
  wide('Last Change', ({ status }, now) =>
    status?.lastFetchTime ? `${timeSince(status.lastFetchTime, now)} ago` : NONE,
  ),
  wide('Message', ({ status }) => ready(status)?.message ?? ''),
];

export const planColumns: readonly Column<Plan>[] = [
  nameColumn,
  text('Application', ({ spec }) => spec.application ?? ''),
  text('Commit', ({ status }) => short(status?.commit)),
  text('Phase', ({ status }) => status?.phase ?? 'Pending'),
  text('Create', ({ status }) => status?.created ?? 0),
  text('Change', ({ status }) => status?.changed ?? 0),
  text('Prune', ({ status }) => status?.pruned ?? 0),
  ageColumn,
  wide('Revision', ({ spec }) => spec.revision ?? ''),
  wide('Message', ({ status }) => status?.message ?? ''),
];

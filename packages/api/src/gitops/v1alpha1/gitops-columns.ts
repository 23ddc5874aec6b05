import { translateTimestampSince as timeSince } from '@gantry/machinery/time';
import type { Application, Plan, Repository } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, NONE, nameColumn, text, wide } from '../../tables/columns.ts';

const short = (commit: string | undefined): string => commit?.slice(0, 7) || NONE;

export const applicationColumns: readonly Column<Application>[] = [
  nameColumn,
  text('Sync', 'Whether the cluster is as the commit says.', ({ status }) => status?.sync ?? 'Unknown'),
  text('Health', 'How the objects are doing.', ({ status }) => status?.health ?? 'Unknown'),
  text('Commit', 'Commit that was last applied.', ({ status }) => short(status?.commit)),
  ageColumn,
  wide('Repository', 'Name of the Repository.', ({ spec }) => spec.source?.repository ?? ''),
  wide(
    'Revision',
    'Commit, semver range, tag or branch that is followed.',
    ({ spec: { source } }) =>
      [source?.commit?.slice(0, 7), source?.semver, source?.tag, source?.branch].find(Boolean) ?? '',
  ),
  wide('Path', 'Folder in the repository.', ({ spec }) => spec.source?.path ?? ''),
  wide('Message', 'Why, in words.', ({ status }) => status?.message ?? ''),
];

const ready = (status: Repository['status']) =>
  status?.conditions?.find((condition) => condition.type === 'Ready');

export const repositoryColumns: readonly Column<Repository>[] = [
  nameColumn,
  text('URL', 'Where the source is.', ({ spec }) => (spec.hosted === true ? '<hosted>' : (spec.url ?? ''))),
  text('Ready', 'Whether the source can be read.', ({ status }) => ready(status)?.status ?? 'Unknown'),
  text('Branches', 'Number of branches.', ({ status }) => Object.keys(status?.branches ?? {}).length),
  text('Tags', 'Number of tags.', ({ status }) => Object.keys(status?.tags ?? {}).length),
  ageColumn,
  wide('Last Change', 'Time since something new was last seen.', ({ status }, now) =>
    status?.lastFetchTime ? `${timeSince(status.lastFetchTime, now)} ago` : NONE,
  ),
  wide('Message', 'Why, in words.', ({ status }) => ready(status)?.message ?? ''),
];

export const planColumns: readonly Column<Plan>[] = [
  nameColumn,
  text('Application', 'Name of the Application that is planned.', ({ spec }) => spec.application ?? ''),
  text('Commit', 'Commit that is planned.', ({ status }) => short(status?.commit)),
  text('Phase', 'Pending, Ready, Refused or Failed.', ({ status }) => status?.phase ?? 'Pending'),
  text('Create', 'Objects that would be created.', ({ status }) => status?.created ?? 0),
  text('Change', 'Objects that would be changed.', ({ status }) => status?.changed ?? 0),
  text('Prune', 'Objects that would be deleted.', ({ status }) => status?.pruned ?? 0),
  ageColumn,
  wide('Revision', 'Branch, tag or commit to plan.', ({ spec }) => spec.revision ?? ''),
  wide('Message', 'Why, in words.', ({ status }) => status?.message ?? ''),
];

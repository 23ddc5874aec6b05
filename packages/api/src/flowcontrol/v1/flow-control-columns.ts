import type { FlowSchema, PriorityLevelConfiguration } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, NONE, nameColumn, text } from '../../tables/columns.ts';

export const flowSchemaColumns: readonly Column<FlowSchema>[] = [
  nameColumn,
  text('PriorityLevel', ({ spec }) => spec.priorityLevelConfiguration?.name ?? ''),
  text('MatchingPrecedence', ({ spec }) => spec.matchingPrecedence ?? 0),
  text('DistinguisherMethod', ({ spec }) => spec.distinguisherMethod?.type ?? NONE),
  ageColumn,
  text(
    'MissingPL',
    ({ status }) => (status?.conditions ?? []).find(({ type }) => type === 'Dangling')?.status ?? '?',
  ),
];

const queuing = ({ spec }: PriorityLevelConfiguration) => spec.limited?.limitResponse?.queuing;

export const priorityLevelConfigurationColumns: readonly Column<PriorityLevelConfiguration>[] = [
  nameColumn,
  text('Type', ({ spec }) => spec.type),
  text('NominalConcurrencyShares', ({ spec }) => spec.limited?.nominalConcurrencyShares ?? NONE),
  text('Queues', (level) => queuing(level)?.queues ?? NONE),
  text('HandSize', (level) => queuing(level)?.handSize ?? NONE),
  text('QueueLengthLimit', (level) => queuing(level)?.queueLengthLimit ?? NONE),
  ageColumn,
];

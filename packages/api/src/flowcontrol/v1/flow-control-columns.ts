import type { FlowSchema, PriorityLevelConfiguration } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, NONE, nameColumn, text } from '../../tables/columns.ts';

export const flowSchemaColumns: readonly Column<FlowSchema>[] = [
  nameColumn,
  text(
    'PriorityLevel',
    'Name of the priority level.',
    ({ spec }) => spec.priorityLevelConfiguration?.name ?? '',
  ),
  text(
    'MatchingPrecedence',
    'Order among schemas: the lowest that matches decides.',
    ({ spec }) => spec.matchingPrecedence ?? 0,
  ),
  text(
    'DistinguisherMethod',
    'How the requests are parted into flows.',
    ({ spec }) => spec.distinguisherMethod?.type ?? NONE,
  ),
  ageColumn,
  text(
    'MissingPL',
    'Whether the priority level is missing.',
    ({ status }) => (status?.conditions ?? []).find(({ type }) => type === 'Dangling')?.status ?? '?',
  ),
];

/** The order in which schemas are asked. */
export const byPrecedence = (a: FlowSchema, b: FlowSchema): number =>
  (a.spec.matchingPrecedence ?? 0) - (b.spec.matchingPrecedence ?? 0) ||
  (a.metadata.name < b.metadata.name ? -1 : 1);

const queuing = ({ spec }: PriorityLevelConfiguration) => spec.limited?.limitResponse?.queuing;

export const priorityLevelConfigurationColumns: readonly Column<PriorityLevelConfiguration>[] = [
  nameColumn,
  text('Type', 'Exempt or Limited.', ({ spec }) => spec.type),
  text(
    'NominalConcurrencyShares',
    'Share of the seats of the server.',
    ({ spec }) => spec.limited?.nominalConcurrencyShares ?? NONE,
  ),
  text('Queues', 'Number of queues.', (level) => queuing(level)?.queues ?? NONE),
  text(
    'HandSize',
    'Queues among which each flow chooses the shortest.',
    (level) => queuing(level)?.handSize ?? NONE,
  ),
  text(
    'QueueLengthLimit',
    'Most requests that wait in one queue.',
    (level) => queuing(level)?.queueLengthLimit ?? NONE,
  ),
  ageColumn,
];

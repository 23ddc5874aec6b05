import type { PlainHandler } from '../http/chain.ts';
import { textResponse } from '../http/response.ts';
import type { FlowControl } from './flow-control.ts';
import type { PriorityLevel } from './priority-level.ts';
import type { Ticket } from './ticket.ts';

const ROOT = '/debug/api_priority_and_fairness/';
const NO_TIME = '0001-01-01T00:00:00Z';

type Row = readonly (string | number | boolean)[];

/** Columns end with a comma and stand under each other, at least 8 wide and one apart. */
function table(rows: readonly Row[]): string {
  const texts = rows.map((row) =>
    row.map((cell, index) => (index === row.length - 1 ? String(cell) : `${cell},`)),
  );
  const widths: number[] = [];
  for (const row of texts)
    for (const [index, text] of row.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? 8, text.length + 1);
  return texts
    .map(
      (row) =>
        `${row.map((text, index) => text.padEnd(index === row.length - 1 ? 0 : (widths[index] ?? 0))).join('')}\n`,
    )
    .join('');
}

const sorted = (control: FlowControl): PriorityLevel[] =>
  [...control.levels.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

function priorityLevels(control: FlowControl): string {
  const header = [
    ...['PriorityLevelName', 'ActiveQueues', 'IsIdle', 'IsQuiescing', 'WaitingRequests'],
    ...[
      'ExecutingRequests',
      'DispatchedRequests',
      'RejectedRequests',
      'TimedoutRequests',
      'CancelledRequests',
    ],
  ];
  const rows = sorted(control).map((level) => [
    level.name,
    level.queues.filter(({ length }) => length > 0).length,
    level.idle,
    level.quiescing,
    level.waiting,
    level.executing,
    level.dispatched,
    level.rejected,
    0,
    level.cancelled,
  ]);
  return table([header, ...rows]);
}

const seatSeconds = (ms: number): string => `${(ms / 1000).toFixed(8)}ss`;

function queues(control: FlowControl): string {
  const header = [
    ...['PriorityLevelName', 'Index', 'PendingRequests', 'ExecutingRequests', 'SeatsInUse', 'NextDispatchR'],
    ...['InitialSeatsSum', 'MaxSeatsSum', 'TotalWorkSum'],
  ];
  const rows = sorted(control).flatMap((level) =>
    level.queues.map((queue, index) => [
      level.name,
      index,
      queue.length,
      queue.executing.size,
      queue.seatsInUse,
      seatSeconds(queue.nextStart),
      queue.waiting.reduce((sum, { work }) => sum + work.initialSeats, 0),
      queue.waitingSeats,
      seatSeconds(queue.waitingWork),
    ]),
  );
  return table([header, ...rows]);
}

/** `performance.now()` as a time of the day. */
const timeOf = (at: number): string =>
  at === 0 ? NO_TIME : new Date(performance.timeOrigin + at).toISOString();

function requestRow(
  level: PriorityLevel,
  queue: number,
  index: number,
  ticket: Ticket,
  details: boolean,
): Row {
  const { flow, work, attributes, user } = ticket;
  const row = [
    level.name,
    flow.schema,
    queue,
    index,
    flow.distinguisher,
    timeOf(ticket.arrivedAt),
    work.initialSeats,
    work.finalSeats,
    `${work.additionalMs === 0 ? '0s' : `${work.additionalMs}ms`}`,
    timeOf(ticket.startedAt),
  ];
  if (!details) return row;
  const { verb, path, namespace, name, group, version, resource, subresource } = attributes;
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return [...row, user.name, verb, path, namespace, name, groupVersion, resource, subresource];
}

function requests(control: FlowControl, details: boolean): string {
  const header = [
    ...[
      'PriorityLevelName',
      'FlowSchemaName',
      'QueueIndex',
      'RequestIndexInQueue',
      'FlowDistingsher',
      'ArriveTime',
    ],
    ...['InitialSeats', 'FinalSeats', 'AdditionalLatency', 'StartTime'],
    ...(details
      ? ['UserName', 'Verb', 'APIPath', 'Namespace', 'Name', 'APIVersion', 'Resource', 'SubResource']
      : []),
  ];
  const rows: Row[] = [];
  for (const level of sorted(control)) {
    for (const [at, queue] of level.queues.entries()) {
      for (const [index, ticket] of queue.waiting.entries())
        rows.push(requestRow(level, at, index, ticket, details));
      for (const ticket of queue.executing) rows.push(requestRow(level, at, -1, ticket, details));
    }
    for (const ticket of level.executingWithoutQueue) rows.push(requestRow(level, -1, -1, ticket, details));
  }
  return table([header, ...rows]);
}

/** `/debug/api_priority_and_fairness/…`: what waits and runs at this moment. */
export function flowControlDumps(control: FlowControl): PlainHandler {
  return ({ attributes, query }) => {
    if (!attributes.path.startsWith(ROOT)) return undefined;
    switch (attributes.path.slice(ROOT.length)) {
      case 'dump_priority_levels':
        return textResponse(200, priorityLevels(control));
      case 'dump_queues':
        return textResponse(200, queues(control));
      case 'dump_requests':
        return textResponse(200, requests(control, (query.get('includeRequestDetails') ?? '') !== ''));
      default:
        return undefined;
    }
  };
}

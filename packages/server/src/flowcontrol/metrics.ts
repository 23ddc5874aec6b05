import { type Cell, type Distribution, processInstruments as set } from '../operations/instruments.ts';

const PREFIX = 'apiserver_flowcontrol_';
const BY_FLOW = ['priority_level', 'flow_schema'];
const BY_LEVEL = ['priority_level'];
const SECONDS = [0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30];

const rejected = set.counter(
  `${PREFIX}rejected_requests_total`,
  'Number of requests rejected by API Priority and Fairness subsystem',
  [...BY_FLOW, 'reason'],
);
const dispatched = set.counter(
  `${PREFIX}dispatched_requests_total`,
  'Number of requests executed by API Priority and Fairness subsystem',
  BY_FLOW,
);
const inqueueRequests = set.gauge(
  `${PREFIX}current_inqueue_requests`,
  'Number of requests currently pending in queues of the API Priority and Fairness subsystem',
  BY_FLOW,
);
const inqueueSeats = set.gauge(
  `${PREFIX}current_inqueue_seats`,
  'Number of seats currently pending in queues of the API Priority and Fairness subsystem',
  BY_FLOW,
);
const executingRequests = set.gauge(
  `${PREFIX}current_executing_requests`,
  'Number of requests being executed, a watch only while it begins',
  BY_FLOW,
);
const executingSeats = set.gauge(
  `${PREFIX}current_executing_seats`,
  'Number of seats that executed requests occupy, a watch only while it begins',
  BY_FLOW,
);
const queueLength = set.histogram(
  `${PREFIX}request_queue_length_after_enqueue`,
  'Length of queue in the API Priority and Fairness subsystem, as seen by each request after it is enqueued',
  BY_FLOW,
  [0, 10, 25, 50, 100, 250, 500, 1000],
);
const waiting = set.histogram(
  `${PREFIX}request_wait_duration_seconds`,
  'Length of time a request spent waiting in its queue',
  [...BY_FLOW, 'execute'],
  SECONDS,
);
const execution = set.histogram(
  `${PREFIX}request_execution_seconds`,
  'Duration of request execution, of a watch only how long it took to begin',
  [...BY_FLOW, 'type'],
  SECONDS,
);
const watchCount = set.histogram(
  `${PREFIX}watch_count_samples`,
  'count of watchers for mutating requests in API Priority and Fairness',
  BY_FLOW,
  [0, 1, 10, 100, 1000, 10_000],
);
const estimatedSeats = set.histogram(
  `${PREFIX}work_estimated_seats`,
  'Number of estimated seats (maximum of initial and final seats) associated with requests in API Priority and Fairness',
  BY_FLOW,
  [1, 2, 4, 8, 16, 32, 64, 100],
);
const noAccommodation = set.counter(
  `${PREFIX}request_dispatch_no_accommodation_total`,
  'Number of times a dispatch attempt resulted in a non accommodation due to lack of available seats',
  BY_FLOW,
);

const gauge = (name: string, help: string) => set.gauge(`${PREFIX}${name}`, help, BY_LEVEL);

/** One value a priority level. */
export const levelGauges = {
  nominal: gauge(
    'nominal_limit_seats',
    'Nominal number of execution seats configured for each priority level',
  ),
  lower: gauge(
    'lower_limit_seats',
    'Configured lower bound on number of execution seats available to each priority level',
  ),
  upper: gauge(
    'upper_limit_seats',
    'Configured upper bound on number of execution seats available to each priority level',
  ),
  current: gauge(
    'current_limit_seats',
    'current derived number of execution seats available to each priority level',
  ),
  highWatermark: gauge(
    'demand_seats_high_watermark',
    'High watermark, over last adjustment period, of demand_seats',
  ),
  average: gauge(
    'demand_seats_average',
    'Time-weighted average, over last adjustment period, of demand_seats',
  ),
  deviation: gauge(
    'demand_seats_stdev',
    'Time-weighted standard deviation, over last adjustment period, of demand_seats',
  ),
  smoothed: gauge('demand_seats_smoothed', 'Smoothed seat demands'),
  target: gauge('target_seats', 'Seat allocation targets'),
  progress: gauge('current_r', 'R(time of last change)'),
};

export const fairFraction = set
  .gauge(
    `${PREFIX}seat_fair_frac`,
    "Fair fraction of server's concurrency to allocate to each priority level that can use it",
  )
  .with();

/** Seats that the event loop carries at this moment, whatever the priority levels would allow. */
export const loopSeats = set
  .gauge('gantry_flowcontrol_loop_seats', 'Seats that may be executing at once so that one turn stays short')
  .with();

/** The series of one flow schema at its priority level, looked up once. */
export interface FlowSeries {
  readonly dispatched: Cell;
  readonly inqueueRequests: Cell;
  readonly inqueueSeats: Cell;
  readonly executingRequests: Cell;
  readonly executingSeats: Cell;
  readonly queueLength: Distribution;
  readonly waited: Distribution;
  readonly waitedInVain: Distribution;
  readonly execution: Distribution;
  readonly watchExecution: Distribution;
  readonly watchCount: Distribution;
  readonly estimatedSeats: Distribution;
  readonly noAccommodation: Cell;
  rejected(reason: string): void;
}

export function flowSeries(level: string, schema: string): FlowSeries {
  return {
    dispatched: dispatched.with(level, schema),
    inqueueRequests: inqueueRequests.with(level, schema),
    inqueueSeats: inqueueSeats.with(level, schema),
    executingRequests: executingRequests.with(level, schema),
    executingSeats: executingSeats.with(level, schema),
    queueLength: queueLength.with(level, schema),
    waited: waiting.with(level, schema, 'true'),
    waitedInVain: waiting.with(level, schema, 'false'),
    execution: execution.with(level, schema, 'regular'),
    watchExecution: execution.with(level, schema, 'watch'),
    watchCount: watchCount.with(level, schema),
    estimatedSeats: estimatedSeats.with(level, schema),
    noAccommodation: noAccommodation.with(level, schema),
    rejected: (reason) => rejected.with(level, schema, reason).add(),
  };
}

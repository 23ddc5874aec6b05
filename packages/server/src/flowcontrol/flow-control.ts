import type { FlowSchema, PriorityLevelConfiguration } from '@gantry/api/generated/types';
import type { RequestAttributes, UserInfo } from '../request.ts';
import { mandatoryFlowSchemas, mandatoryPriorityLevels } from './bootstrap-objects.ts';
import { Dispatcher } from './dispatcher.ts';
import { levelConfig } from './level-config.ts';
import { LevelSeats } from './level-seats.ts';
import { flowDistinguisher, flowSchemaMatcher, type Matcher } from './matching.ts';
import { type FlowSeries, flowSeries } from './metrics.ts';
import { type LevelConfig, PriorityLevel } from './priority-level.ts';
import { type Flow, Ticket } from './ticket.ts';
import { estimateWork, type ServerState } from './work-estimate.ts';

const REBALANCE_MS = 10_000;
const UID_OF_SCHEMA = 'x-kubernetes-pf-flowschema-uid';
const UID_OF_LEVEL = 'x-kubernetes-pf-prioritylevel-uid';

interface Schema {
  readonly object: FlowSchema;
  readonly name: string;
  readonly matches: Matcher;
  readonly level: PriorityLevel;
  readonly series: FlowSeries;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request that may run; given back with `leave`. */
export interface Admitted {
  readonly level: PriorityLevel;
  readonly ticket: Ticket;
}

/** API Priority and Fairness: which requests may run now, by the FlowSchema and PriorityLevelConfiguration objects. */
export class FlowControl {
  readonly #state: ServerState;
  readonly #seats: LevelSeats;
  readonly dispatcher: Dispatcher;
  #levels = new Map<string, PriorityLevel>();
  #schemas: readonly Schema[] = [];
  #objects: readonly [readonly PriorityLevelConfiguration[], readonly FlowSchema[]] = [[], []];
  readonly #timer: NodeJS.Timeout;

  /** `seats`: requests of all limited levels together that may run at once. */
  constructor(seats: number, state: ServerState) {
    this.#state = state;
    this.#seats = new LevelSeats(seats);
    this.dispatcher = new Dispatcher(seats);
    this.dispatcher.onDrained = () => this.configure(...this.#objects);
    this.#timer = setInterval(() => this.#rebalance(), REBALANCE_MS);
    this.#timer.unref();
    this.configure([], []);
  }

  get levels(): ReadonlyMap<string, PriorityLevel> {
    return this.#levels;
  }

  /** Follows the objects; the mandatory ones count even where they are missing. */
  configure(levels: readonly PriorityLevelConfiguration[], schemas: readonly FlowSchema[]): void {
    const now = performance.now();
    this.#objects = [levels, schemas];
    this.#configureLevels(levels, now);
    const known = schemas.filter(({ spec }) => this.#serves(spec.priorityLevelConfiguration?.name));
    const missing = mandatoryFlowSchemas.filter(
      ({ metadata }) => !known.some((schema) => schema.metadata.name === metadata.name),
    );
    this.#schemas = [...known, ...missing].sort(byPrecedence).map((object) => this.#compile(object));
    this.#seats.configure(this.#levels.values(), now);
    this.dispatcher.wake();
  }

  /** Whether requests may be sent to a priority level of this name. */
  #serves(name = ''): boolean {
    return this.#levels.get(name)?.quiescing === false;
  }

  #configureLevels(objects: readonly PriorityLevelConfiguration[], now: number): void {
    const wanted = new Map<string, LevelConfig>();
    for (const object of [...mandatoryPriorityLevels, ...objects]) {
      const config = levelConfig(object);
      if (config !== undefined) wanted.set(config.name, config);
    }
    const next = new Map<string, PriorityLevel>();
    for (const [name, config] of wanted) {
      const level = this.#levels.get(name) ?? new PriorityLevel(config, now);
      level.configure(config);
      level.quiescing = false;
      next.set(name, level);
    }
    for (const [name, level] of this.#levels) {
      if (next.has(name)) continue;
      level.quiescing = true;
      // What still runs or waits there ends in its own time.
      if (level.idle) this.dispatcher.remove(level);
      else next.set(name, level);
    }
    for (const level of next.values()) if (!this.dispatcher.levels.has(level)) this.dispatcher.add(level);
    this.#levels = next;
  }

  #compile(object: FlowSchema): Schema {
    const { name = '', uid = '' } = object.metadata;
    const level = this.#levels.get(object.spec.priorityLevelConfiguration?.name ?? '');
    if (level === undefined) throw new Error(`the priority level of flow schema ${name} is not there`);
    return {
      object,
      name,
      matches: flowSchemaMatcher(object),
      level,
      series: flowSeries(level.name, name),
      headers: { [UID_OF_LEVEL]: level.config.uid, [UID_OF_SCHEMA]: uid },
    };
  }

  /** Whether the level that the flow schema names is there. */
  isDangling(schema: FlowSchema): boolean {
    return !this.#serves(schema.spec.priorityLevelConfiguration?.name);
  }

  /**
   * Lets a request run: now, or once it is its turn. `onWait` is given how to withdraw one that waits. Throws, or
   * rejects with, Rejected.
   */
  enter(
    user: UserInfo,
    attributes: RequestAttributes,
    query: URLSearchParams,
    onWait?: (withdraw: () => void) => void,
  ): Admitted | Promise<Admitted> {
    const schema = this.#classify(user, attributes);
    const { level, series } = schema;
    const work = estimateWork(attributes, query, this.#state, this.#seats.perRequest(level));
    const flow: Flow = {
      schema: schema.name,
      distinguisher:
        level.config.queuing === undefined ? '' : flowDistinguisher(schema.object, user, attributes),
      series,
      headers: schema.headers,
    };
    const ticket = new Ticket(user, attributes, flow, work, performance.now());
    series.estimatedSeats.observe(ticket.seats);
    const admitted = { level, ticket };
    const waiting = this.dispatcher.enter(level, ticket, onWait);
    return waiting === undefined ? admitted : waiting.then(() => admitted);
  }

  leave({ level, ticket }: Admitted): void {
    this.dispatcher.finish(level, ticket);
  }

  close(): void {
    clearInterval(this.#timer);
    this.dispatcher.close();
  }

  #classify(user: UserInfo, attributes: RequestAttributes): Schema {
    let last: Schema | undefined;
    for (const schema of this.#schemas) {
      if (schema.matches(user, attributes)) return schema;
      if (schema.name === 'catch-all') last = schema;
    }
    if (last === undefined) throw new Error('there is no flow schema catch-all');
    return last;
  }

  #rebalance(): void {
    this.#seats.rebalance(performance.now());
    this.dispatcher.wake();
  }
}

/** Lower numbers first; equal ones by name. */
function byPrecedence(a: FlowSchema, b: FlowSchema): number {
  const order = (a.spec.matchingPrecedence ?? 1000) - (b.spec.matchingPrecedence ?? 1000);
  if (order !== 0) return order;
  return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
}

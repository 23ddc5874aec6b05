import { describe, expect, it } from 'vitest';
import { parseRequest } from '../http/path.ts';
import { Dispatcher, Rejected } from './dispatcher.ts';
import { LoopSeats } from './loop-seats.ts';
import { flowSeries } from './metrics.ts';
import { type LevelConfig, PriorityLevel } from './priority-level.ts';
import { Ticket } from './ticket.ts';

const { attributes } = parseRequest('GET', '/api/v1/namespaces/a/pods/p', new URLSearchParams());

const config = (name: string, more: Partial<LevelConfig> = {}): LevelConfig => ({
  name,
  uid: name,
  exempt: false,
  shares: 10,
  lendablePercent: 0,
  borrowingLimitPercent: undefined,
  queuing: { queues: 64, handSize: 4, lengthLimit: 5 },
  ...more,
});

/** A dispatcher whose clock and turns a test makes. `loopLimit`: seats that the loop carries. */
function bench(loopLimit: number) {
  let now = 0;
  const turns: (() => void)[] = [];
  const loop = new LoopSeats(loopLimit, now, () => ({ active: 0, idle: 0 }));
  loop.limit = loopLimit;
  const dispatcher = new Dispatcher(600, { now: () => now, soon: (run) => turns.push(run), loop });
  const level = (name: string, limit: number, more: Partial<LevelConfig> = {}): PriorityLevel => {
    const made = new PriorityLevel(config(name, more), now);
    made.limit = limit;
    dispatcher.add(made);
    return made;
  };
  const started: string[] = [];
  const running: { level: PriorityLevel; ticket: Ticket }[] = [];
  const enter = (to: PriorityLevel, user: string, seats = 1) => {
    const flow = { schema: 's', distinguisher: user, series: flowSeries(to.name, 's'), headers: {} };
    const work = { initialSeats: seats, finalSeats: 0, additionalMs: 0 };
    const ticket = new Ticket({ name: user, groups: [] }, attributes, flow, work, now);
    const run = (): void => {
      started.push(user);
      running.push({ level: to, ticket });
    };
    let withdraw = (): void => undefined;
    const waiting = dispatcher.enter(to, ticket, (how) => {
      withdraw = how;
    });
    if (waiting === undefined) run();
    const outcome = waiting?.then(run, (error: unknown) => error);
    return { ticket, outcome, withdraw: () => withdraw() };
  };
  /** The oldest running request ends; then a turn of the loop. */
  const finishOne = async (tookMs = 1): Promise<void> => {
    now += tookMs;
    const done = running.shift();
    if (done !== undefined) dispatcher.finish(done.level, done.ticket);
    for (const turn of turns.splice(0)) turn();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { dispatcher, level, enter, finishOne, started, running };
}

describe('dispatcher', () => {
  it('lets requests begin at once while there are seats, and makes the others wait', async () => {
    const { level, enter, finishOne, started } = bench(100);
    const one = level('one', 2);
    for (let index = 0; index < 4; index++) enter(one, 'joe');
    expect(started).toHaveLength(2);
    expect(one.waiting).toBe(2);
    await finishOne();
    expect(started).toHaveLength(3);
  });

  it('serves another user of the level soon, however long the queue of the first is', async () => {
    const { level, enter, finishOne, started } = bench(100);
    const one = level('one', 2);
    for (let index = 0; index < 20; index++) void enter(one, 'flood').outcome;
    void enter(one, 'quiet').outcome;
    // The flood has a hand of four queues, each of which may come first.
    for (let index = 0; index < 5; index++) await finishOne();
    expect(started.slice(0, 7)).toContain('quiet');
  });

  it('keeps the loop short, and lets who had nothing of it begin all the same', () => {
    const { level, enter, started } = bench(3);
    const flooded = level('flooded', 50);
    const other = level('other', 50);
    for (let index = 0; index < 10; index++) void enter(flooded, 'flood').outcome;
    // One for each queue of its hand.
    expect(started).toHaveLength(4);
    void enter(flooded, 'quiet').outcome;
    void enter(other, 'else').outcome;
    expect(started.slice(-2)).toEqual(['quiet', 'else']);
  });

  it('goes round the levels by their limits when the loop is full', async () => {
    const { level, enter, finishOne, started } = bench(2);
    const big = level('big', 30, { queuing: { queues: 1, handSize: 1, lengthLimit: 500 } });
    const small = level('small', 10, { queuing: { queues: 1, handSize: 1, lengthLimit: 500 } });
    for (let index = 0; index < 200; index++) {
      void enter(big, 'b').outcome;
      void enter(small, 's').outcome;
    }
    for (let index = 0; index < 100; index++) await finishOne();
    const share = started.filter((who) => who === 'b').length / started.length;
    expect(share).toBeGreaterThan(0.65);
    expect(share).toBeLessThan(0.85);
  });

  it('turns away what a full queue has no room for, and what a level without queues has no seats for', async () => {
    const { level, enter } = bench(100);
    const queued = level('queued', 1, { queuing: { queues: 1, handSize: 1, lengthLimit: 2 } });
    for (let index = 0; index < 3; index++) void enter(queued, 'joe').outcome;
    await expect(enter(queued, 'joe').outcome).resolves.toMatchObject({ message: 'queue-full' });
    const bare = level('bare', 1, { queuing: undefined });
    void enter(bare, 'joe').outcome;
    await expect(enter(bare, 'joe').outcome).resolves.toBeInstanceOf(Rejected);
  });

  it('forgets a request whose client went away', async () => {
    const { level, enter, finishOne, started } = bench(100);
    const one = level('one', 1);
    void enter(one, 'a').outcome;
    const gone = enter(one, 'b');
    void enter(one, 'c').outcome;
    gone.withdraw();
    await expect(gone.outcome).resolves.toMatchObject({ message: 'cancelled' });
    await finishOne();
    expect(started).toEqual(['a', 'c']);
    await finishOne();
    expect(one.idle).toBe(true);
  });

  it('lets a request that is wider than its level run alone', async () => {
    const { level, enter, finishOne, started } = bench(100);
    const one = level('one', 4);
    void enter(one, 'a').outcome;
    void enter(one, 'wide', 10).outcome;
    expect(started).toEqual(['a']);
    await finishOne();
    expect(started).toEqual(['a', 'wide']);
  });

  it('never stops an exempt level', () => {
    const { level, enter, started } = bench(1);
    const exempt = level('exempt', 0, { exempt: true, queuing: undefined });
    for (let index = 0; index < 50; index++) enter(exempt, 'admin');
    expect(started).toHaveLength(50);
  });
});

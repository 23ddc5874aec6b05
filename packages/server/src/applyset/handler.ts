import type { ApplySet, ApplySetResult, ApplySetSpec } from '@gantry/api/generated/types';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest, timeout } from '@gantry/machinery/status';
import type { Write } from '@gantry/store/port';
import type { VirtualHandler } from '../handler.ts';
import { checkLedgerOf, originOf } from '../ledger/changes.ts';
import { refusalOf } from '../registry/outcome.ts';
import { Pace } from '../registry/pace.ts';
import { withAuthors } from './authors.ts';
import { changesOf } from './ledger.ts';
import { type PlannedSet, planSet } from './plan-set.ts';
import { resultOf } from './result.ts';
import type { ApplySetParts, Planned, Run } from './run.ts';
import { untilServed } from './set-kinds.ts';

/** A dry run takes more than one transaction of the store holds: a plan is made of all waves together. */
const MAX_ITEMS = 10_000;
const MAX_ATTEMPTS = 5;
const OWN_WRITE_MS = 10_000;

interface Done {
  readonly applied: boolean;
  readonly revision?: number;
  readonly results: readonly ApplySetResult[];
}

/** POST of an ApplySet: every object through the chain as the user, all of them stored in one transaction or none. */
export function applySetHandler(parts: ApplySetParts): VirtualHandler {
  return {
    group: 'gitops.gantry.dev',
    resource: 'applysets',
    async create(body, context) {
      const set = body as unknown as ApplySet;
      const spec = set.spec ?? ({ fieldManager: '' } as ApplySetSpec);
      if (!spec.fieldManager) throw badRequest('spec.fieldManager is required');
      const count = (spec.apply?.length ?? 0) + (spec.prune?.length ?? 0);
      if (count > MAX_ITEMS) throw badRequest(`a set holds at most ${MAX_ITEMS} objects, got ${count}`);
      if (spec.ledger !== undefined)
        checkLedgerOf(spec.ledger, context.user, parts.registry.view, parts.authorizer);
      const dryRun = spec.dryRun === true || context.dryRun;
      const run: Run = {
        parts,
        context,
        spec,
        dryRun,
        explains: dryRun && spec.explain === true,
        releases: parts.registry.releases(),
        origin: originOf(spec.origin, spec.ledger),
      };
      const status = await execute(run);
      return { ...set, spec: { ...spec, apply: [], prune: [] }, status } as unknown as AnyObject;
    },
    encode: (answer) => encodeSet(answer as ApplySet),
  };
}

/** Its results one by one: other requests are served in between. */
async function encodeSet({ status = {}, ...set }: ApplySet): Promise<string> {
  const { results = [], ...rest } = status;
  const pace = new Pace(1);
  const texts: string[] = [];
  for (const result of results) {
    const pause = pace.step();
    if (pause !== undefined) await pause;
    texts.push(JSON.stringify(result));
  }
  const shell = JSON.stringify({ ...set, status: { ...rest, results: [] } });
  return `${shell.slice(0, -']}}'.length)}${texts.join(',')}]}}`;
}

async function execute(run: Run): Promise<Done> {
  const { registry } = run.parts;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    await registry.cache.fresh();
    const done = await attemptAll(run, attempt).finally(() => run.releases.run());
    if (done !== undefined) return done;
  }
  throw timeout('the objects kept changing while the set was being applied; please try again', 1);
}

/** Undefined: a race was lost, plan again. */
async function attemptAll(run: Run, attempt: number): Promise<Done | undefined> {
  const { cursor } = run.parts.registry.cache;
  const set = await planSet(run, attempt);
  const { planned } = set;
  const failed = planned.some(({ error }) => error !== undefined);
  if (run.dryRun)
    return {
      applied: false,
      revision: cursor,
      results: await withAuthors(run, await resultsOf(run, planned)),
    };
  if (failed) return { applied: false, results: await resultsOf(run, planned) };
  const writes = writesOf(planned);
  if (writes.length > 0) return store(run, set, writes);
  return { applied: true, revision: cursor, results: await resultsOf(run, planned) };
}

/** Undefined: a race was lost, plan again. */
async function store(run: Run, set: PlannedSet, writes: readonly Write[]): Promise<Done | undefined> {
  const { registry, store: target, ledger } = run.parts;
  const { planned } = set;
  const outcomes = await target.transact(writes);
  const bad = outcomes.findIndex((outcome) => !outcome.ok);
  if (bad < 0) {
    const revisions = new Map(outcomes.map((outcome, at) => [writes[at], outcome.ok ? outcome.revision : 0]));
    const last = Math.max(...revisions.values());
    if (run.spec.ledger !== undefined)
      ledger?.applied(changesOf(planned, revisions), run.spec.ledger, run.context.user.name);
    await registry.cache.waitUntil(last, OWN_WRITE_MS);
    await untilServed(registry.cache, registry.table, set.definitions);
    return { applied: true, revision: last, results: await resultsOf(run, planned, revisions) };
  }
  const outcome = outcomes[bad];
  const owner = planned.find(
    ({ prepared }) =>
      prepared !== undefined &&
      writes[bad] !== undefined &&
      (prepared.write === writes[bad] || prepared.along.includes(writes[bad])),
  );
  const refusal =
    owner?.prepared &&
    outcome &&
    refusalOf(owner.prepared, outcome, (name) => registry.view.get('namespaces', '', name) !== undefined);
  if (
    owner === undefined ||
    refusal === undefined ||
    refusal.retry ||
    refusal.error.reason === 'AlreadyExists'
  )
    return undefined;
  const told = planned.map((one) => (one === owner ? { item: one.item, error: refusal.error } : one));
  return { applied: false, results: await resultsOf(run, told) };
}

const writesOf = (planned: readonly Planned[]): Write[] =>
  planned.flatMap(({ prepared }) =>
    prepared === undefined || prepared.operation === 'none' ? [] : [prepared.write, ...prepared.along],
  );

async function resultsOf(
  run: Run,
  planned: readonly Planned[],
  revisions?: ReadonlyMap<Write | undefined, number>,
): Promise<ApplySetResult[]> {
  const pace = new Pace(1);
  const results: ApplySetResult[] = [];
  for (const one of planned) {
    const rest = pace.step();
    if (rest !== undefined) await rest;
    results.push(resultOf(run, one, one.prepared && revisions?.get(one.prepared.write)));
  }
  return results;
}

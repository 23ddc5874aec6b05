import type { ApplySet, ApplySetResult, ApplySetSpec } from '@gantry/api/generated/types';
import { deepClone } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest, isStatusError, StatusError, timeout } from '@gantry/machinery/status';
import type { Store, Write } from '@gantry/store/port';
import type { Entry } from '../cache/entry.ts';
import type { HandlerContext, VirtualHandler } from '../handler.ts';
import { authorize } from '../http/chain.ts';
import { toStatus } from '../http/errors.ts';
import { refusalOf } from '../registry/outcome.ts';
import { decodeConfig, planApply, planDelete } from '../registry/plan.ts';
import { dryEntry, type Registry } from '../registry/registry.ts';
import { Releases } from '../registry/releases.ts';
import { keyOf, type PreparedWrite, type WriteContext } from '../registry/write.ts';
import { type Authorizer, objectAttributes, type RequestAttributes } from '../request.ts';
import { type Item, inOrder, itemsOf } from './items.ts';
import { Overlay } from './overlay.ts';

export interface ApplySetParts {
  readonly registry: Registry;
  readonly store: Store;
  readonly authorizer: Authorizer;
}

const MAX_ITEMS = 2000;
const MAX_ATTEMPTS = 5;
const OWN_WRITE_MS = 10_000;

interface Planned {
  readonly item: Item;
  /** Absent: nothing to do, or an error. */
  readonly prepared?: PreparedWrite;
  /** What the object becomes, where a webhook has to convert it for the answer. */
  readonly after?: Entry;
  readonly error?: StatusError;
}

interface Run {
  readonly parts: ApplySetParts;
  readonly context: HandlerContext;
  readonly spec: ApplySetSpec;
  readonly dryRun: boolean;
  readonly releases: Releases;
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
      const items = itemsOf(parts.registry.table, spec.apply ?? [], spec.prune ?? []);
      if (items.length > MAX_ITEMS)
        throw badRequest(`a set holds at most ${MAX_ITEMS} objects, got ${items.length}`);
      const run: Run = {
        parts,
        context,
        spec,
        dryRun: spec.dryRun === true || context.dryRun,
        releases: new Releases(),
      };
      const status = await execute(run, items);
      return { ...set, spec: { ...spec, apply: [], prune: [] }, status } as unknown as AnyObject;
    },
  };
}

async function execute(run: Run, items: readonly Item[]) {
  const { registry } = run.parts;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    await registry.cache.fresh();
    const done = await attemptAll(run, items, attempt).finally(() => run.releases.run());
    if (done !== undefined) return done;
  }
  throw timeout('the objects kept changing while the set was being applied; please try again', 1);
}

/** Undefined: a race was lost, plan again. */
async function attemptAll(run: Run, items: readonly Item[], attempt: number) {
  const planned = await planAll(run, items, attempt);
  const failed = planned.some(({ error }) => error !== undefined);
  if (failed || run.dryRun) return { applied: false, results: planned.map((one) => resultOf(one)) };
  const writes = writesOf(planned);
  if (writes.length > 0) return store(run, planned, writes);
  const revision = run.parts.registry.cache.cursor;
  return { applied: true, revision, results: planned.map((one) => resultOf(one)) };
}

/** Undefined: a race was lost, plan again. */
async function store(run: Run, planned: readonly Planned[], writes: readonly Write[]) {
  const { registry, store: target } = run.parts;
  const outcomes = await target.transact(writes);
  const bad = outcomes.findIndex((outcome) => !outcome.ok);
  if (bad < 0) {
    const revisions = new Map(outcomes.map((outcome, at) => [writes[at], outcome.ok ? outcome.revision : 0]));
    const last = Math.max(...revisions.values());
    await registry.cache.waitUntil(last, OWN_WRITE_MS);
    const results = planned.map((one) => resultOf(one, one.prepared && revisions.get(one.prepared.write)));
    return { applied: true, revision: last, results };
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
  const results = planned.map((one) =>
    resultOf(one === owner ? { item: one.item, error: refusal.error } : one),
  );
  return { applied: false, results };
}

const writesOf = (planned: readonly Planned[]): Write[] =>
  planned.flatMap(({ prepared }) =>
    prepared === undefined || prepared.operation === 'none' ? [] : [prepared.write, ...prepared.along],
  );

async function planAll(run: Run, items: readonly Item[], attempt: number): Promise<Planned[]> {
  const overlay = new Overlay(run.parts.registry.view);
  const planned: Planned[] = [];
  for (const item of inOrder(items)) {
    try {
      const prepared = item.error === undefined ? await planOne(run, item, overlay, attempt) : undefined;
      if (item.error !== undefined) throw item.error;
      if (prepared !== undefined) overlay.put(prepared);
      planned.push({ item, ...(prepared === undefined ? {} : await converted(prepared)) });
    } catch (error) {
      planned.push({ item, error: error instanceof StatusError ? error : new StatusError(toStatus(error)) });
    }
  }
  return planned.sort((a, b) => a.item.index - b.item.index);
}

/** The answer shows objects in the version that was sent: those that a webhook converts are asked for here. */
async function converted(prepared: PreparedWrite): Promise<Pick<Planned, 'prepared' | 'after'>> {
  const { resource } = prepared.context;
  if (resource.prepare === undefined) return { prepared };
  const after = dryEntry(prepared);
  await resource.prepare(prepared.before === undefined ? [after] : [prepared.before, after]);
  return { prepared, after };
}

/** What is not served has no group, version and resource; its item fails later. */
const attributesOf = ({ resource, namespace, name }: Item, verb: string): RequestAttributes =>
  objectAttributes(resource?.kind ?? { group: '', version: '', plural: '' }, verb, { namespace, name });

async function planOne(
  run: Run,
  item: Item,
  overlay: Overlay,
  attempt: number,
): Promise<PreparedWrite | undefined> {
  const { resource } = item;
  if (resource === undefined) return undefined;
  const { user, warn } = run.context;
  const { authorizer, registry } = run.parts;
  const permit = (verb: string): void => authorize(authorizer, user, attributesOf(item, verb));
  const verb = item.config === undefined ? 'delete' : 'patch';
  permit(verb);
  const context: WriteContext = {
    resource,
    attributes: attributesOf(item, verb),
    user,
    dryRun: run.dryRun,
    state: overlay,
    fieldManager: run.spec.fieldManager,
    fieldValidation: 'Strict',
    options: {},
    now: new Date(),
    attempt,
    releases: run.releases,
    warn,
    ...(run.spec.origin === undefined ? {} : { origin: run.spec.origin }),
  };
  const current = overlay.entry(keyOf(resource, item.namespace, item.name));
  if (current !== undefined && resource.prepare !== undefined) await resource.prepare([current]);
  if (item.config === undefined) return planPrune(context, item, registry);
  const config = decodeConfig(context, deepClone(item.config));
  const prepared = await planApply(context, registry.admission, config, run.spec.force === true, () =>
    permit('create'),
  );
  return withoutOwnNamespace(prepared, overlay);
}

async function planPrune(
  context: WriteContext,
  item: Item,
  registry: Registry,
): Promise<PreparedWrite | undefined> {
  const current = context.state.entry(keyOf(context.resource, item.namespace, item.name));
  if (current === undefined || (item.uid !== undefined && item.uid !== '' && item.uid !== current.uid))
    return undefined;
  if (current.object.metadata.deletionTimestamp !== undefined) return undefined;
  try {
    return await planDelete(context, registry.admission, { propagationPolicy: 'Background' });
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** A namespace that the same transaction creates needs no guard. */
function withoutOwnNamespace(prepared: PreparedWrite, overlay: Overlay): PreparedWrite {
  const { guards } = prepared.write;
  if (guards === undefined || guards.length === 0) return prepared;
  const needed = guards.filter((guard) => !('key' in guard) || !overlay.creates(guard.key));
  return needed.length === guards.length
    ? prepared
    : { ...prepared, write: { ...prepared.write, guards: needed } };
}

function resultOf({ item, prepared, after: entry, error }: Planned, revision?: number): ApplySetResult {
  const { apiVersion, kind, namespace, name } = item;
  const names = { apiVersion, kind, ...(namespace === '' ? {} : { namespace }), name };
  if (error !== undefined) return { ...names, operation: 'error', error: error.status };
  if (prepared === undefined) return { ...names, operation: 'none' };
  const { resource } = prepared.context;
  const operation = item.config === undefined ? 'delete' : prepared.operation;
  const before = prepared.before === undefined ? {} : { before: resource.view(prepared.before) };
  if (operation === 'delete') return { ...names, operation, ...before };
  const after = resource.view(entry ?? dryEntry(prepared));
  if (revision !== undefined && operation !== 'none') after.metadata.resourceVersion = String(revision);
  return { ...names, operation, ...before, after };
}

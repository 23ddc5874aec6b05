import { deepClone } from '@gantry/machinery/json';
import { formatFieldPath, leafChanges } from '@gantry/machinery/leaf-changes';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError, StatusError } from '@gantry/machinery/status';
import { authorize } from '../http/chain.ts';
import { toStatus } from '../http/errors.ts';
import { Pace } from '../registry/pace.ts';
import { decodeConfig, planApply, planDelete } from '../registry/plan.ts';
import { dryEntry } from '../registry/registry.ts';
import { keyOf, type PreparedWrite, type WriteContext } from '../registry/write.ts';
import { objectAttributes, type RequestAttributes } from '../request.ts';
import { type Item, inOrder, itemsOf } from './items.ts';
import { Overlay } from './overlay.ts';
import type { Planned, Run } from './run.ts';
import { isDefinition, SetKinds } from './set-kinds.ts';

const MAX_ADMITTED = 500;

/** What a set does, item by item, each planned in the state that those before it leave. */
export interface PlannedSet {
  readonly planned: readonly Planned[];
  /** Names of the definitions that the set makes or changes, and that will be served. */
  readonly definitions: readonly string[];
}

/** Plans all items; stores nothing. Other requests are served in between. */
export async function planSet(run: Run, attempt: number): Promise<PlannedSet> {
  const { registry, preview } = run.parts;
  const { apply = [], prune = [] } = run.spec;
  const overlay = new Overlay(registry.view);
  const kinds = new SetKinds(registry.table, preview);
  const pace = new Pace(1);
  const planned: Planned[] = [];
  const plan = async (items: readonly Item[]): Promise<void> => {
    for (const item of items) {
      const rest = pace.step();
      if (rest !== undefined) await rest;
      const one = await planItem(run, item, overlay, attempt);
      if (one.prepared !== undefined) {
        overlay.put(one.prepared);
        if (item.config !== undefined && isDefinition(item)) kinds.add(one.prepared, overlay);
      }
      planned.push(one);
    }
  };
  const all = itemsOf(registry.table, apply, prune);
  const definitions = all.filter((item) => item.config !== undefined && isDefinition(item));
  await plan(definitions);
  const others = kinds.changed.length === 0 ? all : itemsOf(kinds, apply, prune);
  const done = new Set(definitions.map(({ index }) => index));
  await plan(inOrder(others.filter(({ index }) => !done.has(index))));
  return { planned: planned.sort((a, b) => a.item.index - b.item.index), definitions: kinds.served };
}

async function planItem(run: Run, item: Item, overlay: Overlay, attempt: number): Promise<Planned> {
  try {
    if (item.error !== undefined) throw item.error;
    const admitted: string[] = [];
    const prepared = await planOne(run, item, overlay, attempt, admitted);
    if (prepared === undefined) return { item };
    return { item, ...(await converted(prepared)), ...(admitted.length === 0 ? {} : { admitted }) };
  } catch (error) {
    return { item, error: error instanceof StatusError ? error : new StatusError(toStatus(error)) };
  }
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
  admitted: string[],
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
    ...(run.origin === undefined ? {} : { origin: run.origin }),
    ...(run.explains ? { aroundAdmission: admissionObserver(admitted) } : {}),
  };
  const current = overlay.entry(keyOf(resource, item.namespace, item.name));
  if (current !== undefined && resource.prepare !== undefined) await resource.prepare([current]);
  if (item.config === undefined) return planPrune(context, item, run);
  const config = decodeConfig(context, deepClone(item.config));
  const prepared = await planApply(context, registry.admission, config, run.spec.force === true, () =>
    permit('create'),
  );
  return withoutOwnNamespace(prepared, overlay);
}

/** Notes the paths that differ from before mutating admission to after it. */
function admissionObserver(admitted: string[]): NonNullable<WriteContext['aroundAdmission']> {
  let before: AnyObject | undefined;
  return (object, step) => {
    if (step === 'before') before = deepClone(object);
    else
      for (const { path } of leafChanges(before, object, MAX_ADMITTED)) admitted.push(formatFieldPath(path));
  };
}

async function planPrune(context: WriteContext, item: Item, run: Run): Promise<PreparedWrite | undefined> {
  const current = context.state.entry(keyOf(context.resource, item.namespace, item.name));
  if (current === undefined || (item.uid !== undefined && item.uid !== '' && item.uid !== current.uid))
    return undefined;
  if (current.object.metadata.deletionTimestamp !== undefined) return undefined;
  try {
    return await planDelete(context, run.parts.registry.admission, { propagationPolicy: 'Background' });
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

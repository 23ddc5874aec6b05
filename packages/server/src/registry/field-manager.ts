import type { KindDefinition } from '@gantry/api/kind';
import { deepClone } from '@gantry/machinery/json';
import { applyFields } from '@gantry/machinery/managed-fields/apply';
import { applyConflict } from '@gantry/machinery/managed-fields/conflict';
import { trackUpdate as trackFields } from '@gantry/machinery/managed-fields/track-update';
import type { AnyObject, FieldsV1 } from '@gantry/machinery/object';
import { getOrMake } from '../cache/get-or-make.ts';
import { RFC3339, type WriteContext } from './write.ts';

const MAX_MANAGER = 128;

/** The manager of a request that names none: the client's program, as the original reads it from User-Agent. */
export function managerFromUserAgent(userAgent: string): string {
  const slash = userAgent.indexOf('/');
  const program = slash < 0 ? userAgent : userAgent.slice(0, slash);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const printable = program.replace(/[\u0000-\u001f\u007f]/g, '');
  return printable.slice(0, MAX_MANAGER);
}

const resets = new WeakMap<KindDefinition, Map<string, FieldsV1 | undefined>>();

/** Fields that this endpoint of the kind never changes, and so never owns. */
function resetFieldsOf(kind: KindDefinition, subresource: string): FieldsV1 | undefined {
  const known = getOrMake(resets, kind, () => new Map<string, FieldsV1 | undefined>());
  if (!known.has(subresource)) known.set(subresource, computeResetFields(kind, subresource));
  return known.get(subresource);
}

function computeResetFields(kind: KindDefinition, subresource: string): FieldsV1 | undefined {
  const own = kind.resetFields?.[subresource];
  if (own !== undefined) return own;
  if (kind.subresources?.status !== true) return undefined;
  if (subresource !== 'status') return { 'f:status': {} };
  if (kind.custom !== undefined) return { 'f:metadata': {}, 'f:spec': {} };
  const reset: FieldsV1 = {};
  for (const field of Object.keys(kind.type.fields))
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(field)) reset[`f:${field}`] = {};
  return reset;
}

/** What tracking has to know of a write. */
type Tracked = Pick<WriteContext, 'attributes' | 'resource' | 'fieldManager' | 'now'>;

/** Which subresource name managedFields carry: the eviction of `finalize` and others writes as itself. */
const trackedSubresource = (context: Tracked): string => context.attributes.subresource;

/** Sets metadata.managedFields for a create, update or patch. `old` is the live object in the served version. */
export function trackUpdate(context: Tracked, old: AnyObject | undefined, object: AnyObject): void {
  const subresource = trackedSubresource(context);
  const managed = trackFields({
    before: old,
    empty: context.resource.compiled.empty,
    after: object,
    schema: context.resource.compiled.view,
    manager: context.fieldManager,
    operation: 'Update',
    subresource,
    now: RFC3339(context.now),
    apiVersion: context.resource.apiVersion,
    resetFields: resetFieldsOf(context.resource.kind, subresource),
  });
  if (managed === undefined) delete object.metadata.managedFields;
  else object.metadata.managedFields = managed;
}

/**
 * Server-side apply: the merged object with its managedFields, not shared with anything. Throws 409 with one cause a
 * field when other managers own what would change.
 */
export function applyConfiguration(
  context: WriteContext,
  live: AnyObject | undefined,
  config: AnyObject,
  force: boolean,
): AnyObject {
  const subresource = trackedSubresource(context);
  const result = applyFields({
    live,
    config,
    schema: context.resource.compiled.view,
    manager: context.fieldManager,
    force,
    subresource,
    now: RFC3339(context.now),
    apiVersion: context.resource.apiVersion,
    resetFields: resetFieldsOf(context.resource.kind, subresource),
    keepNulls: context.resource.kind.custom !== undefined,
  });
  if (result.conflicts !== undefined) throw applyConflict(result.conflicts);
  return deepClone(result.object);
}

import type { BodySource } from '@gantry/api/schema/duplicate-fields';
import { deepClone, isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { conflict, notFound } from '@gantry/machinery/status';
import type { Entry } from '../cache/entry.ts';
import type { AdmissionChain } from './admission-chain.ts';
import { otherKind, unrecognized, withoutKind } from './decode-errors.ts';
import type { DeleteOptions } from './delete-options.ts';
import { applyConfiguration } from './field-manager.ts';
import { prepareCreate } from './prepare-create.ts';
import { prepareDelete } from './prepare-delete.ts';
import { prepareUpdate } from './prepare-update.ts';
import { type Scale, workloadConfig } from './scale.ts';
import { isolateSubresource } from './subresource-isolation.ts';
import { keyOf, type PreparedWrite, type WriteContext } from './write.ts';

/** Plans turn one request into a prepared write against `context.state`; nothing is stored. */

export function currentOf(context: WriteContext): Entry | undefined {
  const { attributes, resource, state } = context;
  return state.entry(keyOf(resource, attributes.namespace, attributes.name));
}

function requireCurrent(context: WriteContext): Entry {
  const current = currentOf(context);
  if (current === undefined) throw notFound(context.resource.gr, context.attributes.name);
  return current;
}

type Decoding = Pick<WriteContext, 'resource' | 'fieldValidation' | 'warn'>;

/** Decodes a value as the resource's kind, with defaults. `old` is the live object of an update. */
export function decodeObject(
  context: Decoding,
  value: unknown,
  source?: BodySource,
  old?: AnyObject,
): AnyObject {
  const object = decodeConfig(context, value, source, false);
  context.resource.compiled.applyDefaults(object, old);
  return object;
}

/** As decodeObject, without defaults, and with fields that are null: what server-side apply takes as the client's intent. */
export function decodeConfig(
  context: Decoding,
  given: unknown,
  source?: BodySource,
  keepNulls = true,
): AnyObject {
  const { compiled, kind, apiVersion } = context.resource;
  // A text of YAML may hold nothing.
  const value = given ?? {};
  const text = typeof source === 'string' ? source : undefined;
  if (!isObject(value)) throw unrecognized(kind.kind, value, text);
  if (kind.custom === undefined) {
    if ((value.apiVersion ?? '') === '') value.apiVersion = apiVersion;
    if ((value.kind ?? '') === '') value.kind = kind.kind;
  } else if ((value.kind ?? '') === '') throw withoutKind(kind.kind, text);
  // The kind of a custom resource is validated with the rest of it.
  const wrongKind = value.kind !== kind.kind && (kind.custom === undefined || typeof value.kind !== 'string');
  if (value.apiVersion !== apiVersion || wrongKind)
    throw otherKind(context.resource, value.apiVersion, value.kind, text);
  // An empty list asks to forget the managers, as one empty entry does; decoding would drop it.
  const { metadata } = value;
  if (isObject(metadata) && Array.isArray(metadata.managedFields) && metadata.managedFields.length === 0)
    metadata.managedFields = [{}];
  const { object, warnings } = compiled.decode(value, context.fieldValidation, source, keepNulls);
  for (const warning of warnings) context.warn(warning);
  object.metadata ??= { name: '' };
  return object;
}

export function planCreate(
  context: WriteContext,
  admission: AdmissionChain,
  object: AnyObject,
): Promise<PreparedWrite> {
  return prepareCreate(context, admission, object);
}

/** PUT. `make` gives a fresh copy of the wanted object. */
export function planReplace(
  context: WriteContext,
  admission: AdmissionChain,
  make: (old: AnyObject | undefined) => AnyObject,
  mayCreate: () => void,
): Promise<PreparedWrite> {
  const current = currentOf(context);
  if (current === undefined) {
    if (context.resource.hooks.createOnUpdate !== true || context.attributes.subresource !== '')
      throw notFound(context.resource.gr, context.attributes.name);
    mayCreate();
    const object = make(undefined);
    // Meant for an object that is gone, the version says nothing of a new one.
    delete object.metadata.resourceVersion;
    object.metadata.name ||= context.attributes.name;
    return prepareCreate(context, admission, object);
  }
  const old = context.resource.view(current);
  const object = isolateSubresource(context, make(old), old);
  return prepareUpdate(context, admission, { current, old, object, replace: true });
}

/** Any change of the live object. `change` gets a copy of its own and returns what it should be. */
export function planChange(
  context: WriteContext,
  admission: AdmissionChain,
  change: (live: AnyObject) => AnyObject,
): Promise<PreparedWrite> {
  const current = requireCurrent(context);
  const { resource } = context;
  const old = resource.view(current);
  const object = isolateSubresource(context, change(deepClone(old)), old);
  return prepareUpdate(context, admission, { current, old, object });
}

/** Server-side apply to the scale subresource: of the workload's replicas. */
export function planApplyScale(
  context: WriteContext,
  admission: AdmissionChain,
  scale: Scale,
  force: boolean,
): Promise<PreparedWrite> {
  const current = requireCurrent(context);
  const { resource } = context;
  const old = resource.view(current);
  const object = applyConfiguration(context, old, workloadConfig(resource, scale), force);
  resource.compiled.applyDefaults(object, old);
  return prepareUpdate(context, admission, { current, old, object, tracked: true });
}

/** Server-side apply. `config` is decoded and pruned; it is not changed. */
export function planApply(
  context: WriteContext,
  admission: AdmissionChain,
  config: AnyObject,
  force: boolean,
  mayCreate: () => void,
): Promise<PreparedWrite> {
  const { resource } = context;
  const current = currentOf(context);
  if (current === undefined) {
    if (context.attributes.subresource !== '') throw notFound(resource.gr, context.attributes.name);
    const { uid } = config.metadata;
    if (uid !== undefined && uid !== '')
      throw conflict(
        resource.gr,
        context.attributes.name,
        `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
      );
    mayCreate();
    const object = applyConfiguration(context, undefined, config, force);
    // Meant for an object that is gone, the version says nothing of a new one.
    delete object.metadata.resourceVersion;
    object.metadata.name ||= context.attributes.name;
    resource.compiled.applyDefaults(object);
    return prepareCreate(context, admission, object, true);
  }
  const old = resource.view(current);
  const object = applyConfiguration(context, old, config, force);
  resource.compiled.applyDefaults(object, old);
  const isolated = isolateSubresource(context, object, old);
  return prepareUpdate(context, admission, { current, old, object: isolated, tracked: true });
}

export function planDelete(
  context: WriteContext,
  admission: AdmissionChain,
  options: DeleteOptions,
): Promise<PreparedWrite> {
  return prepareDelete(context, admission, requireCurrent(context), options);
}

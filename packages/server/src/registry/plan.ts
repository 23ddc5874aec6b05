import { deepClone, isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest, notFound } from '@gantry/machinery/status';
import type { Entry } from '../cache/entry.ts';
import type { AdmissionChain } from './admission-chain.ts';
import type { DeleteOptions } from './delete-options.ts';
import { applyConfiguration } from './field-manager.ts';
import { prepareCreate } from './prepare-create.ts';
import { prepareDelete } from './prepare-delete.ts';
import { prepareUpdate } from './prepare-update.ts';
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
export function decodeObject(context: Decoding, value: unknown, text?: string, old?: AnyObject): AnyObject {
  const object = decodeConfig(context, value, text);
  context.resource.compiled.applyDefaults(object, old);
  return object;
}

/** As decodeObject, without defaults: what server-side apply takes as the client's intent. */
export function decodeConfig(context: Decoding, value: unknown, text?: string): AnyObject {
  const { compiled, kind, apiVersion } = context.resource;
  if (!isObject(value)) throw badRequest(`${kind.kind} must be a JSON object`);
  value.apiVersion ??= apiVersion;
  value.kind ??= kind.kind;
  if (value.apiVersion !== apiVersion || value.kind !== kind.kind) {
    const found = `${JSON.stringify(value.kind)} in version ${JSON.stringify(value.apiVersion)}`;
    throw badRequest(
      value.kind === kind.kind
        ? `the API version in the data (${String(value.apiVersion)}) does not match the expected API version (${apiVersion})`
        : `${found} cannot be handled as a ${kind.kind}`,
    );
  }
  const { object, warnings } = compiled.decode(value, context.fieldValidation, text);
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
    object.metadata.name ||= context.attributes.name;
    return prepareCreate(context, admission, object);
  }
  const old = context.resource.fromStorage(current.object);
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
  const old = resource.fromStorage(current.object);
  const object = isolateSubresource(context, change(deepClone(old)), old);
  return prepareUpdate(context, admission, { current, old, object });
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
    if (uid !== undefined && uid !== '') throw notFound(resource.gr, context.attributes.name);
    mayCreate();
    const object = applyConfiguration(context, undefined, config, force);
    object.metadata.name ||= context.attributes.name;
    resource.compiled.applyDefaults(object);
    return prepareCreate(context, admission, object, true);
  }
  const old = resource.fromStorage(current.object);
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

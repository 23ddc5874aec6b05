import { invalid as invalidField } from '@gantry/machinery/field-error';
import { deepEqual } from '@gantry/machinery/json';
import { equalIgnoringTimes } from '@gantry/machinery/managed-fields/entries';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest, conflict, invalid, OPTIMISTIC_LOCK_MESSAGE } from '@gantry/machinery/status';
import { encodeBody } from '../cache/encode-body.ts';
import type { Entry } from '../cache/entry.ts';
import type { AdmissionChain } from './admission-chain.ts';
import { trackUpdate } from './field-manager.ts';
import { dedupOwnerReferences } from './owner-references.ts';
import {
  admissionRequest,
  authorOf,
  hookEnvironment,
  settleNamespace,
  strategyContext,
} from './prepare-create.ts';
import type { PreparedWrite, WriteContext } from './write.ts';

export interface UpdateInput {
  readonly current: Entry;
  /** The live object in the served version; read-only. */
  readonly old: AnyObject;
  /** The wanted object, decoded and defaulted; changed in place. */
  readonly object: AnyObject;
  /** managedFields are already settled (server-side apply). */
  readonly tracked?: boolean;
  /** PUT: a missing resourceVersion may be an error, depending on the kind. */
  readonly replace?: boolean;
}

/** Where the original would keep the object; its messages name it. */
function registryPath({ resource, attributes }: WriteContext): string {
  const place = attributes.namespace === '' ? '' : `/${attributes.namespace}`;
  return `/registry/${resource.kind.plural}${place}/${attributes.name}`;
}

/** Checks what the client says of the version and identity that it means. Returns whether it named a version. */
function checkPreconditions(context: WriteContext, input: UpdateInput): boolean {
  const { resource, attributes } = context;
  const { metadata } = input.object;
  const live = input.old.metadata;
  if (
    input.replace === true &&
    metadata.uid !== undefined &&
    metadata.uid !== '' &&
    metadata.uid !== live.uid
  )
    throw conflict(
      resource.gr,
      attributes.name,
      `StorageError: invalid object, Code: 4, Key: ${registryPath(context)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${live.uid ?? ''}`,
    );
  const version = metadata.resourceVersion ?? '';
  if (version === '' || version === '0') {
    if (input.replace === true && resource.hooks.versionRequired === true)
      throw invalid(resource.gr.group, resource.gr.resource, attributes.name, [
        {
          ...invalidField('metadata.resourceVersion', 0, 'must be specified for an update'),
          message: 'Invalid value: 0: must be specified for an update',
        },
      ]);
    return false;
  }
  if (!/^[1-9][0-9]*$/.test(version))
    throw invalid(resource.kind.group, resource.kind.kind, attributes.name, [
      invalidField('metadata.resourceVersion', version, 'must be a valid resource version'),
    ]);
  if (version !== String(input.current.revision))
    throw conflict(resource.gr, attributes.name, OPTIMISTIC_LOCK_MESSAGE);
  return input.replace === true || version !== live.resourceVersion;
}

/** What only the server sets, and never again after creation. */
function keepSystemMetadata(object: AnyObject, old: AnyObject): void {
  const { metadata } = object;
  const live = old.metadata;
  delete metadata.selfLink;
  if (live.uid !== undefined) metadata.uid ||= live.uid;
  // An update of whatever version means the newest; validation asks for one.
  if (live.resourceVersion !== undefined) metadata.resourceVersion = live.resourceVersion;
  metadata.creationTimestamp = live.creationTimestamp ?? null;
  if (live.deletionTimestamp !== undefined) metadata.deletionTimestamp = live.deletionTimestamp;
  if (metadata.deletionGracePeriodSeconds === undefined && live.deletionGracePeriodSeconds !== undefined)
    metadata.deletionGracePeriodSeconds = live.deletionGracePeriodSeconds;
}

function checkName(object: AnyObject, context: WriteContext): void {
  const { name } = object.metadata;
  const wanted = context.attributes.name;
  if (name === undefined || name === '')
    throw badRequest(
      `the name of the object (${wanted} based on URL) was undeterminable: name must be provided`,
    );
  if (name !== wanted)
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${wanted})`);
}

/** Validates and finishes an update; a change that changes nothing becomes a check of the revision. */
export async function prepareUpdate(
  context: WriteContext,
  admission: AdmissionChain,
  input: UpdateInput,
): Promise<PreparedWrite> {
  const { resource } = context;
  const { compiled, hooks, kind } = resource;
  const { object, old } = input;
  compiled.nulls?.clear(object);
  checkName(object, context);
  settleNamespace(object, context);
  const named = checkPreconditions(context, input);
  keepSystemMetadata(object, old);
  const strategy = strategyContext(context);
  compiled.prepareForUpdate(object, old, strategy);
  dedupOwnerReferences(object.metadata, context.warn);
  if (input.tracked !== true) trackUpdate(context, old, object);
  const request = admissionRequest(context, 'UPDATE', object, old);
  context.aroundAdmission?.(object, 'before');
  const mutating = admission.mutate(request);
  if (mutating !== undefined) {
    await mutating;
    // What is outside may have taken away what only the server sets.
    settleNamespace(object, context);
    keepSystemMetadata(object, old);
  }
  context.aroundAdmission?.(object, 'after');
  dedupOwnerReferences(object.metadata, context.warn, true);
  compiled.prepareForUpdate(object, old, strategy);
  hooks.beforeUpdate?.(object, old, hookEnvironment(context));
  const errors = compiled.validateUpdate(object, old, strategy);
  if (hooks.validate !== undefined) errors.unshift(...hooks.validate(object, old, hookEnvironment(context)));
  if (errors.length > 0)
    throw invalid(kind.storage?.group ?? kind.group, object.kind ?? kind.kind, object.metadata.name, errors);
  for (const text of compiled.warnings(object, old, context.attributes.subresource)) context.warn(text);
  const validating = admission.validate(request);
  if (validating !== undefined) await validating;
  const stored = resource.toStorage(object);
  return finishUpdate(
    context,
    input.current,
    object,
    named,
    stored instanceof Promise ? await stored : stored,
  );
}

/** Deletion ends with the update that removes what held it up. */
export function mayGoNow(context: WriteContext, stored: AnyObject): boolean {
  const { metadata } = stored;
  if (metadata.deletionTimestamp === undefined) return false;
  if ((metadata.finalizers?.length ?? 0) > 0 || (metadata.deletionGracePeriodSeconds ?? 0) > 0) return false;
  return context.resource.hooks.mayGo?.(stored) ?? true;
}

export function finishUpdate(
  context: WriteContext,
  current: Entry,
  object: AnyObject,
  pinned: boolean,
  stored = context.resource.toStorage(object) as AnyObject,
): PreparedWrite {
  const { resource } = context;
  const { key } = current;
  resource.storedNulls?.fill(stored);
  const body = encodeBody(stored);
  const base = { context, key, body, object, uid: current.uid, before: current, pinned };
  if (mayGoNow(context, stored)) {
    const guards = resource.hooks.deleteGuards?.(stored) ?? [];
    return {
      ...base,
      // Watchers see the state before, as the original's do: this change has been the client's answer alone.
      write: { op: 'delete', key, expected: current.revision, guards, ...authorOf(context) },
      along: [],
      claims: [],
      operation: 'delete',
    };
  }
  if (unchanged(current, stored, body)) {
    return {
      ...base,
      write: { op: 'check', key, guards: [{ type: 'revision', key, revision: current.revision }] },
      along: [],
      claims: [],
      operation: 'none',
    };
  }
  const claims = resource.hooks.claims?.(stored, current.object);
  return {
    ...base,
    write: {
      op: 'update',
      key,
      expected: current.revision,
      body,
      ...authorOf(context),
      ...(claims === undefined ? {} : { claims: claims.map(({ pool, value }) => ({ pool, value })) }),
      ...(stored.metadata.deletionTimestamp === undefined ? {} : { terminating: true }),
    },
    along: resource.hooks.alongWrites?.(stored, current.object) ?? [],
    claims: claims ?? [],
    operation: 'update',
  };
}

function unchanged(current: Entry, stored: AnyObject, body: string): boolean {
  if (current.sameBody(body)) return true;
  const length = current.size - String(current.revision).length;
  // Equal content in another order of keys, or with other times of the same form, has the same length.
  if (Buffer.byteLength(body) !== length) return false;
  const { resourceVersion: _version, managedFields, ...metadata } = stored.metadata;
  const { resourceVersion: _current, managedFields: managedBefore, ...live } = current.object.metadata;
  return (
    deepEqual({ ...stored, metadata }, { ...current.object, metadata: live }) &&
    equalIgnoringTimes(managedFields, managedBefore)
  );
}

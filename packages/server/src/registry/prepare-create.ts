import { randomUUID } from 'node:crypto';
import type { StrategyContext } from '@gantry/api/kind';
import type { AnyObject, ObjectMeta } from '@gantry/machinery/object';
import { badRequest, failure, forbidden, invalid } from '@gantry/machinery/status';
import type { Guard } from '@gantry/store/port';
import { encodeBody } from '../cache/encode-body.ts';
import type { AdmissionRequest } from '../request.ts';
import type { AdmissionChain } from './admission-chain.ts';
import { trackUpdate } from './field-manager.ts';
import type { HookEnvironment } from './hooks.ts';
import { dedupOwnerReferences } from './owner-references.ts';
import { keyOf, type PreparedWrite, RFC3339, type WriteContext } from './write.ts';

/** Letters that can't spell anything, as the original draws them. */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const MAX_GENERATED = 63;
const SUFFIX_LENGTH = 5;

function generateName(base: string): string {
  let suffix = '';
  for (let index = 0; index < SUFFIX_LENGTH; index++)
    suffix += SUFFIX_LETTERS[Math.floor(Math.random() * SUFFIX_LETTERS.length)] ?? 'b';
  return base.slice(0, MAX_GENERATED - SUFFIX_LENGTH) + suffix;
}

export function strategyContext(context: WriteContext): StrategyContext {
  return {
    now: context.now,
    user: context.user.name,
    dryRun: context.dryRun,
    subresource: context.attributes.subresource,
  };
}

export const hookEnvironment = (context: WriteContext): HookEnvironment => ({
  state: context.state,
  user: context.user,
  dryRun: context.dryRun,
  subresource: context.attributes.subresource,
  attempt: context.attempt,
});

/** An update that turns out to create is admitted as a create. */
const asCreateOptions = (options: WriteContext['options']): WriteContext['options'] =>
  options.kind === 'UpdateOptions' ? { ...options, kind: 'CreateOptions' } : options;

export function admissionRequest(
  context: WriteContext,
  operation: AdmissionRequest['operation'],
  object: AnyObject | undefined,
  oldObject: AnyObject | undefined,
): AdmissionRequest {
  return {
    operation,
    kind: context.resource.kind,
    attributes: context.attributes,
    user: context.user,
    dryRun: context.dryRun,
    object,
    oldObject,
    options: operation === 'CREATE' ? asCreateOptions(context.options) : context.options,
    state: context.state,
    ...(context.resource.forms === undefined ? {} : { forms: context.resource.forms }),
    ...(context.releases === undefined ? {} : { releases: context.releases }),
    warn: context.warn,
    ...(context.annotate === undefined ? {} : { annotate: context.annotate }),
  };
}

/** Checks that the namespace of the body fits the request's, and fills it in. Throws BadRequest. */
export function settleNamespace(object: AnyObject, context: WriteContext): void {
  const { metadata } = object;
  const wanted = context.attributes.namespace;
  if (!context.resource.kind.namespaced) {
    delete metadata.namespace;
    return;
  }
  if (metadata.namespace === undefined || metadata.namespace === '') metadata.namespace = wanted;
  else if (metadata.namespace !== wanted)
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
}

/** Takes away what only the server sets. Mutating admission sees an object without identity, as in the original. */
function clearMetadata(metadata: ObjectMeta): void {
  delete metadata.selfLink;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.uid;
  delete metadata.creationTimestamp;
}

/** Takes the version away that a new object can't have: last, as the original's store does, and only what is a version. Throws BadRequest. */
function clearVersion(metadata: ObjectMeta): void {
  const { resourceVersion = '' } = metadata;
  if (/^[0-9]{1,19}$/.test(resourceVersion) && Number(resourceVersion) !== 0)
    throw badRequest('resourceVersion should not be set on objects to be created');
  delete metadata.resourceVersion;
}

/** Returns whether the name is made up. */
function fillMetadata(metadata: ObjectMeta, context: WriteContext): boolean {
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  metadata.uid = randomUUID();
  metadata.creationTimestamp = RFC3339(context.now);
  const generated = (metadata.name ?? '') === '';
  if (generated && metadata.generateName) metadata.name = generateName(metadata.generateName);
  metadata.name ??= '';
  return generated;
}

/** In a namespace that exists and is not going away: checked again under the store's lock. */
export function namespaceGuards(context: WriteContext): Guard[] {
  const { namespaced } = context.resource.kind;
  if (!namespaced) return [];
  const key = { resource: 'namespaces', namespace: '', name: context.attributes.namespace };
  return [{ type: 'exists', key, notTerminating: true }];
}

/** `object` is decoded and defaulted; it is changed in place. */
export async function prepareCreate(
  context: WriteContext,
  admission: AdmissionChain,
  object: AnyObject,
  tracked = false,
): Promise<PreparedWrite> {
  const { resource } = context;
  const { compiled, hooks, kind } = resource;
  if (resource.terminating === true)
    throw forbidden(
      resource.gr,
      object.metadata.name ?? '',
      'create not allowed while custom resource definition is terminating',
    );
  settleNamespace(object, context);
  clearMetadata(object.metadata);
  dedupOwnerReferences(object.metadata, context.warn);
  if (!tracked) trackUpdate(context, undefined, object);
  const request = admissionRequest(context, 'CREATE', object, undefined);
  context.aroundAdmission?.(object, 'before');
  const mutating = admission.mutate(request);
  if (mutating !== undefined) {
    await mutating;
    settleNamespace(object, context);
  }
  context.aroundAdmission?.(object, 'after');
  dedupOwnerReferences(object.metadata, context.warn, true);
  const generated = fillMetadata(object.metadata, context);
  const strategy = strategyContext(context);
  compiled.prepareForCreate(object, strategy);
  hooks.beforeCreate?.(object, hookEnvironment(context));
  const errors = compiled.validateCreate(object, strategy);
  if (hooks.validate !== undefined)
    errors.unshift(...hooks.validate(object, undefined, hookEnvironment(context)));
  if (errors.length > 0)
    throw invalid(
      kind.storage?.group ?? kind.group,
      object.kind ?? kind.kind,
      object.metadata.name ?? '',
      errors,
    );
  for (const text of compiled.warnings(object)) context.warn(text);
  const validating = admission.validate(request);
  if (validating !== undefined) await validating;
  clearVersion(object.metadata);
  const stored = resource.toStorage(object);
  return finishCreate(context, object, stored instanceof Promise ? await stored : stored, generated);
}

function finishCreate(
  context: WriteContext,
  object: AnyObject,
  stored: AnyObject,
  generated: boolean,
): PreparedWrite {
  const { resource } = context;
  const { name, uid } = object.metadata;
  if (uid === undefined) throw failure(500, 'InternalError', 'uid was lost during admission');
  const key = keyOf(resource, context.attributes.namespace, name);
  resource.storedNulls?.fill(stored);
  const body = encodeBody(stored);
  const claims = resource.hooks.claims?.(stored, undefined) ?? [];
  return {
    context,
    key,
    write: {
      op: 'create',
      key,
      uid,
      body,
      guards: namespaceGuards(context),
      ...authorOf(context),
      ...(claims.length === 0 ? {} : { claims: claims.map(({ pool, value }) => ({ pool, value })) }),
    },
    along: resource.hooks.alongWrites?.(stored, undefined) ?? [],
    claims,
    body,
    object,
    uid,
    before: undefined,
    operation: 'create',
    pinned: false,
    generated,
  };
}

const AUTHOR_BYTES = 256;

const clip = (text: string): string =>
  Buffer.byteLength(text) <= AUTHOR_BYTES
    ? text
    : Buffer.from(text)
        .subarray(0, AUTHOR_BYTES - 4)
        .toString();

export function authorOf(context: WriteContext): { author: string; origin?: string } {
  const author = clip(context.user.name);
  return context.origin === undefined ? { author } : { author, origin: clip(context.origin) };
}

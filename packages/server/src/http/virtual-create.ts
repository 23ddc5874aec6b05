import { isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest } from '@gantry/machinery/status';
import type { HandlerContext, VirtualForm, VirtualHandler } from '../handler.ts';
import { otherKind, unreadable, unrecognized } from '../registry/decode-errors.ts';
import { trackUpdate } from '../registry/field-manager.ts';
import { decodeObject } from '../registry/plan.ts';
import type { Registry } from '../registry/registry.ts';
import type { ApiResource } from '../registry/resource.ts';
import { admit } from './admit.ts';
import { headerOf, type RoutedRequest } from './api-request.ts';
import { type ParsedBody, parseBody, sourceOf } from './body.ts';
import { negotiateMade } from './negotiate.ts';
import { readWriteOptions, warningsOf } from './request-options.ts';
import { type ApiResponse, formatted } from './response.ts';

/** What handlers of reviews, bindings and connections get to know of a request. */
export function handlerContext(
  registry: Registry,
  request: RoutedRequest,
  dryRun: boolean,
  warn: (text: string) => void,
): HandlerContext {
  const { user, attributes, query, audit } = request;
  return {
    ...{ user, attributes, query, dryRun, state: registry.view, registry, warn },
    ...(audit === undefined ? {} : { annotate: audit.annotate.bind(audit) }),
  };
}

/** POST of an object that is answered, not stored. Without a served kind (Binding, Eviction) the handler decodes. */
export async function createVirtual(
  registry: Registry,
  handler: VirtualHandler,
  resource: ApiResource | undefined,
  request: RoutedRequest,
): Promise<ApiResponse> {
  const accepted = negotiateMade(request, resource);
  const options = readWriteOptions('create', request.query, headerOf(request, 'user-agent') ?? '', false);
  const bytes = await request.body();
  request.audit?.decoding();
  const form =
    resource?.virtual === true && request.attributes.subresource === '' ? resource.kind : handler.form;
  const parsed = parseForm(form, bytes, headerOf(request, 'content-type'));
  // A text may hold nothing.
  const value = parsed.value ?? {};
  if (!isObject(value))
    throw form === undefined
      ? badRequest('the body must be a JSON object')
      : unrecognized(form.kind, value, parsed.text);
  if (handler.form !== undefined) settleForm(handler.form, value, parsed.text);
  const warnings = warningsOf(request);
  const body =
    resource?.virtual === true && request.attributes.subresource === ''
      ? decodeObject(
          { resource, fieldValidation: options.fieldValidation, warn: warnings.add },
          value,
          sourceOf(parsed),
        )
      : (value as AnyObject);
  body.metadata ??= { name: '' };
  request.audit?.decoded(nameless(body));
  settle(body, request);
  if (resource !== undefined && isReview(resource, request)) {
    const { fieldManager } = options;
    trackUpdate({ attributes: request.attributes, resource, fieldManager, now: new Date() }, undefined, body);
  }
  const context = handlerContext(registry, request, options.dryRun, warnings.add);
  if (resource !== undefined) {
    const { asObject, dryRun } = options;
    const { kind } = resource;
    const { add: warn } = warnings;
    const admitted = { operation: 'CREATE', kind, object: body, options: asObject, dryRun, warn } as const;
    await admit(registry, request, admitted);
  }
  const result = await handler.create(body, context);
  const answer = nameless(result);
  const text = handler.encode === undefined ? JSON.stringify(answer) : await handler.encode(answer);
  return formatted(201, Buffer.from(`${text}\n`), accepted, warnings.headers());
}

const REVIEWS = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/** Reviews tell who asked them, as objects that are stored do. */
const isReview = ({ virtual, kind }: ApiResource, { attributes }: RoutedRequest): boolean =>
  virtual === true && attributes.subresource === '' && REVIEWS.has(kind.group);

function parseForm(
  form: { readonly kind: string } | undefined,
  bytes: Buffer,
  type: string | undefined,
): ParsedBody {
  if (form === undefined) return parseBody(bytes, type);
  return parseBody(bytes, type, (cause, text) => unreadable(form.kind, cause, text));
}

/** What a body does not say of its kind is taken for granted. Throws BadRequest when it says another. */
function settleForm(form: VirtualForm, value: Record<string, unknown>, text: string | undefined): void {
  const nameOf = (version: string): string => (form.group === '' ? version : `${form.group}/${version}`);
  if ((value.kind ?? '') === '') value.kind = form.kind;
  if ((value.apiVersion ?? '') === '') value.apiVersion = nameOf(form.version);
  const versions = [form.version, ...(form.older ?? [])].map(nameOf);
  if (value.kind !== form.kind || !versions.includes(String(value.apiVersion)))
    throw otherKind({ kind: form }, value.apiVersion, value.kind, text);
}

/** The namespace is the request's. Throws BadRequest when the body says another. */
function settle({ metadata }: AnyObject, { attributes }: RoutedRequest): void {
  const { namespace } = attributes;
  // What is no object, decoding refuses.
  if (namespace === '' || !isObject(metadata)) return;
  metadata.namespace ||= namespace;
  if (metadata.namespace !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
}

/** A review has no name, and says so by leaving it out. */
function nameless(object: AnyObject): object {
  const { name, ...metadata } = object.metadata;
  return name === '' ? { ...object, metadata } : object;
}

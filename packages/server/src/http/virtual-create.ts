import { isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest } from '@gantry/machinery/status';
import type { HandlerContext, VirtualHandler } from '../handler.ts';
import { decodeObject } from '../registry/plan.ts';
import type { Registry } from '../registry/registry.ts';
import type { ApiResource } from '../registry/resource.ts';
import { admit } from './admit.ts';
import { headerOf, type RoutedRequest } from './api-request.ts';
import { parseBody, sourceOf } from './body.ts';
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
  const parsed = parseBody(bytes, headerOf(request, 'content-type'));
  const { value } = parsed;
  if (!isObject(value)) throw badRequest('the body must be a JSON object');
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
  settle(body, request);
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

import { compileKind } from '@gantry/api/compile';
import { invalid as invalidField } from '@gantry/machinery/field-error';
import { deepClone, isObject } from '@gantry/machinery/json';
import { UNTYPED } from '@gantry/machinery/schema-view';
import { badRequest, invalid, isStatusError, type Status, type StatusError } from '@gantry/machinery/status';
import type { DeleteOptions } from '../registry/delete-options.ts';
import { readDeleteOptions } from '../registry/delete-options.ts';
import type { Lister } from '../registry/lister.ts';
import { applyPatch, type PatchType, patchTypeOf } from '../registry/patch-types.ts';
import {
  decodeConfig,
  decodeObject,
  planApply,
  planChange,
  planCreate,
  planDelete,
  planReplace,
} from '../registry/plan.ts';
import type { Committed, Registry, WriteRequest } from '../registry/registry.ts';
import type { ApiResource } from '../registry/resource.ts';
import { decodeScale, scaleBytes, scaleOf, withScale } from '../registry/scale.ts';
import { selectionFor } from '../registry/selection.ts';
import type { WriteContext } from '../registry/write.ts';
import type { UserInfo } from '../request.ts';
import { headerOf, type RoutedRequest } from './api-request.ts';
import { mediaTypeOf, type ParsedBody, parseBody, parseJsonBody } from './body.ts';
import { goText } from './go-text.ts';
import { type Accepted, negotiate } from './negotiate.ts';
import { projectionFor } from './projections.ts';
import { entryResponse } from './read-handlers.ts';
import { readWriteOptions, Warnings, type WriteOptions } from './request-options.ts';
import { type ApiResponse, formatted } from './response.ts';
import { parseYamlText } from './yaml.ts';

/** Throws Forbidden unless the user may do `verb` on what the request names. */
export type Permit = (user: UserInfo, request: RoutedRequest, verb: string) => void;

const DELETE_PARALLEL = 16;

/** POST, PUT, PATCH and DELETE of stored resources. */
export class WriteHandlers {
  readonly #registry: Registry;
  readonly #lister: Lister;
  readonly #permit: Permit;

  constructor(registry: Registry, lister: Lister, permit: Permit) {
    this.#registry = registry;
    this.#lister = lister;
    this.#permit = permit;
  }

  async create(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const call = this.#begin(resource, request, 'create', false);
    const body = await this.#body(request);
    const done = await this.#registry.write(call.write, (context) =>
      planCreate(
        context,
        this.#registry.admission,
        decodeObject(context, fresh(body, context.attempt), body.text),
      ),
    );
    return call.answer(201, done);
  }

  async update(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const call = this.#begin(resource, request, 'update', false);
    const body = await this.#body(request);
    const { admission } = this.#registry;
    const scale = request.attributes.subresource === 'scale';
    const done = await this.#registry.write(call.write, (context) =>
      scale
        ? planChange(context, admission, (live) =>
            withScale(resource, live, decodeScale(fresh(body, context.attempt))),
          )
        : planReplace(
            context,
            admission,
            (old) => decodeObject(context, fresh(body, context.attempt), body.text, old),
            () => this.#permit(request.user, request, 'create'),
          ),
    );
    return call.answer(done.prepared.operation === 'create' ? 201 : 200, done);
  }

  async patch(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const type = patchTypeOf(mediaTypeOf(headerOf(request, 'content-type')));
    const call = this.#begin(resource, request, 'patch', type === 'apply');
    const bytes = await request.body();
    if (type === 'apply') return this.#apply(call, request, bytes);
    const patch = parseJsonBody(bytes).value;
    const done = await this.#registry.write(call.write, (context) =>
      planChange(context, this.#registry.admission, (live) =>
        patched(
          context,
          type,
          live as Record<string, unknown>,
          context.attempt === 0 ? patch : deepClone(patch),
        ),
      ),
    );
    return call.answer(200, done);
  }

  async #apply(call: Call, request: RoutedRequest, bytes: Buffer): Promise<ApiResponse> {
    const text = bytes.toString();
    const value = text.trimStart().startsWith('{')
      ? parseJsonBody(bytes)
      : { text: undefined, value: parseYamlText(text) };
    const { resource } = call.write;
    if (request.attributes.subresource === 'scale')
      throw badRequest('server-side apply of the scale subresource is not supported');
    if (isObject(value.value)) {
      const { name } = (value.value.metadata ?? {}) as { name?: string };
      if (name !== undefined && name !== request.attributes.name)
        throw badRequest(
          `metadata.name ${JSON.stringify(name)} must match the name on the URL ${JSON.stringify(request.attributes.name)}`,
        );
    }
    const done = await this.#registry.write(call.write, (context) => {
      const config = decodeConfig(context, fresh(value, context.attempt), value.text);
      if (resource.kind.namespaced) config.metadata.namespace ??= context.attributes.namespace;
      return planApply(context, this.#registry.admission, config, call.options.force, () =>
        this.#permit(request.user, request, 'create'),
      );
    });
    return call.answer(done.prepared.operation === 'create' ? 201 : 200, done);
  }

  async delete(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const options = await this.#deleteOptions(request);
    const call = this.#begin(resource, request, 'delete', false, options);
    const done = await this.#registry.write(call.write, (context) =>
      planDelete(context, this.#registry.admission, options),
    );
    const { operation, uid } = done.prepared;
    if (operation !== 'delete' || resource.hooks.returnsDeleted === true) return call.answer(200, done);
    return formatted(
      200,
      Buffer.from(JSON.stringify(deleted(resource, request.attributes.name, uid))),
      call.accepted,
    );
  }

  /** One delete an object; what vanished meanwhile is ignored. Answers with the list of what it deleted. */
  async deleteCollection(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const options = await this.#deleteOptions(request);
    const accepted = negotiate(headerOf(request, 'accept'), request.query);
    const selection = selectionFor(resource, request.attributes.namespace, request.query);
    const entries = await this.#lister.select(resource, selection);
    const queue = [...entries];
    const worker = async (): Promise<void> => {
      for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
        const { name, namespace } = entry.key;
        const one = { ...request, attributes: { ...request.attributes, verb: 'delete', name, namespace } };
        const call = this.#begin(resource, one, 'delete', false, options);
        try {
          await this.#registry.write(call.write, (context) =>
            planDelete(context, this.#registry.admission, options),
          );
        } catch (error) {
          if ((error as { reason?: string }).reason !== 'NotFound') throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(DELETE_PARALLEL, queue.length) }, worker));
    const projection = projectionFor(resource, accepted, request.query);
    const { head, tail } = projection.list({ resourceVersion: String(this.#registry.cache.cursor) });
    const items = entries.map((entry) => projection.item(entry).toString()).join(',');
    return formatted(200, Buffer.from(head + items + tail), accepted);
  }

  async #deleteOptions(request: RoutedRequest): Promise<DeleteOptions> {
    const bytes = await request.body();
    const body = bytes.length === 0 ? undefined : parseBody(bytes, headerOf(request, 'content-type')).value;
    return readDeleteOptions(body, request.query);
  }

  async #body(request: RoutedRequest): Promise<ParsedBody> {
    const bytes = await request.body();
    if (bytes.length === 0) throw badRequest('request body is empty');
    return parseBody(bytes, headerOf(request, 'content-type'));
  }

  #begin(
    resource: ApiResource,
    request: RoutedRequest,
    verb: string,
    isApply: boolean,
    deleteOptions?: DeleteOptions,
  ): Call {
    const accepted = negotiate(headerOf(request, 'accept'), request.query);
    const options = readWriteOptions(verb, request.query, headerOf(request, 'user-agent') ?? '', isApply);
    const warnings = new Warnings();
    const write: WriteRequest = {
      resource,
      attributes: request.attributes,
      user: request.user,
      dryRun: options.dryRun || (deleteOptions?.dryRun?.length ?? 0) > 0,
      fieldManager: options.fieldManager,
      fieldValidation: options.fieldValidation,
      options: deleteOptions === undefined ? {} : { ...deleteOptions },
      warn: warnings.add,
    };
    const answer = (status: number, done: Committed): ApiResponse =>
      request.attributes.subresource === 'scale'
        ? formatted(status, scaleBytes(resource, done.entry), accepted, warnings.headers())
        : entryResponse(status, resource, done.entry, accepted, request.query, warnings.headers());
    return { accepted, options, write, answer };
  }
}

interface Call {
  readonly accepted: Accepted;
  readonly options: WriteOptions;
  readonly write: WriteRequest;
  answer(status: number, done: Committed): ApiResponse;
}

/** The parsed body; from the second attempt on, parsed anew, since decoding works in place. */
function fresh(body: ParsedBody, attempt: number): unknown {
  if (body.text !== undefined) return attempt === 0 ? body.value : (JSON.parse(body.text) as unknown);
  return deepClone(body.value);
}

function patched(
  context: WriteContext,
  type: Exclude<PatchType, 'apply'>,
  live: Record<string, unknown>,
  patch: unknown,
) {
  const { resource, attributes } = context;
  if (attributes.subresource === 'scale') {
    const scale = scaleOf(resource, live as never);
    const next = applyPatch(type, scale, patch, UNTYPED);
    return withScale(resource, live as never, decodeScale(next));
  }
  const { view } = compileKind(resource.kind);
  const next = applyPatch(type, live, patch, view);
  const shown = type === 'strategic' ? goText(patch) : JSON.stringify(next);
  try {
    return decodeObject(context, next, undefined, live as never);
  } catch (error) {
    if (isStatusError(error, 'BadRequest')) throw unfitPatch(shown, error.message);
    throw error;
  }
}

const MAX_SHOWN = 4096;

/** 422 for a patch whose result is no object of the kind; the original names no object in it. */
const unfitPatch = (patch: string, message: string): StatusError =>
  invalid('', '', '', [
    invalidField(
      'patch',
      patch.slice(0, MAX_SHOWN),
      message.replace(/^.* cannot be handled as an? [^:]*: /, ''),
    ),
  ]);

const deleted = (resource: ApiResource, name: string, uid: string): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  details: {
    name,
    ...(resource.gr.group === '' ? {} : { group: resource.gr.group }),
    kind: resource.gr.resource,
    uid,
  },
});

import { deepClone, isObject } from '@gantry/machinery/json';
import { checkTyped } from '@gantry/machinery/managed-fields/apply';
import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import { badRequest, type Status } from '@gantry/machinery/status';
import { unreadable } from '../registry/decode-errors.ts';
import { type DeleteOptions, readDeleteOptions } from '../registry/delete-options.ts';
import { readListOptions } from '../registry/list-options.ts';
import type { Lister } from '../registry/lister.ts';
import { patchTypeOf } from '../registry/patch-types.ts';
import {
  decodeConfig,
  decodeObject,
  planApply,
  planApplyScale,
  planChange,
  planCreate,
  planDelete,
  planReplace,
} from '../registry/plan.ts';
import type { Committed, Registry, WriteRequest } from '../registry/registry.ts';
import type { ApiResource } from '../registry/resource.ts';
import { decodeScale, withScale } from '../registry/scale.ts';
import { selectionFor } from '../registry/selection.ts';
import type { RequestAttributes, UserInfo } from '../request.ts';
import { headerOf, type RoutedRequest } from './api-request.ts';
import { parseConfig, reportRepeats } from './apply-body.ts';
import { mediaTypeOf, type ParsedBody, parseBody, parseJsonBody, sourceOf } from './body.ts';
import { listed } from './list-projection.ts';
import { type Accepted, negotiate } from './negotiate.ts';
import { faultsOfPatch, patched } from './patch-body.ts';
import { listProjection } from './projections.ts';
import { entryResponse } from './read-handlers.ts';
import { readWriteOptions, type Warnings, type WriteOptions, warningsOf } from './request-options.ts';
import { type ApiResponse, formatted, formattedParts } from './response.ts';
import { scaleResponse } from './scale-response.ts';

/** Throws Forbidden unless the user may do `verb` on what the request names. */
export type Permit = (user: UserInfo, request: RoutedRequest, verb: string) => void;

const DELETE_PARALLEL = 16;

/** Tells the audit trail of an object that a client sent. */
function decoded<T>({ audit }: RoutedRequest, object: T): T {
  audit?.decoded(object);
  return object;
}

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
    const body = await this.#body(resource, request);
    const done = await this.#registry.write(call.write, (context) =>
      planCreate(
        context,
        this.#registry.admission,
        decoded(request, decodeObject(context, fresh(body, context.attempt), sourceOf(body))),
      ),
    );
    return call.answer(201, done);
  }

  async update(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const call = this.#begin(resource, request, 'update', false);
    const body = await this.#body(resource, request);
    const { admission } = this.#registry;
    const scale = request.attributes.subresource === 'scale';
    const done = await this.#registry.write(call.write, (context) =>
      scale
        ? planChange(context, admission, (live) =>
            withScale(resource, live, decoded(request, decodeScale(fresh(body, context.attempt)))),
          )
        : planReplace(
            context,
            admission,
            (old) =>
              decoded(request, decodeObject(context, fresh(body, context.attempt), sourceOf(body), old)),
            () => this.#permit(request.user, request, 'create'),
          ),
    );
    return call.answer(done.prepared.operation === 'create' ? 201 : 200, done);
  }

  async patch(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const type = patchTypeOf(mediaTypeOf(headerOf(request, 'content-type')), resource.kind);
    const call = this.#begin(resource, request, 'patch', type === 'apply');
    const bytes = await request.body();
    if (type === 'apply') return this.#apply(call, request, bytes);
    const body = parseJsonBody(bytes, (cause) => badRequest(`error decoding patch: ${cause}`));
    const faults = call.write.fieldValidation === 'Ignore' ? [] : faultsOfPatch(type, body);
    const done = await this.#registry.write(call.write, (context) =>
      planChange(context, this.#registry.admission, (live) => {
        const patch = context.attempt === 0 ? body.value : deepClone(body.value);
        return patched(context, type, live as Record<string, unknown>, patch, faults);
      }),
    );
    return call.answer(200, done);
  }

  async #apply(call: Call, request: RoutedRequest, bytes: Buffer): Promise<ApiResponse> {
    const value = await parseConfig(bytes);
    const { resource, fieldValidation, warn } = call.write;
    if (fieldValidation !== 'Ignore') reportRepeats(value, fieldValidation === 'Strict', warn);
    checkApplied(resource, request.attributes, value.value);
    const done = await this.#registry.write(call.write, (context) => {
      if (request.attributes.subresource === 'scale') {
        const scale = decodeScale(fresh(value, context.attempt));
        scale.metadata.name ||= context.attributes.name;
        return planApplyScale(context, this.#registry.admission, scale, call.options.force);
      }
      const raw = fresh(value, context.attempt);
      checkTyped(raw as AnyObject, resource.compiled.view);
      const config = decodeConfig(context, raw);
      config.metadata.name ||= context.attributes.name;
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
    if (operation !== 'delete' || resource.kind.returnsDeleted === true) return call.answer(200, done);
    return formatted(
      200,
      Buffer.from(JSON.stringify(deleted(resource, request.attributes.name, uid))),
      call.accepted,
      call.warnings.headers(),
    );
  }

  /** One delete an object; what vanished meanwhile is ignored. Answers with the list of what it deleted. */
  async deleteCollection(resource: ApiResource, request: RoutedRequest): Promise<ApiResponse> {
    const listOptions = readListOptions(request.query, false);
    const options = await this.#deleteOptions(request);
    const accepted = negotiate(request, resource);
    const selection = selectionFor(resource, request.attributes.namespace, request.query);
    const { entries, metadata } = await this.#lister.collect(resource, selection, listOptions);
    const queue = [...entries];
    const worker = async (): Promise<void> => {
      for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
        const { name, namespace } = entry.key;
        const { write } = this.#begin(resource, request, 'delete', false, options);
        const attributes = { ...write.attributes, verb: 'delete', name, namespace };
        try {
          await this.#registry.write({ ...write, attributes }, (context) =>
            planDelete(context, this.#registry.admission, options),
          );
        } catch (error) {
          if ((error as { reason?: string }).reason !== 'NotFound') throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(DELETE_PARALLEL, queue.length) }, worker));
    const projection = listProjection(resource, accepted, request.query);
    return formattedParts(
      200,
      listed(projection, metadata, entries),
      accepted,
      warningsOf(request).headers(),
    );
  }

  async #deleteOptions(request: RoutedRequest): Promise<DeleteOptions> {
    const bytes = await request.body();
    const body = bytes.length === 0 ? undefined : parseBody(bytes, headerOf(request, 'content-type')).value;
    return readDeleteOptions(body, request.query);
  }

  async #body({ kind: { kind } }: ApiResource, request: RoutedRequest): Promise<ParsedBody> {
    const bytes = await request.body();
    request.audit?.decoding();
    return parseBody(bytes, headerOf(request, 'content-type'), (cause, text) =>
      unreadable(kind, cause, text),
    );
  }

  #begin(
    resource: ApiResource,
    request: RoutedRequest,
    verb: string,
    isApply: boolean,
    deleteOptions?: DeleteOptions,
  ): Call {
    const accepted = negotiate(request, resource);
    const options = readWriteOptions(verb, request.query, headerOf(request, 'user-agent') ?? '', isApply);
    const warnings = warningsOf(request);
    const write: WriteRequest = {
      resource,
      attributes: request.attributes,
      user: request.user,
      dryRun: options.dryRun || (deleteOptions?.dryRun?.length ?? 0) > 0,
      fieldManager: options.fieldManager,
      fieldValidation: options.fieldValidation,
      options:
        deleteOptions === undefined
          ? options.asObject
          : { ...deleteOptions, kind: 'DeleteOptions', apiVersion: 'meta.k8s.io/v1' },
      warn: warnings.add,
      ...(request.audit === undefined ? {} : { annotate: request.audit.annotate.bind(request.audit) }),
    };
    const answer = (status: number, done: Committed): ApiResponse =>
      request.attributes.subresource === 'scale'
        ? scaleResponse(status, resource, done.entry, accepted, request.query, warnings.headers())
        : entryResponse(status, resource, done.entry, accepted, request.query, warnings.headers());
    return { accepted, options, write, warnings, answer };
  }
}

interface Call {
  readonly accepted: Accepted;
  readonly options: WriteOptions;
  readonly write: WriteRequest;
  readonly warnings: Warnings;
  answer(status: number, done: Committed): ApiResponse;
}

/** What an applied configuration must say of itself. Throws BadRequest. */
function checkApplied(
  resource: ApiResource,
  { name, subresource }: RequestAttributes,
  config: unknown,
): void {
  if (config !== undefined && config !== null && !isObject(config))
    throw badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${Array.isArray(config) ? 'array' : typeof config} into Go value of type map[string]interface {}`,
    );
  const { apiVersion = '', kind = '', metadata } = (config ?? {}) as Record<string, unknown>;
  const isScale = subresource === 'scale';
  const wanted = isScale ? 'autoscaling/v1' : resource.apiVersion;
  if (apiVersion !== wanted || kind !== (isScale ? 'Scale' : resource.kind.kind)) {
    const { group, version } = parseGroupVersion(typeof apiVersion === 'string' ? apiVersion : '');
    throw badRequest(
      `invalid object type: ${group}/${version}, Kind=${typeof kind === 'string' ? kind : ''}`,
    );
  }
  const named = isObject(metadata) ? metadata.name : undefined;
  if (typeof named === 'string' && named !== '' && named !== name)
    throw badRequest(`the name of the object (${named}) does not match the name on the URL (${name})`);
}

/** The parsed body; from the second attempt on, parsed anew, since decoding works in place. */
function fresh(body: ParsedBody, attempt: number): unknown {
  if (body.text !== undefined) return attempt === 0 ? body.value : (JSON.parse(body.text) as unknown);
  return deepClone(body.value);
}

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

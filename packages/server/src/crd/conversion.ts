import { randomUUID } from 'node:crypto';
import type { Definition } from '@gantry/api/apiextensions/v1/definition';
import { type FieldError, formatFieldError } from '@gantry/machinery/field-error';
import { deepEqual, isObject } from '@gantry/machinery/json';
import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import { validateAnnotations, validateLabels } from '@gantry/machinery/object-meta';
import { failure, type StatusError } from '@gantry/machinery/status';
import type { WebhookClient } from '../outbound/webhook-client.ts';

/** Gives the objects in another version, in the same order. Rejects when one of them can't be had. */
type Convert = (objects: readonly AnyObject[], apiVersion: string) => Promise<AnyObject[]>;

/** How the versions of one definition become each other. */
export interface Conversion {
  /** Absent: only the name of the version changes. */
  readonly webhook?: Convert;
}

const TIMEOUT_MS = 30_000;
/** Objects and bytes of one review. */
const MAX_OBJECTS = 500;
const MAX_BYTES = 2 << 20;
const REVIEW_GROUP = 'apiextensions.k8s.io';

export function conversionOf(definition: Definition, client: WebhookClient): Conversion {
  const { conversion, versions } = definition.spec;
  const config = conversion?.webhook?.clientConfig;
  if (conversion?.strategy !== 'Webhook' || config === undefined) return {};
  const known = new Set(versions.map(({ name }) => `${definition.spec.group}/${name}`));
  const reviewVersion = conversion.webhook?.conversionReviewVersions?.find((one) =>
    ['v1', 'v1beta1'].includes(one),
  );
  return {
    async webhook(objects, apiVersion) {
      const results: AnyObject[] = [...objects];
      const due = objects.flatMap((object, index) => (object.apiVersion === apiVersion ? [] : [index]));
      for (const indices of batches(due, objects)) {
        const batch = indices.flatMap((index) => objects[index] ?? []);
        const failed = (cause: string): StatusError => failedConversion(batch[0], cause);
        const unknown = batch.find((object) => !known.has(object.apiVersion));
        if (unknown !== undefined)
          throw failed(`request to convert CR from an invalid group/version: ${unknown.apiVersion}`);
        if (reviewVersion === undefined) throw failed('no supported conversion review versions');
        const made = await review(client, config, batch, apiVersion, reviewVersion);
        for (const [at, index] of indices.entries()) {
          const object = made[at];
          if (object !== undefined) results[index] = object;
        }
      }
      return results;
    },
  };
}

function* batches(indices: readonly number[], objects: readonly AnyObject[]): Generator<number[]> {
  let batch: number[] = [];
  let bytes = 0;
  for (const index of indices) {
    const size = JSON.stringify(objects[index]).length;
    if (batch.length >= MAX_OBJECTS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(index);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

const kindText = ({ apiVersion, kind }: AnyObject): string => `${apiVersion}, Kind=${kind}`;

const failedConversion = (object: AnyObject | undefined, cause: string): StatusError =>
  failure(500, '', `conversion webhook for ${object === undefined ? '' : kindText(object)} failed: ${cause}`);

const wrongAnswer = (object: AnyObject | undefined, cause: string): StatusError =>
  failure(500, '', `conversion webhook for ${object === undefined ? '' : kindText(object)} ${cause}`);

interface ReviewAnswer {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly response?: {
    readonly uid?: unknown;
    readonly result?: { readonly status?: unknown; readonly message?: unknown };
    readonly convertedObjects?: unknown;
  };
}

async function review(
  client: WebhookClient,
  config: Parameters<WebhookClient['post']>[0],
  objects: readonly AnyObject[],
  desiredAPIVersion: string,
  reviewVersion: string,
): Promise<AnyObject[]> {
  const uid = randomUUID();
  const [first] = objects;
  const apiVersion = `${REVIEW_GROUP}/${reviewVersion}`;
  let answer: unknown;
  try {
    answer = await client.post(
      config,
      JSON.stringify({
        kind: 'ConversionReview',
        apiVersion,
        request: { uid, desiredAPIVersion, objects },
      }),
      TIMEOUT_MS,
    );
  } catch (error) {
    throw failedConversion(first, error instanceof Error ? error.message : String(error));
  }
  const converted = convertedObjects(answer, uid, reviewVersion);
  if (typeof converted === 'string') throw failedConversion(first, converted);
  if (converted.length !== objects.length)
    throw wrongAnswer(first, `returned ${converted.length} objects, expected ${objects.length}`);
  const index = (at: number): number | undefined => (objects.length === 1 ? undefined : at);
  return objects.map((original, at) => checkedObject(original, converted[at], desiredAPIVersion, index(at)));
}

/** The objects of an answer, or what is wrong with it. */
function convertedObjects(answer: unknown, uid: string, reviewVersion: string): unknown[] | string {
  const { apiVersion, kind, response } = (isObject(answer) ? answer : {}) as ReviewAnswer;
  const isV1 = reviewVersion === 'v1';
  const wanted = `${REVIEW_GROUP}/v1, Kind=ConversionReview`;
  if (isV1 && (apiVersion !== `${REVIEW_GROUP}/v1` || kind !== 'ConversionReview'))
    return `expected webhook response of ${wanted}, got ${String(apiVersion ?? '')}, Kind=${String(kind ?? '')}`;
  if (!isObject(response)) return 'no response provided';
  if (isV1 && response.uid !== uid)
    return `expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(response.uid ?? '')}`;
  const { status, message } = response.result ?? {};
  if (status !== 'Success')
    return typeof message === 'string' && message !== ''
      ? message
      : `response.result.status was '${String(status ?? '')}', not 'Success'`;
  return Array.isArray(response.convertedObjects) ? response.convertedObjects : [];
}

/**
 * The webhook may change everything but identity; of the metadata only labels and annotations count. Without `index` it
 * is the only object, of which the original words what is wrong in another way.
 */
function checkedObject(
  original: AnyObject,
  given: unknown,
  apiVersion: string,
  index: number | undefined,
): AnyObject {
  const what = index === undefined ? 'object at index 0' : `converted object at index ${index}`;
  const invalid = (cause: string, object = what): StatusError =>
    wrongAnswer(original, `returned invalid ${object}: ${cause}`);
  if (!isObject(given)) throw invalid('not a JSON object');
  const object = given as AnyObject;
  const version = (text: unknown): string => {
    const parsed = parseGroupVersion(String(text ?? ''));
    return parsed.group === '' ? parsed.version : `${parsed.group}/${parsed.version}`;
  };
  if (object.apiVersion !== apiVersion)
    throw invalid(`invalid groupVersion (expected ${apiVersion}, received ${version(object.apiVersion)})`);
  if (object.kind !== original.kind)
    throw invalid(`invalid kind (expected ${original.kind}, received ${String(object.kind)})`);
  const metadata: unknown = object.metadata;
  const identity: Record<string, unknown> = isObject(metadata) ? metadata : {};
  for (const [field, name] of [
    ['name', 'name'],
    ['namespace', 'namespace'],
    ['uid', 'UID'],
  ] as const) {
    const [before, after] = [original.metadata[field] ?? '', identity[field] ?? ''];
    if (before !== after)
      throw invalid(
        `must have the same ${name}: ${before} != ${String(after)}`,
        index === undefined ? 'object' : what,
      );
  }
  return { ...object, metadata: restoredMetadata(original, object, index) };
}

function restoredMetadata(
  original: AnyObject,
  converted: AnyObject,
  index: number | undefined,
): AnyObject['metadata'] {
  const where = index === undefined ? '' : ` in object at index ${index}`;
  const wrong = (cause: string): StatusError =>
    wrongAnswer(original, `returned invalid metadata${where}: ${cause}`);
  const given: unknown = converted.metadata;
  if (!isObject(given)) throw wrong('missing metadata in converted object');
  const metadata = { ...original.metadata };
  for (const field of ['labels', 'annotations'] as const) {
    const value = given[field];
    if (value === undefined || value === null) {
      delete metadata[field];
      continue;
    }
    if (!isObject(value))
      throw wrong(`invalid metadata.${field} of type ${typeof value} in converted object`);
    for (const [key, text] of Object.entries(value))
      if (typeof text !== 'string')
        throw wrong(`metadata.${field}[${key}] must be a string, but is ${typeof text} in converted object`);
    const texts = value as Record<string, string>;
    const errors = deepEqual(texts, metadata[field]) ? [] : metadataErrors(field, texts);
    if (errors.length > 0) throw wrong(errors.map(formatFieldError).join(', '));
    metadata[field] = texts;
  }
  return metadata;
}

const metadataErrors = (field: 'labels' | 'annotations', texts: Record<string, string>): FieldError[] =>
  field === 'labels'
    ? validateLabels(texts, 'metadata.labels')
    : validateAnnotations(texts, 'metadata.annotation');

import type { BodySource } from '@gantry/api/schema/duplicate-fields';
import { parseJson } from '@gantry/machinery/json';
import { badRequest, failure, type StatusError } from '@gantry/machinery/status';
import { PROTOBUF_TYPE, parseProtobuf } from './protobuf/body.ts';
import { parseYamlBody } from './yaml.ts';

/** A body and the value in it. `text` is JSON text that can be searched for duplicate fields. */
export interface ParsedBody {
  readonly text: string | undefined;
  readonly value: unknown;
  /** What was said of keys that YAML text holds twice. */
  readonly repeats?: readonly string[];
}

/** Where a decoder finds duplicate fields of the body. */
export const sourceOf = ({ text, repeats = [] }: ParsedBody): BodySource | undefined =>
  text ?? (repeats.length === 0 ? undefined : { repeats });

/** Largest body of a write, as in the original. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;
/** A set of objects may fill the store's largest transaction. */
const MAX_SET_BYTES = 16 * 1024 * 1024;
const SETS = '/apis/gitops.gantry.dev/v1alpha1/applysets';

/** Bytes that the body of a request for this path may have. */
export const bodyLimit = (path: string): number => (path === SETS ? MAX_SET_BYTES : MAX_BODY_BYTES);
const MAX_DEPTH = 256;

export const bodyTooLarge = (limit: number): StatusError =>
  failure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);

const unsupported = (): StatusError =>
  failure(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );

export const mediaTypeOf = (contentType: string | undefined): string => {
  const semicolon = contentType?.indexOf(';') ?? -1;
  const type = semicolon < 0 ? (contentType ?? '') : (contentType ?? '').slice(0, semicolon);
  return type.trim().toLowerCase();
};

/** Words the refusal of a body that can't be parsed. */
export type Unreadable = (cause: string, text: string | Buffer) => StatusError;

const noObject: Unreadable = (cause) => badRequest(cause);
/** What is said of text that is no JSON. */
const noJson = (cause: string): string => `couldn't get version/kind; json parse error: ${cause}`;

/** Parses JSON text. Throws BadRequest. */
export function parseJsonBody(
  bytes: Buffer,
  unreadable: Unreadable = noObject,
  said: (cause: string) => string = noJson,
): ParsedBody {
  const text = bytes.toString();
  try {
    return { text, value: parseJson(text, { maxDepth: MAX_DEPTH }) };
  } catch (error) {
    throw unreadable(said(error instanceof Error ? error.message : String(error)), text);
  }
}

/** Parses a body by its content type: JSON, YAML, protobuf. No type means JSON. Throws BadRequest, UnsupportedMediaType. */
export function parseBody(
  bytes: Buffer,
  contentType: string | undefined,
  unreadable: Unreadable = noObject,
): ParsedBody {
  const type = mediaTypeOf(contentType);
  if (type === '' || type === 'application/json' || type === '*/*') return parseJsonBody(bytes, unreadable);
  if (type === 'application/yaml')
    return { text: undefined, ...parseYamlBody(bytes, (cause) => unreadable(cause, bytes)) };
  if (type === PROTOBUF_TYPE)
    return { text: undefined, value: parseProtobuf(bytes, (cause) => unreadable(cause, bytes)) };
  throw unsupported();
}

import { Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { KubeObject } from '@gantry/machinery/object';
import type { Status } from '@gantry/machinery/status';
import { isDenial } from '../auth/authorization/denial.ts';
import type { WatchSink } from '../watch/watch-hub.ts';
import { type Accepted, JSON_FULL, negotiated } from './negotiate.ts';
import { PROTOBUF_TYPE } from './protobuf/body.ts';
import { protobufOf } from './protobuf/forms.ts';
import { lengthOf, slices } from './slices.ts';
import { toYaml } from './yaml.ts';

/** An answer that no transport has seen yet. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
  /** In place of `body`, for lists: their items as they lie in the cache, joined only while they are sent. */
  readonly parts?: readonly Buffer[];
  /** Starts a stream once the headers are out; returns how to stop it. */
  readonly stream?: (sink: WatchSink) => () => void;
  /** Called when the last byte is out, or the client is gone. */
  readonly sent?: () => void;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;
/** Failures come as they are: no tables of them. */
const PLAIN = { transforms: false, protobuf: true };

/** Smaller answers are not worth the time. */
const GZIP_BYTES = 128 * 1024;
const GZIP_CHUNK = 64 * 1024;

export const JSON_TYPE = 'application/json';
const EMPTY = Buffer.alloc(0);
export const emptyBody = EMPTY;

/** JSON bytes in the format that the client wants. */
export function formatted(
  status: number,
  bytes: Buffer,
  accepted: Pick<Accepted, 'format' | 'pretty'>,
  headers: Record<string, string | string[]> = {},
): ApiResponse {
  if (accepted.format === 'protobuf') {
    const body = protobufOf(JSON.parse(bytes.toString()) as KubeObject);
    // Negotiation lets no kind come here that has no binary form; JSON is better than a fault.
    if (body !== undefined) return { status, headers: { 'content-type': PROTOBUF_TYPE, ...headers }, body };
  }
  if (accepted.format === 'yaml') {
    const text = toYaml(JSON.parse(bytes.toString()) as unknown);
    return { status, headers: { 'content-type': 'application/yaml', ...headers }, body: Buffer.from(text) };
  }
  const body = accepted.pretty ? Buffer.from(JSON.stringify(JSON.parse(bytes.toString()), null, 2)) : bytes;
  return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body };
}

/** What a projection made, in the parts that it made: JSON, or messages for a client that takes those. */
export function formattedParts(
  status: number,
  parts: readonly Buffer[],
  accepted: Pick<Accepted, 'format' | 'pretty'>,
  headers: Record<string, string | string[]> = {},
): ApiResponse {
  if (accepted.format === 'protobuf')
    return { status, headers: { 'content-type': PROTOBUF_TYPE, ...headers }, body: EMPTY, parts };
  if (accepted.format === 'yaml' || accepted.pretty)
    return formatted(status, Buffer.concat(parts), accepted, headers);
  return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body: EMPTY, parts };
}

export const bodyLength = ({ body, parts }: ApiResponse): number =>
  parts === undefined ? body.length : lengthOf(parts);

export const wholeBody = ({ body, parts }: ApiResponse): Buffer =>
  parts === undefined ? body : Buffer.concat(parts);

export function jsonResponse(
  status: number,
  value: unknown,
  headers: Record<string, string | string[]> = {},
): ApiResponse {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: Buffer.from(`${JSON.stringify(value)}\n`),
  };
}

/** Documents that are no objects are indented, whoever asks. */
export const rawJsonResponse = (status: number, value: unknown): ApiResponse => ({
  status,
  headers: { 'content-type': JSON_TYPE },
  body: Buffer.from(JSON.stringify(value, null, 2)),
});

export const textResponse = (status: number, text: string): ApiResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body: Buffer.from(text),
});

/** A failure, in the format that the request asks for where it can be had. */
export function statusResponse(
  status: Status,
  request?: { readonly headers: Headers; readonly query: URLSearchParams },
): ApiResponse {
  const headers: Record<string, string> = {};
  const retry = status.details?.retryAfterSeconds;
  if (retry !== undefined) headers['retry-after'] = String(retry);
  // The text of a denial holds what the client sent.
  if (isDenial(status)) headers['x-content-type-options'] = 'nosniff';
  const accepted = request === undefined ? undefined : negotiated(request, PLAIN);
  return formatted(
    status.code ?? 200,
    Buffer.from(`${JSON.stringify(status)}\n`),
    accepted ?? JSON_FULL,
    headers,
  );
}

/** Qualities are not looked at, as in the original: `gzip;q=0` is no `gzip`. */
const takesGzip = (header: string): boolean => header.split(',').some((token) => token.trim() === 'gzip');

/** Compresses a large body for a client that takes gzip. */
export async function compressed(
  response: ApiResponse,
  acceptEncoding: string | undefined,
): Promise<ApiResponse> {
  if (acceptEncoding === undefined || !takesGzip(acceptEncoding)) return response;
  if (bodyLength(response) <= GZIP_BYTES) return response;
  const packed = Readable.from(slices(response.parts ?? [response.body])).pipe(
    createGzip({ level: constants.Z_BEST_SPEED, chunkSize: GZIP_CHUNK }),
  );
  const parts: Buffer[] = [];
  for await (const chunk of packed) parts.push(chunk as Buffer);
  return {
    status: response.status,
    headers: { ...response.headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
    body: EMPTY,
    parts,
  };
}

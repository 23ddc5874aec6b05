import { Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { Status } from '@gantry/machinery/status';
import type { WatchSink } from '../watch/watch-hub.ts';
import type { Accepted } from './negotiate.ts';
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
}

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
  if (accepted.format === 'yaml') {
    const text = toYaml(JSON.parse(bytes.toString()) as unknown);
    return { status, headers: { 'content-type': 'application/yaml', ...headers }, body: Buffer.from(text) };
  }
  const body = accepted.pretty
    ? Buffer.from(`${JSON.stringify(JSON.parse(bytes.toString()), null, 2)}\n`)
    : bytes;
  return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body };
}

/** JSON that comes in parts. Only a client that wants another format makes it one. */
export function formattedParts(
  status: number,
  parts: readonly Buffer[],
  accepted: Pick<Accepted, 'format' | 'pretty'>,
): ApiResponse {
  if (accepted.format === 'yaml' || accepted.pretty) return formatted(status, Buffer.concat(parts), accepted);
  return { status, headers: { 'content-type': JSON_TYPE }, body: EMPTY, parts };
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

export const textResponse = (status: number, text: string): ApiResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body: Buffer.from(text),
});

export function statusResponse(status: Status): ApiResponse {
  const headers: Record<string, string> = {};
  const retry = status.details?.retryAfterSeconds;
  if (retry !== undefined) headers['retry-after'] = String(retry);
  return jsonResponse(status.code ?? 200, status, headers);
}

/** Compresses a large body for a client that takes gzip. */
export async function compressed(
  response: ApiResponse,
  acceptEncoding: string | undefined,
): Promise<ApiResponse> {
  if (acceptEncoding === undefined || !/\bgzip\b/.test(acceptEncoding)) return response;
  if (bodyLength(response) < GZIP_BYTES) return response;
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

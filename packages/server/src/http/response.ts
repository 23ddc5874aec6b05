import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Status } from '@gantry/machinery/status';
import type { WatchSink } from '../watch/watch-hub.ts';
import type { Accepted } from './negotiate.ts';
import { toYaml } from './yaml.ts';

/** An answer that no transport has seen yet. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
  /** Starts a stream once the headers are out; returns how to stop it. */
  readonly stream?: (sink: WatchSink) => () => void;
}

const gzipAsync = promisify(gzip);
/** Smaller answers are not worth the time. */
const GZIP_BYTES = 128 * 1024;

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
  if (response.body.length < GZIP_BYTES || acceptEncoding === undefined || !/\bgzip\b/.test(acceptEncoding))
    return response;
  const body = await gzipAsync(response.body, { level: constants.Z_BEST_SPEED });
  return {
    ...response,
    headers: { ...response.headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
    body,
  };
}

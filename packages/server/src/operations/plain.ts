import type { PlainHandler } from '../http/chain.ts';
import { verbNotAllowed } from '../http/errors.ts';
import { type ApiResponse, rawJsonResponse } from '../http/response.ts';
import { sliInstruments } from './health.ts';
import type { ServerMetrics } from './metrics.ts';

export function metricsHandler(metrics: ServerMetrics): PlainHandler {
  return async ({ attributes }) => {
    if (attributes.path !== '/metrics') return undefined;
    return {
      status: 200,
      headers: { 'content-type': metrics.contentType },
      body: Buffer.from(await metrics.text()),
    };
  };
}

/** `/metrics/slis`: how the health checks went. */
export function slisHandler(): PlainHandler {
  return ({ attributes }) => {
    if (attributes.path !== '/metrics/slis') return undefined;
    const type = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';
    return { status: 200, headers: { 'content-type': type }, body: Buffer.from(sliInstruments.text()) };
  };
}

/** Fixed answers by path. */
export function documentsHandler(documents: Readonly<Record<string, ApiResponse>>): PlainHandler {
  return ({ attributes }) =>
    Object.hasOwn(documents, attributes.path) ? documents[attributes.path] : undefined;
}

/** `/`: the paths that there are now. */
export function indexHandler(paths: () => readonly string[]): PlainHandler {
  return ({ attributes }) =>
    attributes.path === '/' ? rawJsonResponse(200, { paths: [...paths()].sort() }) : undefined;
}

const READS = new Set(['GET', 'HEAD']);

/** Documents that may only be read. */
export function readOnly(handler: PlainHandler): PlainHandler {
  return async (request) => {
    const response = await handler(request);
    if (response !== undefined && !READS.has(request.method)) throw verbNotAllowed();
    return response;
  };
}

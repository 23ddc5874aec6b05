import type { PlainHandler } from '../http/chain.ts';
import { jsonResponse } from '../http/response.ts';
import type { ServerMetrics } from './metrics.ts';

export function metricsHandler(metrics: ServerMetrics): PlainHandler {
  return async ({ attributes }) => {
    if (attributes.path !== '/metrics') return undefined;
    return {
      status: 200,
      headers: { 'content-type': metrics.registry.contentType },
      body: Buffer.from(await metrics.registry.metrics()),
    };
  };
}

/** Fixed JSON documents by path. */
export function documentsHandler(documents: Readonly<Record<string, unknown>>): PlainHandler {
  return ({ attributes }) =>
    Object.hasOwn(documents, attributes.path) ? jsonResponse(200, documents[attributes.path]) : undefined;
}

/** `/`: the paths that there are. */
export function indexHandler(paths: readonly string[]): PlainHandler {
  return ({ attributes }) =>
    attributes.path === '/' ? jsonResponse(200, { paths: [...paths].sort() }) : undefined;
}

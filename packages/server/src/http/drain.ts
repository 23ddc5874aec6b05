import { setTimeout as sleep } from 'node:timers/promises';
import { serviceUnavailable } from '@gantry/machinery/status';
import type { Limiter } from '../flowcontrol/limiter.ts';
import type { WatchHub } from '../watch/watch-hub.ts';
import { type ApiResponse, statusResponse, textResponse } from './response.ts';
import type { Call } from './server.ts';

/** How the server ends. */
export interface ShutdownOptions {
  /** After `/readyz` began to fail, so that load balancers notice before anything else changes. */
  readonly delayMs?: number;
  /** Refuse new requests with 429 while old ones end; else with 503. */
  readonly sendRetryAfter?: boolean;
  /** Time over which watches are ended, so that not all clients come back at once. */
  readonly watchGraceMs?: number;
}

const POLL_MS = 20;
const RETRY_AFTER_SECONDS = '5';
const EXEMPT = ['/readyz', '/livez', '/healthz', '/metrics'];

/** The answer to a request that comes while the server refuses them; undefined: it is served all the same. */
export function refusedWhileEnding(
  { path, authentication }: Call,
  how: 'retry' | 'unavailable',
): ApiResponse | undefined {
  const agent = String(authentication.headers['user-agent'] ?? '');
  if (EXEMPT.some((prefix) => path.startsWith(prefix)) || agent.startsWith('kube-apiserver/'))
    return undefined;
  if (how === 'unavailable') {
    const answer = statusResponse(serviceUnavailable('apiserver is shutting down').status);
    return { ...answer, headers: { ...answer.headers, 'retry-after': '1' } };
  }
  const answer = textResponse(429, 'The apiserver is shutting down, please try again later.\n');
  return { ...answer, headers: { ...answer.headers, 'retry-after': RETRY_AFTER_SECONDS } };
}

/** Ends all watches and waits, at most `graceMs`, until the requests that are under way are answered. */
export async function drain(
  hub: WatchHub,
  limiter: Limiter,
  { watchGraceMs = 0 }: ShutdownOptions,
  graceMs: number,
): Promise<void> {
  const until = Date.now() + graceMs;
  await hub.drain(watchGraceMs);
  while (limiter.count > 0 && Date.now() < until) await sleep(POLL_MS);
}

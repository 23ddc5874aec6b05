import type { OperationsOptions } from '@gantry/server/operations/options';
import { requestLog } from '@gantry/server/operations/request-log';
import type { Logger } from 'pino';
import type { OperationsFlags } from './operations-options.ts';

/** From this verbosity on each request has its line. */
const REQUESTS_FROM = 3;

/** The flags as the server takes them. */
export function operationsOf(flags: OperationsFlags, log: Logger): OperationsOptions {
  return {
    maxRequestsInflight: flags.maxRequestsInflight,
    maxMutatingRequestsInflight: flags.maxMutatingRequestsInflight,
    enablePriorityAndFairness: flags.enablePriorityAndFairness,
    requestTimeoutMs: flags.requestTimeoutMs,
    livezGraceMs: flags.livezGraceMs,
    profiling: flags.profiling,
    featureGates: flags.featureGates,
    flags: flags.all,
    shutdown: {
      delayMs: flags.shutdownDelayMs,
      sendRetryAfter: flags.shutdownSendRetryAfter,
      watchGraceMs: flags.shutdownWatchGraceMs,
    },
    transport: {
      maxStreams: flags.http2MaxStreams,
      minVersion: flags.tlsMinVersion,
      ciphers: flags.tlsCipherSuites,
      requestTimeoutMs: flags.requestTimeoutMs,
    },
    observers: flags.verbosity >= REQUESTS_FROM ? [requestLog(log)] : [],
  };
}

import { readFile } from 'node:fs/promises';
import type { RequestObserver } from '@gantry/server/operations/observer';
import type { OperationsOptions } from '@gantry/server/operations/options';
import { requestLog } from '@gantry/server/operations/request-log';
import { openTracing, parseTracingConfiguration, type Tracing } from '@gantry/server/operations/tracing';
import type { Logger } from 'pino';
import type { OperationsFlags } from './operations-options.ts';

/** From this verbosity on each request has its line. */
const REQUESTS_FROM = 3;

interface LoadedOperations {
  readonly options: OperationsOptions;
  close(): Promise<void>;
}

async function tracingOf(file: string | undefined): Promise<Tracing | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8');
  try {
    return await openTracing(parseTracingConfiguration(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`failed to validate tracing configuration "${file}": ${reason}`);
  }
}

/** The flags as the server takes them. Rejects with the reason when a file that they name is wrong. */
export async function loadOperations(flags: OperationsFlags, log: Logger): Promise<LoadedOperations> {
  const tracing = await tracingOf(flags.tracingConfigFile);
  const observers = [
    ...(flags.verbosity >= REQUESTS_FROM ? [requestLog(log)] : []),
    ...(tracing === undefined ? [] : [tracing.observer]),
  ];
  return { options: operationsOf(flags, observers), close: async () => tracing?.close() };
}

function operationsOf(flags: OperationsFlags, observers: readonly RequestObserver[]): OperationsOptions {
  return {
    maxRequestsInflight: flags.maxRequestsInflight,
    maxMutatingRequestsInflight: flags.maxMutatingRequestsInflight,
    enablePriorityAndFairness: flags.enablePriorityAndFairness,
    requestTimeoutMs: flags.requestTimeoutMs,
    eventLifeMs: flags.serving.eventLifeMs,
    minRequestTimeoutMs: flags.serving.minRequestTimeoutMs,
    corsAllowedOrigins: flags.serving.corsAllowedOrigins,
    strictTransport: flags.serving.strictTransport,
    livezGraceMs: flags.livezGraceMs,
    profiling: flags.profiling,
    featureGates: flags.featureGates,
    disabledMetrics: flags.disabledMetrics,
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
      goawayChance: flags.serving.goawayChance,
      disableHttp2: flags.serving.disableHttp2,
    },
    observers,
  };
}

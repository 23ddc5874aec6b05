import type { Logger } from './port.ts';

const GRACE_MS = 20_000;

/**
 * Runs a component's main function. SIGTERM and SIGINT end the signal that it gets; a second one, or 20 s, ends the
 * process. A failure is one line on stderr and exit code 1.
 */
export async function runProcess(log: Logger, main: (signal: AbortSignal) => Promise<void>): Promise<never> {
  const stop = new AbortController();
  const end = (name: NodeJS.Signals) => {
    if (stop.signal.aborted) process.exit(1);
    log.info({ signal: name }, 'stopping');
    stop.abort();
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  try {
    await main(stop.signal);
    process.exit(0);
  } catch (error) {
    log.debug({ error }, 'failed');
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** Resolves when the signal ends. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.ts';
import type { TaskName, Tasks } from './tasks.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const OUTPUT_CHARS_MAX = 1 << 20;

export interface CallOptions {
  /** Takes what the helper says, line by line. */
  readonly log?: (line: string) => void;
  /** Ends the helper; the call then throws. */
  readonly signal?: AbortSignal;
}

/**
 * Has a short-lived process of our own do a task: what it loads (gRPC, X.509, database drivers) would otherwise stay in
 * the supervisor for good. Throws a UserError with the helper's reason.
 */
export function callHelper<Name extends TaskName>(
  name: Name,
  input: Tasks[Name]['input'],
  options: CallOptions = {},
): Promise<Tasks[Name]['output']> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, 'helper', name], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Not in the terminal's group: Ctrl-C reaches the supervisor alone.
      detached: true,
    });
    let output = '';
    let last = '';
    let partial = '';
    const abort = (): void => void child.kill('SIGTERM');
    options.signal?.addEventListener('abort', abort, { once: true });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-OUTPUT_CHARS_MAX);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (partial + chunk).slice(-OUTPUT_CHARS_MAX).split('\n');
      partial = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== '') last = line;
        options.log?.(line);
      }
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(input));
    child.once('error', (error) => reject(new UserError(`${name}: ${error.message}`)));
    child.once('close', (code, signal) => {
      options.signal?.removeEventListener('abort', abort);
      if (code === 0) return resolve(JSON.parse(output) as Tasks[Name]['output']);
      if (options.signal?.aborted === true) return reject(new UserError('stopped'));
      reject(
        new UserError(last.replace(/^gantry: /, '') || `${name} ended with ${signal ?? `code ${code}`}`),
      );
    });
    if (options.signal?.aborted === true) abort();
  });
}

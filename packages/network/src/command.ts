import { spawn } from 'node:child_process';

/** Output kept of a command, bytes; the rest is dropped. */
const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/** Runs a program by its argument vector, e.g. `['nft', '-f', FILE]`. */
export type RunCommand = (argv: readonly string[], input?: string) => Promise<string>;

/** A command that could not be started (`exitCode` -1) or ended with an error. */
export class CommandError extends Error {
  readonly exitCode: number;
  readonly stderr: string;
  constructor(argv: readonly string[], exitCode: number, stderr: string) {
    super(`${argv.slice(0, 3).join(' ')}: ${stderr.trim().slice(0, 2000) || `exit code ${exitCode}`}`);
    this.name = 'CommandError';
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

/**
 * Commands with a prefix in front of every one, e.g. `['nsenter', '--net=/run/netns/a']`.
 * @returns standard output; throws CommandError.
 */
export function commandRunner(prefix: readonly string[] = []): RunCommand {
  return (argv, input) =>
    new Promise((resolve, reject) => {
      const [program = '', ...args] = [...prefix, ...argv];
      const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
      const out: Buffer[] = [];
      let outBytes = 0;
      let err = '';
      child.stdout.on('data', (chunk: Buffer) => {
        outBytes += chunk.length;
        if (outBytes <= OUTPUT_LIMIT_BYTES) out.push(chunk);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        if (err.length < 64 * 1024) err += chunk.toString();
      });
      child.stdin.on('error', () => {});
      child.on('error', (error) => reject(new CommandError(argv, -1, error.message)));
      child.on('close', (code, signal) =>
        code === 0
          ? resolve(Buffer.concat(out).toString())
          : reject(new CommandError(argv, code ?? -1, err || `ended by ${signal ?? 'an error'}`)),
      );
      child.stdin.end(input ?? '');
    });
}

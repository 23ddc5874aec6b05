import { spawn } from 'node:child_process';
import { GitError } from './tree.ts';

export interface GitOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly outputLimitBytes?: number;
}

const TIMEOUT_MS = 60_000;
const OUTPUT_LIMIT_BYTES = 256 << 20;

/** No configuration of the machine or of a user may change what Git does for us. */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs git to its end and returns its standard output. Throws GitError with its last words. */
export function git(args: readonly string[], options: GitOptions): Promise<Buffer> {
  const limit = options.outputLimitBytes ?? OUTPUT_LIMIT_BYTES;
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...args], {
      cwd: options.cwd,
      env: { ...GIT_ENVIRONMENT, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let errors = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? TIMEOUT_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 8_192) errors += chunk.toString();
    });
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new GitError(`git can't be run: ${error.message}`));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(Buffer.concat(chunks));
      else if (size > limit) reject(new GitError(`git ${args[0]}: more than ${limit} bytes`));
      else reject(new GitError(errors.trim().split('\n').at(-1) || `git ${args[0]} failed`));
    });
    child.stdin.end(options.input ?? '');
  });
}

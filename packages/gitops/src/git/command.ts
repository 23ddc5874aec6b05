import { spawn } from 'node:child_process';
import { GitError } from './tree.ts';

export interface GitOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly outputLimitBytes?: number;
  /** For what others can make large: no file that git writes grows beyond, nor any of its processes. */
  readonly limits?: { readonly fileBytes: number; readonly memoryBytes: number };
}

const TIMEOUT_MS = 60_000;
const OUTPUT_LIMIT_BYTES = 256 << 20;
const ERRORS_MAX = 8_192;

/** No configuration of the machine or of a user may change what Git does for us. */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  // Somebody who may push refs must not make one object look like another.
  GIT_NO_REPLACE_OBJECTS: '1',
};

/** Git itself ended badly. */
export class GitCommandError extends GitError {
  /** All that it wrote to standard error, at most 8 KiB. */
  readonly output: string;

  constructor(message: string, output: string) {
    super(message);
    this.output = output;
  }
}

/** Settings by environment, so that nothing in a repository can change them. */
export function gitSettings(settings: readonly (readonly [string, string])[]): Record<string, string> {
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(settings.length) };
}

/** The command line; limits are the shell's to set (blocks of 512 bytes and of 1 KiB, POSIX and Linux). */
function commandOf(args: readonly string[], { limits }: GitOptions): readonly [string, readonly string[]] {
  if (limits === undefined) return ['git', args];
  // Without the signal the write fails, and git says so.
  const set = `trap '' XFSZ; ulimit -f ${Math.ceil(limits.fileBytes / 512)}; ulimit -v ${Math.ceil(limits.memoryBytes / 1024)} 2>/dev/null; exec git "$@"`;
  return ['sh', ['-c', set, 'git', ...args]];
}

/** Runs git to its end and returns its standard output. Throws GitCommandError with its last words. */
export function git(args: readonly string[], options: GitOptions): Promise<Buffer> {
  const limit = options.outputLimitBytes ?? OUTPUT_LIMIT_BYTES;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const [command, words] = commandOf(args, options);
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...words], {
      cwd: options.cwd,
      env: { ...GIT_ENVIRONMENT, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own: what git starts has to end with it.
      detached: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let errors = '';
    let late = false;
    const kill = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      kill();
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) kill();
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < ERRORS_MAX) errors += chunk.toString();
    });
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new GitCommandError(`git can't be run: ${error.message}`, ''));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(Buffer.concat(chunks));
      else if (size > limit) reject(new GitError(`git ${args[0]}: more than ${limit} bytes`));
      else if (late) reject(new GitCommandError(`no answer within ${timeoutMs / 1000} s`, errors));
      else reject(new GitCommandError(errors.trim().split('\n').at(-1) || `git ${args[0]} failed`, errors));
    });
    child.stdin.end(options.input ?? '');
  });
}

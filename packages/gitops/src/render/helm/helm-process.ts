import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError } from '../../git/tree.ts';

const TIMEOUT_MS = 60_000;
const OUTPUT_MAX_BYTES = 64 << 20;
const ERROR_MAX_BYTES = 64 << 10;

/** 4 GiB of memory (in KiB), a minute of work, files of 256 MiB (in half KiB); then helm itself, under the same id. */
const LIMITED = 'ulimit -v 4194304; ulimit -t 60; ulimit -f 524288; exec "$0" "$@"';
/** Nothing listens there: a schema that names another server gets nothing. */
const OFFLINE = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' };

/** Helm ended with an error; the message is what it said. */
export class HelmError extends Error {
  override readonly name = 'HelmError';
  /** What it printed before. */
  readonly output: string;

  constructor(message: string, output: string) {
    super(message);
    this.output = output;
  }
}

export interface HelmRun {
  readonly args: readonly string[];
  /** An empty folder of this run alone: all that helm keeps goes there. */
  readonly home: string;
  readonly timeoutMs?: number;
}

/**
 * Runs helm without anything of this machine: folders of its own, no kubeconfig, no plugins, no environment. Returns
 * what it printed. Throws HelmError for a chart that doesn't render, GitError for the time-out and the output limit.
 */
export async function runHelm(
  binary: string,
  { args, home, timeoutMs = TIMEOUT_MS }: HelmRun,
): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const child = spawn('/bin/sh', ['-c', LIMITED, binary, ...args], {
    cwd: home,
    env: { ...isolated(home), ...OFFLINE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  let bytes = 0;
  let errors = '';
  let ended: GitError | undefined;
  const end = (reason: string): void => {
    ended ??= new GitError(reason);
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => end(`helm took longer than ${timeoutMs / 1000} s`), timeoutMs);
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > OUTPUT_MAX_BYTES) end(`the chart renders to more than ${OUTPUT_MAX_BYTES} bytes`);
    else output.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (errors.length < ERROR_MAX_BYTES) errors += text;
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', (error) => reject(new GitError(`helm can't be run: ${error.message}`)));
      child.once('close', resolve);
    });
    if (ended !== undefined) throw ended;
    if (/^fatal error: .*(out of memory|cannot allocate)/m.test(errors))
      throw new GitError('the chart needs more memory than helm may have here (4 GiB)');
    const text = Buffer.concat(output).toString('utf8');
    if (code !== 0) throw new HelmError(errors.trim() || `helm ended with ${code ?? 'a signal'}`, text);
    return text;
  } finally {
    clearTimeout(timer);
  }
}

const isolated = (home: string): Record<string, string> => ({
  HOME: home,
  TMPDIR: home,
  HELM_CACHE_HOME: join(home, 'cache'),
  HELM_CONFIG_HOME: join(home, 'config'),
  HELM_DATA_HOME: join(home, 'data'),
  HELM_PLUGINS: join(home, 'plugins'),
  KUBECONFIG: join(home, 'no-kubeconfig'),
  // What helm looks for when no kubeconfig is there; a name that is nowhere.
  HELM_KUBEAPISERVER: 'https://127.0.0.1:1',
  LANG: 'C.UTF-8',
});

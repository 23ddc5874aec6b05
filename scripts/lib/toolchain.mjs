// Brings the pinned Node, then the npm dependencies under it. Plain JavaScript without dependencies, since it runs
// before anything is installed, under whatever Node >= 18 the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const toolchain = join(root, '.toolchain');

export function fail(message) {
  process.stderr.write(`gantry: ${message}\n`);
  process.exit(1);
}

/** Runs a command to its end; its output is shown only if it fails. */
export function runQuiet(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  return {
    ok: result.status === 0,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`,
  };
}

const platformPackage = () => `node-${process.platform}-${process.arch}`;

function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli && /npm-cli\.[cm]?js$/.test(cli)
    ? { file: process.execPath, prefix: [cli] }
    : { file: 'npm', prefix: [] };
}

/** Path of the pinned Node's binary; installs it into .toolchain on first use. */
export function ensureNode() {
  const name = platformPackage();
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).optionalDependencies[name];
  if (version === undefined)
    fail(
      `no Node is packaged for ${process.platform} on ${process.arch}: Gantry runs on Linux, x64 and arm64`,
    );
  const node = join(toolchain, 'node_modules', name, 'bin', 'node');
  const works = () => existsSync(node) && runQuiet(node, ['--version']).output.trim() === `v${version}`;
  if (works()) return node;
  process.stdout.write(`Setting up Node ${version} …\n`);
  mkdirSync(toolchain, { recursive: true });
  if (!existsSync(join(toolchain, 'package.json')))
    writeFileSync(join(toolchain, 'package.json'), '{"private":true}\n');
  const npm = npmCommand();
  const args = [
    ...npm.prefix,
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--prefix',
    toolchain,
    `${name}@${version}`,
  ];
  const result = runQuiet(npm.file, args, { cwd: toolchain });
  if (!works())
    fail(`Node ${version} could not be installed: is the npm registry reachable?\n${result.output}`);
  return node;
}

function manifests() {
  const folders = ['apps', 'packages'].flatMap((top) =>
    readdirSync(join(root, top)).map((name) => join(top, name)),
  );
  return [
    'package.json',
    'package-lock.json',
    ...[...folders, 'e2e', 'bench'].map((folder) => join(folder, 'package.json')),
  ];
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of manifests()) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(file).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** The environment in which `node` and the workspace's commands are found first. */
export function environment(node) {
  return {
    ...process.env,
    PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
  };
}

/** `npm ci` under the pinned Node when node_modules is missing or made from other manifests. `dev` adds what tests need. */
export function ensureDependencies(node, { dev }) {
  const stamp = join(root, 'node_modules', '.gantry-installed.json');
  const wanted = fingerprint();
  const have = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {};
  if (have.fingerprint === wanted && (have.dev || !dev)) return;
  process.stdout.write('Installing npm packages …\n');
  const npm = npmCommand();
  const cli = npm.prefix[0];
  const args = ['ci', '--no-audit', '--no-fund', ...(dev ? ['--include=dev'] : ['--omit=dev'])];
  const env = { ...environment(node), NODE_ENV: '' };
  const result = cli ? runQuiet(node, [cli, ...args], { env }) : runQuiet('npm', args, { env });
  if (!result.ok)
    fail(`the npm packages could not be installed:\n${result.output.split('\n').slice(-30).join('\n')}`);
  writeFileSync(stamp, JSON.stringify({ fingerprint: wanted, dev }));
}

/** Generated code and the console, by Turborepo, which skips what is up to date. */
export function ensureBuilt(node) {
  const env = {
    ...environment(node),
    TURBO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  };
  const turbo = join(root, 'node_modules', '.bin', 'turbo');
  const result = runQuiet(turbo, ['run', 'build', '--output-logs=errors-only', '--no-daemon'], { env });
  if (!result.ok) fail(`the build failed:\n${result.output}`);
}

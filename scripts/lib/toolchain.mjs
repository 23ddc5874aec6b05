// Brings the pinned Node, then the npm dependencies under it. Plain JavaScript without dependencies, since it runs
// before anything is installed, under whatever Node >= 18 the machine has.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const toolchain = join(root, '.toolchain');
const OUTPUT_CHARS_MAX = 1 << 20;

export function fail(message) {
  process.stderr.write(`gantry: ${message}\n`);
  process.exit(1);
}

/** Runs a command to its end. Answers whether it ended with code 0, and the end of what it wrote. */
export function runQuiet(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const collect = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_CHARS_MAX);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Says what goes on while `work` runs, with the seconds that pass, and that it is done. */
export async function step(title, work) {
  const terminal = process.stdout.isTTY;
  const begin = Date.now();
  const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`;
  process.stdout.write(`${title} …${terminal ? '' : '\n'}`);
  const timer = terminal
    ? setInterval(() => process.stdout.write(`\r\x1b[K${title} … ${seconds()}`), 1_000)
    : undefined;
  try {
    const result = await work();
    process.stdout.write(`${terminal ? '\r\x1b[K' : ''}✓ ${title} ${seconds()}\n`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli && /npm-cli\.[cm]?js$/.test(cli)
    ? { file: process.execPath, prefix: [cli] }
    : { file: 'npm', prefix: [] };
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The pinned npm: an old one, or one that its distribution took apart, may not run under the pinned Node. */
const npmCli = join(toolchain, 'node_modules', 'npm', 'bin', 'npm-cli.js');

/** Path of the pinned Node's binary; installs it and the pinned npm into .toolchain on first use. */
export async function ensureNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const manifest = readJson(join(root, 'package.json'));
  const version = manifest.optionalDependencies[name];
  const [, npmVersion] = manifest.packageManager.split('@');
  if (version === undefined)
    fail(
      `no Node is packaged for ${process.platform} on ${process.arch}: Gantry runs on Linux, x64 and arm64`,
    );
  const folder = join(toolchain, 'node_modules', name);
  const node = join(folder, 'bin', 'node');
  const has = (name, wanted) => {
    const file = join(toolchain, 'node_modules', name, 'package.json');
    return existsSync(file) && readJson(file).version === wanted;
  };
  const isThere = () => existsSync(node) && has(name, version) && has('npm', npmVersion);
  if (isThere()) return node;
  await step(`Setting up Node ${version}`, async () => {
    mkdirSync(toolchain, { recursive: true });
    writeFileSync(join(toolchain, 'package.json'), '{"private":true}\n');
    const npm = npmCommand();
    const flags = ['--no-save', '--no-audit', '--no-fund', '--omit=dev', '--prefix', toolchain];
    const args = [...npm.prefix, 'install', ...flags, `${name}@${version}`, `npm@${npmVersion}`];
    const { output } = await runQuiet(npm.file, args, { cwd: toolchain });
    const answer = await runQuiet(node, ['--version']);
    if (!isThere() || answer.output.trim() !== `v${version}`) {
      rmSync(folder, { recursive: true, force: true });
      fail(`Node ${version} could not be installed: is the npm registry reachable?\n${reasonIn(output)}`);
    }
  });
  return node;
}

/** npm's own words without its usage text. */
function reasonIn(output) {
  const lines = output.split('\n').filter((line) => /error|ERR!/.test(line));
  return (lines.length > 0 ? lines : output.split('\n').slice(-15)).slice(0, 15).join('\n');
}

function fingerprint() {
  const folders = ['apps', 'packages'].flatMap((top) =>
    readdirSync(join(root, top)).map((name) => join(top, name)),
  );
  const files = ['.', ...folders, 'e2e', 'bench'].map((folder) => join(folder, 'package.json'));
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', ...files]) {
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

/**
 * Brings node_modules in line with the lock file, under the pinned Node, when the manifests changed since the last
 * time. `npm install`, since `npm ci` refuses a lock file that lacks packages of other platforms, and not every
 * registry has all of those.
 */
export async function ensureDependencies(node) {
  const stamp = join(root, 'node_modules', '.gantry-installed.json');
  const wanted = fingerprint();
  if (existsSync(stamp) && readJson(stamp).fingerprint === wanted) return;
  await step('Installing npm packages', async () => {
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--include=dev'];
    const env = { ...environment(node), NODE_ENV: '' };
    const result = await runQuiet(node, [npmCli, ...args], { env });
    if (!result.ok) fail(`the npm packages could not be installed:\n${reasonIn(result.output)}`);
    writeFileSync(stamp, JSON.stringify({ fingerprint: wanted }));
  });
}

const BUILD_INPUTS = ['apps/console', 'packages', 'prisma', 'package-lock.json', 'turbo.json'];
const BUILD_OUTPUTS = ['apps/console/.next/BUILD_ID', 'packages/db/src/generated/client.ts'];
const NO_INPUT = /^(node_modules|\.next|\.turbo|generated|testdata)$/;

/** Names, sizes and times of what is built from: the quick look that spares Turborepo's thorough one. */
function buildFingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (!stats.isDirectory()) {
      hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(join(root, path)).sort()) {
      if (!NO_INPUT.test(name) && !name.includes('.test.')) add(join(path, name));
    }
  };
  for (const input of BUILD_INPUTS) add(input);
  return hash.digest('hex');
}

/** Generated code and the console, by Turborepo, which skips what is up to date. */
export async function ensureBuilt(node) {
  const stamp = join(root, 'node_modules', '.gantry-built.json');
  const wanted = buildFingerprint();
  const isBuilt = BUILD_OUTPUTS.every((file) => existsSync(join(root, file)));
  if (isBuilt && existsSync(stamp) && readJson(stamp).fingerprint === wanted) return;
  await step('Building the console', async () => {
    const env = {
      ...environment(node),
      NODE_ENV: '',
      TURBO_TELEMETRY_DISABLED: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    };
    const turbo = join(root, 'node_modules', '.bin', 'turbo');
    const result = await runQuiet(turbo, ['run', 'build', '--output-logs=errors-only', '--no-daemon'], {
      env,
    });
    if (!result.ok) fail(`the build failed:\n${result.output}`);
    writeFileSync(stamp, JSON.stringify({ fingerprint: buildFingerprint() }));
  });
}

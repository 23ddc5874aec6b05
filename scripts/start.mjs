// `npm start`: set-up, then `gantry up` with the given options.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensurePackages, GIT_PACKAGES, RUNTIME_PACKAGES } from './lib/debian.mjs';
import { ensureBuilt, ensureDependencies, ensureNode, environment, root } from './lib/toolchain.mjs';

const args = process.argv.slice(2);
const wantsHelp = args.includes('--help') || args.includes('-h');
const simulated = args.some(
  (arg, index) =>
    arg.startsWith('--nodes=simulated') || (arg === '--nodes' && args[index + 1]?.startsWith('simulated')),
);
const givenRuntime = args.some((arg) => arg.startsWith('--cri-endpoint'));

function packagesFor() {
  if (simulated || process.getuid?.() !== 0) return GIT_PACKAGES;
  return givenRuntime
    ? RUNTIME_PACKAGES.filter((name) => name !== 'containerd' && name !== 'runc')
    : RUNTIME_PACKAGES;
}

const node = await ensureNode();
await ensureDependencies(node);
if (!wantsHelp) {
  await ensurePackages(packagesFor(), { required: false });
  await ensureBuilt(node);
}
// A small young generation: the supervisor lives long and does little.
const child = spawn(node, ['--max-semi-space-size=1', join(root, 'apps/gantry/src/main.ts'), 'up', ...args], {
  stdio: 'inherit',
  env: environment(node),
});
// The child gets Ctrl-C from the terminal itself; this process only waits for it.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

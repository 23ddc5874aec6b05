// `npm start`: set-up, then `gantry up` with the given options.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { canInstall, ensurePackages, RUNTIME_PACKAGES } from './lib/debian.mjs';
import { ensureBuilt, ensureDependencies, ensureNode, environment, root } from './lib/toolchain.mjs';

const args = process.argv.slice(2);
const wantsHelp = args.includes('--help') || args.includes('-h');
const simulated = args.some(
  (arg, index) =>
    arg.startsWith('--nodes=simulated') || (arg === '--nodes' && args[index + 1]?.startsWith('simulated')),
);

const node = ensureNode();
ensureDependencies(node, { dev: false });
if (!wantsHelp) {
  if (canInstall()) ensurePackages(simulated ? ['git'] : RUNTIME_PACKAGES, { required: false });
  ensureBuilt(node);
}
const child = spawn(node, [join(root, 'apps/gantry/src/main.ts'), 'up', ...args], {
  stdio: 'inherit',
  env: environment(node),
});
// The child gets Ctrl-C from the terminal itself; this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill(signal === 'SIGINT' ? 0 : signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

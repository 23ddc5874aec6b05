#!/usr/bin/env node
// Runs the command line under the pinned Node, whatever Node npx was started with.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const name = `node-${process.platform}-${process.arch}`;
const candidates = [join(root, '.toolchain/node_modules'), join(root, 'node_modules')].map((folder) =>
  join(folder, name, 'bin/node'),
);
const node = candidates.find((path) => existsSync(path));
if (node === undefined) {
  process.stderr.write('gantry: not set up yet: run `npm start` in the Gantry folder first\n');
  process.exit(1);
}
const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}` };
const child = spawn(node, [join(root, 'apps/gantry/src/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

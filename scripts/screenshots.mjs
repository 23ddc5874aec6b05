// `npm run screenshots`: takes the pictures of the documentation, docs/images, of a demo cluster that it sets up. Needs
// root and containerd. The fonts are those of this machine: Inter and JetBrains Mono, where they are, look best.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isolated } from './lib/isolate.mjs';
import { ensureBuilt, ensureDependencies, ensureNode, environment, root } from './lib/toolchain.mjs';

const node = await ensureNode();
await ensureDependencies(node);
await ensureBuilt(node);
const playwright = join(root, 'node_modules', '.bin', 'playwright');
const command = [playwright, 'test', '--config', 'e2e/screenshots.config.ts', ...process.argv.slice(2)];
const [file, args] = isolated(node, command);
const result = spawnSync(file, args, { cwd: root, stdio: 'inherit', env: environment(node) });
process.exit(result.status ?? 1);

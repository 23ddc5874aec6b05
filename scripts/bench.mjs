// `npm run bench [-- NAME …]`: builds what is needed and runs the benchmarks, which print ratios and figures.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureDependencies, ensureNode, environment, root } from './lib/toolchain.mjs';

const node = await ensureNode();
await ensureDependencies(node);
await ensureBuilt(node);
const result = spawnSync(node, [join(root, 'bench/src/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: environment(node),
});
process.exit(result.status ?? 1);

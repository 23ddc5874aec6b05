// `npm run fuzz [-- FACTOR [FILE …]]`: tries the properties of the unit tests FACTOR times as often as `npm test` does.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureDependencies, ensureNode, environment, fail, root } from './lib/toolchain.mjs';

const USUAL_FACTOR = '50';
const [factor = USUAL_FACTOR, ...asked] = process.argv.slice(2);
if (!(Number(factor) > 0)) fail(`the factor must be a number above 0, not ${factor}`);

/** Tests that try properties: by their name, or as they ask for a number of runs. */
function holdsProperties(file) {
  return /property|abuse/.test(file) || readFileSync(join(root, file), 'utf8').includes('numRuns');
}

function unitTests(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : unitTests(path);
    return entry.name.endsWith('.test.ts') && !entry.name.endsWith('.integration.test.ts') ? [path] : [];
  });
}

const node = await ensureNode();
await ensureDependencies(node);
const files =
  asked.length > 0
    ? asked.map((file) => relative(root, join(process.cwd(), file)))
    : ['apps', 'packages'].flatMap(unitTests).filter(holdsProperties);
const vitest = [join(root, 'node_modules/.bin/vitest'), 'run', '--project', 'unit', '--testTimeout', '0'];
const result = spawnSync(node, [...vitest, ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...environment(node), GANTRY_FUZZ_FACTOR: factor },
});
process.exit(result.status ?? 1);

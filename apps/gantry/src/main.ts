import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const VARIABLE = 'NODE_COMPILE_CACHE';
// Modules are parsed once and kept: every process starts in half the time. Children inherit the folder.
const folder =
  process.env[VARIABLE] ?? fileURLToPath(new URL('../../../node_modules/.cache/gantry', import.meta.url));
enableCompileCache(folder);
process.env[VARIABLE] = folder;

const { expectBrokenPipe } = await import('./broken-pipe.ts');
expectBrokenPipe(process.argv[2] === 'up');

const { run } = await import('./program.ts');
await run(process.argv);
// Keep-alive connections would hold the process for seconds.
process.exit();

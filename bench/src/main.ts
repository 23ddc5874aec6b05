import { benchApi } from './api.ts';
import { benchConsole } from './console.ts';
import { benchFlood } from './flood.ts';
import { benchNode } from './node.ts';
import { benchScale } from './scale.ts';
import { benchScheduler } from './scheduler.ts';
import { benchSync } from './sync.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  api: benchApi,
  flood: benchFlood,
  scale: benchScale,
  scheduler: benchScheduler,
  sync: benchSync,
  node: benchNode,
  console: benchConsole,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `no such benchmark: ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`,
  );
  process.exit(2);
}
for (const [name, bench] of Object.entries(BENCHES))
  if (asked.length === 0 || asked.includes(name)) await bench();
process.exit(0);

/**
 * Writes `src/generated/openapi.d.ts` (by openapi-typescript, from our own OpenAPI) and `src/generated/types.ts`
 * (short names for it). Run `npm run generate` after a kind changed; a test fails when the files are stale.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { typesDocument, typesText } from './type-sources.ts';

const generated = fileURLToPath(new URL('../generated', import.meta.url));
const cli = fileURLToPath(new URL('../../../api-typegen/generate.mjs', import.meta.url));

const scratch = mkdtempSync(join(tmpdir(), 'gantry-openapi-'));
try {
  const input = join(scratch, 'openapi.json');
  writeFileSync(input, JSON.stringify(typesDocument()));
  execFileSync(process.execPath, [cli, input, join(generated, 'openapi.d.ts')], { stdio: 'inherit' });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
writeFileSync(join(generated, 'types.ts'), typesText());

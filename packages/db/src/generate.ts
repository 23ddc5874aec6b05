import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const generated = fileURLToPath(new URL('./generated', import.meta.url));
const stamp = join(generated, 'stamp');

/**
 * Generates the Prisma client from prisma/schema.prisma into src/generated unless it is up to date (then it takes
 * milliseconds). Works without a network. Resolves to whether it did anything; throws Prisma's own message when the
 * schema is wrong.
 */
export async function generateClient(): Promise<boolean> {
  const wanted = await fingerprint();
  const found = await readFile(stamp, 'utf8').catch(() => '');
  if (found === wanted) return false;
  await rm(stamp, { force: true });
  await runPrisma(['generate']);
  await writeFile(`${stamp}.new`, wanted);
  await rename(`${stamp}.new`, stamp);
  return true;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(await readFile(join(repository, 'prisma/schema.prisma')));
  hash.update(await readFile(join(prismaFolder(), 'package.json')));
  return hash.digest('hex');
}

function prismaFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('prisma/package.json'));
}

function runPrisma(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(prismaFolder(), 'build/index.js'), ...args], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      // No question to the update server.
      env: { ...process.env, CHECKPOINT_DISABLE: '1' },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-16_384);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`prisma ${args.join(' ')} failed: ${output.trim()}`));
    });
  });
}

if (import.meta.main) {
  const done = await generateClient();
  process.stdout.write(done ? 'Prisma client generated\n' : 'Prisma client is up to date\n');
}

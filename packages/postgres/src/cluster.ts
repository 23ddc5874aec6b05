import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';

/** Superuser and owner of the embedded database, and the database's name. Only the socket's folder guards it. */
export const embeddedName = 'gantry';

/**
 * Makes the data folder with initdb unless it is there: in a temporary folder beside it, renamed when complete, so that
 * a killed first start leaves nothing half made. Throws when existing data is of another major version of Postgres.
 */
export async function ensureCluster(
  binaries: string,
  dataFolder: string,
  account: Account | undefined,
): Promise<void> {
  const version = await readFile(join(dataFolder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  const major = await programMajor(binaries);
  if (version !== undefined) {
    if (version.trim() === major) return;
    throw new Error(
      `${dataFolder} was made by Postgres ${version.trim()}, this is ${major}: dump it with the old version and restore it`,
    );
  }
  const parent = join(dataFolder, '..');
  for (const name of await readdir(parent)) {
    if (name.startsWith('data.new-')) await rm(join(parent, name), { recursive: true, force: true });
  }
  const temporary = join(parent, `data.new-${randomBytes(4).toString('hex')}`);
  await mkdir(temporary, { mode: 0o700 });
  if (account) await chown(temporary, account.uid, account.gid);
  const { code, output } = await run(
    join(binaries, 'bin/initdb'),
    [
      ...['-D', temporary, '-U', embeddedName, '-E', 'UTF8', '--locale=C'],
      ...['--auth-local=trust', '--auth-host=reject', '--no-instructions'],
    ],
    account,
  );
  if (code !== 0) {
    await rm(temporary, { recursive: true, force: true });
    throw new Error(`Postgres could not be set up in ${dataFolder}: ${summarize(output)}`);
  }
  await rename(temporary, dataFolder);
}

/** The one line of a Postgres log that says why it failed, with what to do where that is known. */
export function summarize(log: string): string {
  if (/No space left on device/.test(log)) return 'the disk is full: free some space and start again';
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((text) => /\b(FATAL|PANIC|error|ERROR):/.test(text)) ?? lines.at(-1);
  const hint = lines.findLast((text) => /\b(DETAIL|HINT):/.test(text));
  return [line, hint === line ? undefined : hint]
    .filter((text) => text !== undefined)
    .map((text) => text.replace(/^.*?\b(FATAL|PANIC|DETAIL|HINT|error|ERROR):\s*/, ''))
    .join(' ')
    .slice(0, 500);
}

async function programMajor(binaries: string): Promise<string> {
  const { output } = await run(join(binaries, 'bin/postgres'), ['--version'], undefined);
  const major = /\b(\d+)\.?\S*\s*$/.exec(output)?.[1];
  if (major === undefined) throw new Error(`unexpected answer of postgres --version: ${output.trim()}`);
  return major;
}

function run(
  program: string,
  args: readonly string[],
  account: Account | undefined,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-16_384);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

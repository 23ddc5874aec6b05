import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 20_000;

/** Runs a tool; throws with the tool's own words. */
export async function command(name: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await run(name, args, { timeout: TIMEOUT_MS, encoding: 'utf8' });
    return stdout;
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`${name} ${args.join(' ')}: ${stderr === '' ? String(error) : stderr}`);
  }
}

/** The same, where a failure means that there was nothing to do. */
export async function attempt(name: string, ...args: string[]): Promise<void> {
  await command(name, ...args).catch(() => undefined);
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A working copy with stock git. */
export interface WorkingCopy {
  readonly folder: string;
  write(file: string, text: string): void;
  remove(file: string): void;
  /** Commits everything and pushes to main; both outputs of the push, and its exit code. */
  push(message: string, ref?: string): { code: number; output: string };
  git(...args: readonly string[]): string;
  dispose(): void;
}

export function workingCopy(remote: string): WorkingCopy {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-push-'));
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
  const run = (args: readonly string[]) =>
    spawnSync('git', [...args], { cwd: folder, env, encoding: 'utf8', timeout: 180_000 });
  const git = (...args: readonly string[]): string => {
    const result = run(args);
    if (result.status !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
    return result.stdout;
  };
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', remote);
  return {
    folder,
    git,
    write(file, text) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    remove: (file) => rmSync(join(folder, file), { recursive: true }),
    push(message, ref = 'main') {
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', message);
      const result = run(['push', 'origin', `HEAD:${ref}`]);
      return { code: result.status ?? -1, output: `${result.stdout}${result.stderr}` };
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@example.com',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@example.com',
};

/** When each line of a push came, in milliseconds since it began. */
export interface PushTimes {
  readonly lines: readonly { readonly text: string; readonly ms: number }[];
  readonly totalMs: number;
  /** Of the first line with this in it. Throws when there is none. */
  at(part: string): number;
}

/** A work tree and stock git in it. */
export class WorkTree {
  readonly path = mkdtempSync(join(tmpdir(), 'gantry-bench-tree-'));

  constructor(remote: string) {
    this.#git('init', '--quiet', '--initial-branch=main');
    this.#git('config', 'gc.auto', '0');
    this.#git('remote', 'add', 'origin', remote);
  }

  commit(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
    this.#git('add', '--all');
    this.#git('commit', '--quiet', '-m', 'bench');
  }

  push(refspec = 'main'): Promise<PushTimes> {
    const begin = performance.now();
    const child = spawn('git', ['push', '--quiet', 'origin', refspec], {
      cwd: this.path,
      env: ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const lines: { text: string; ms: number }[] = [];
    createInterface({ input: child.stderr }).on('line', (text) =>
      lines.push({ text, ms: performance.now() - begin }),
    );
    return new Promise((resolve, reject) => {
      child.once('close', (code) => {
        const said = lines.map(({ text }) => text).join('\n');
        if (code !== 0) reject(new Error(`git push failed:\n${said}`));
        resolve({
          lines,
          totalMs: performance.now() - begin,
          at(part) {
            const line = lines.find(({ text }) => text.includes(part));
            if (line === undefined) throw new Error(`the push never said ${JSON.stringify(part)}:\n${said}`);
            return line.ms;
          },
        });
      });
    });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #git(...args: readonly string[]): void {
    execFileSync('git', args, { cwd: this.path, env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What one command said and how it ended. */
export interface Said {
  readonly code: number;
  readonly text: string;
}

/** A work tree, and stock git in it. */
export interface WorkTree {
  readonly path: string;
  git(...args: readonly string[]): Promise<Said>;
  /** Writes files (undefined removes one) and commits. */
  commit(files: Readonly<Record<string, string | undefined>>): Promise<string>;
  remove(): Promise<void>;
}

const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  // A garbage collection in the background would still be at work when the folder is removed.
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'gc.auto',
  GIT_CONFIG_VALUE_0: '0',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
};

export function runGit(cwd: string, args: readonly string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(
      'git',
      [...args],
      { cwd, env: ENVIRONMENT, timeout: 100_000, maxBuffer: 64 << 20 },
      (error, stdout, stderr) =>
        resolve({
          code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
          text: stdout + stderr,
        }),
    );
  });
}

export async function makeWorkTree(remote: string): Promise<WorkTree> {
  const path = await mkdtemp(join(tmpdir(), 'gantry-work-'));
  const git = (...args: readonly string[]): Promise<Said> => runGit(path, args);
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', remote);
  return {
    path,
    git,
    async commit(files) {
      for (const [name, text] of Object.entries(files)) {
        if (text === undefined) await rm(join(path, name));
        else {
          await mkdir(dirname(join(path, name)), { recursive: true });
          await writeFile(join(path, name), text);
        }
      }
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '-m', `Change ${Object.keys(files)[0] ?? 'nothing'}`);
      return (await git('rev-parse', 'HEAD')).text.trim();
    },
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Loopback HTTP in front of a Unix socket, as the console's front is. */
export async function bridge(socketPath: string): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const upstream = httpRequest({ socketPath, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

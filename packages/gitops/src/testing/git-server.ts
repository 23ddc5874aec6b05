import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveHttpBackend } from '../git/http-backend.ts';
import { makeWorkTree, type WorkTree } from './git-client.ts';

/** Another Git server with one repository `app.git`, and a work tree that pushes to it. */
export interface GitServer {
  readonly root: string;
  readonly url: string;
  readonly tree: WorkTree;
  /** Commits and pushes all branches and tags. */
  commit(files: Readonly<Record<string, string | undefined>>): Promise<string>;
  /** Answers in place of Git, until it is undefined again; false leaves the request to Git. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Ends, or begins again, at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startGitServer(): Promise<GitServer> {
  const root = await mkdtemp(join(tmpdir(), 'gantry-server-'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(root, 'app.git')]);
  const tree = await makeWorkTree(join(root, 'app.git'));
  let server: Server = createServer();
  let port = 0;
  const made: GitServer = {
    root,
    get url() {
      return `http://127.0.0.1:${port}/app.git`;
    },
    tree,
    async commit(files) {
      const commit = await tree.commit(files);
      await tree.git('push', '--force', 'origin', '--all');
      await tree.git('push', '--force', 'origin', '--tags');
      return commit;
    },
    instead: undefined,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    async start() {
      server = createServer((request, response) => {
        if (made.instead?.(request, response) === true) return;
        const [pathInfo = '', query = ''] = (request.url ?? '').split('?');
        void serveHttpBackend(request, response, {
          root,
          pathInfo,
          query,
          user: '',
          pushLimitBytes: 0,
          onHooks: (channel) => channel.on('error', () => undefined),
        });
      });
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    },
    async close() {
      await made.stop();
      await Promise.all([tree.remove(), rm(root, { recursive: true, force: true, maxRetries: 5 })]);
    },
  };
  await made.start();
  return made;
}

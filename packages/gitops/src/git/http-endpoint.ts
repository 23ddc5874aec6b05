import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Client } from '@gantry/client/port';
import { Webhooks } from '../webhook/webhooks.ts';
import { answerHooks, type HookHandlers } from './hook-channel.ts';
import type { HostedRepositories } from './hosted.ts';
import { serveHttpBackend } from './http-backend.ts';
import { type Identities, type Identity, whyDenied } from './identity.ts';
import { type LfsPath, lfsPath, serveLfs } from './lfs-endpoint.ts';
import { GitError } from './tree.ts';

export interface EndpointOptions {
  readonly repositories: HostedRepositories;
  readonly identities: Identities;
  /** Asks whether users may. */
  readonly client: Client;
  readonly hooks: HookHandlers;
  /** Not asked for credentials: they prove themselves. */
  readonly webhooks?: Webhooks;
  /** Of what one push may bring. Default 256 MiB. */
  readonly pushLimitBytes?: number;
}

const URL_SHAPE = /^\/git\/([^/]+?)(?:\.git)?(\/info\/refs|\/git-upload-pack|\/git-receive-pack)$/;
const PUSH_LIMIT_BYTES = 256 << 20;
/** Git processes at once. */
const REQUESTS_MAX = 64;

/** Git's smart HTTP protocol for the hosted repositories; a first push creates the repository. */
export class GitEndpoint {
  readonly #options: EndpointOptions;
  #running = 0;

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const { webhooks } = this.#options;
    if (webhooks !== undefined && Webhooks.isPath(path)) return webhooks.serve(request, response, path);
    const lfs = lfsPath(path);
    const match = URL_SHAPE.exec(path);
    if (match === null && lfs === undefined)
      return answer(response, 404, 'no such path: a repository is /git/NAME.git');
    const [, name = '', rest = ''] = match ?? [];
    try {
      const identity = await this.#identify(request);
      if (identity === undefined) {
        response.setHeader('www-authenticate', 'Basic realm="Gantry"');
        response.setHeader('lfs-authenticate', 'Basic realm="Gantry"');
        return answer(response, 401, 'sign in with your Gantry user and password, or a token');
      }
      if (lfs !== undefined) await this.#serveFiles(request, response, lfs, identity);
      else await this.#serveRepository(request, response, { name, rest, query, identity });
    } catch (error) {
      if (error instanceof GitError) answer(response, 400, error.message);
      else
        answer(
          response,
          503,
          `the API server does not answer: ${error instanceof Error ? error.message : String(error)}`,
        );
    }
  }

  async #identify(request: IncomingMessage): Promise<Identity | undefined> {
    const { authorization } = request.headers;
    return authorization === undefined ? undefined : this.#options.identities.identify(authorization);
  }

  /** Files of Git LFS, of a repository that is there. */
  async #serveFiles(
    request: IncomingMessage,
    response: ServerResponse,
    path: LfsPath,
    identity: Identity,
  ): Promise<void> {
    const { repositories, client } = this.#options;
    const gitdir = repositories.path(path.name);
    const whyDeniedTo = (action: 'fetch' | 'push') => whyDenied(client, identity, action, path.name);
    const denied = await whyDeniedTo('fetch');
    if (denied !== undefined) return answer(response, 403, denied);
    if (!repositories.exists(path.name)) return answer(response, 404, `there is no repository ${path.name}`);
    const { lfs: store } = repositories;
    await this.#bounded(response, () =>
      serveLfs(request, response, { path, gitdir, store, whyDenied: whyDeniedTo }),
    );
  }

  async #serveRepository(
    request: IncomingMessage,
    response: ServerResponse,
    target: { name: string; rest: string; query: string; identity: Identity },
  ): Promise<void> {
    const { name, rest, query, identity } = target;
    const { repositories } = this.#options;
    const writes = rest === '/git-receive-pack' || query.includes('service=git-receive-pack');
    repositories.path(name);
    const denied = await whyDenied(this.#options.client, identity, writes ? 'push' : 'fetch', name);
    if (denied !== undefined) return answer(response, 403, denied);
    await this.#bounded(response, async () => {
      if (!repositories.exists(name)) {
        if (!writes) return answer(response, 404, `there is no repository ${name}: push to create it`);
        await repositories.create(name);
      }
      await serveHttpBackend(request, response, {
        root: repositories.root,
        pathInfo: `/${name}.git${rest}`,
        query,
        user: identity.name,
        pushLimitBytes: this.#options.pushLimitBytes ?? PUSH_LIMIT_BYTES,
        onHooks: (channel) =>
          answerHooks(
            channel,
            { repository: name, identity, newestBefore: new Map(), unchanged: new Set() },
            this.#options.hooks,
          ),
      });
    });
  }

  /** At most so many at once: each holds a process or an open file. */
  async #bounded(response: ServerResponse, serve: () => Promise<void>): Promise<void> {
    if (this.#running >= REQUESTS_MAX)
      return answer(response, 503, `${REQUESTS_MAX} fetches and pushes are under way: try again`);
    this.#running += 1;
    try {
      await serve();
    } finally {
      this.#running -= 1;
    }
  }
}

function answer(response: ServerResponse, status: number, text: string): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

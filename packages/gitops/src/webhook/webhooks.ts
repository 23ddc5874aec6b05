import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Repository } from '@gantry/api/generated/types';
import type { Lister } from '@gantry/client/port';
import { webhooks } from '../metrics.ts';
import { type Proof, ProofCheck, proofIn } from './proof.ts';
import { RateLimit } from './rate-limit.ts';

export interface WebhookOptions {
  readonly repositories: Pick<Lister<Repository>, 'get'>;
  /** What the source proves itself with; undefined when the Secret or its key isn't there. */
  readonly secretOf: (repository: Repository) => Promise<Buffer | undefined>;
  /** A verified hook came: look at the repository. */
  readonly wake: (key: string) => void;
  readonly now?: () => number;
}

const PATH = /^\/git\/webhooks\/([a-z0-9.-]{1,253})\/([a-z0-9.-]{1,253})$/;
/** GitHub's own limit. */
const BODY_LIMIT_BYTES = 25 << 20;
const BODY_TIMEOUT_MS = 30_000;
const HOOKS_MAX = 32;
const BURST = 60;
const PER_SECOND = 1;

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One answer for all that is not proven. */
const REFUSED: Answer = {
  status: 401,
  text: 'not proven: a Repository with spec.webhook must be here, its secretRef lead to a Secret with the key secret, and the webhook be set up with the same secret (X-Hub-Signature-256, X-Gitlab-Token or X-Gitea-Signature)',
};

/** Takes the hooks of GitHub, GitLab and Gitea at `/git/webhooks/NAMESPACE/NAME`: proven ones bring the next look forward. */
export class Webhooks {
  readonly #options: WebhookOptions;
  readonly #rate = new RateLimit(BURST, PER_SECOND);
  #running = 0;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  static isPath(path: string): boolean {
    return PATH.test(path);
  }

  /** Never throws. */
  async serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const { status, text } = await this.#limited(request, path).catch(
      (error: unknown): Answer => ({ status: 503, text: `the API server does not answer: ${String(error)}` }),
    );
    webhooks.inc({ status: String(status) });
    if (response.destroyed) return;
    const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' };
    if (status === 429 || status === 503) headers['retry-after'] = '5';
    if (status === 405) headers.allow = 'POST';
    // A body that was not read ends the connection.
    if (!request.complete) headers.connection = 'close';
    response.writeHead(status, headers).end(`${text}\n`);
  }

  async #limited(request: IncomingMessage, path: string): Promise<Answer> {
    if (request.method !== 'POST') return { status: 405, text: 'a webhook is sent by POST' };
    const now = (this.#options.now ?? Date.now)();
    const from = String(request.headers['x-forwarded-for'] ?? '');
    if (!this.#rate.take(`${from} ${path}`, now))
      return { status: 429, text: `at most ${BURST} webhooks at once and ${PER_SECOND} a second: try again` };
    if (this.#running >= HOOKS_MAX)
      return { status: 503, text: `${HOOKS_MAX} webhooks are under way: try again` };
    this.#running += 1;
    try {
      return await this.#answer(request, path);
    } finally {
      this.#running -= 1;
    }
  }

  async #answer(request: IncomingMessage, path: string): Promise<Answer> {
    const [, namespace = '', name = ''] = PATH.exec(path) ?? [];
    const repository = this.#options.repositories.get(namespace, name);
    const proof = proofIn(request.headers);
    if (proof === undefined) return REFUSED;
    const hasWebhook = repository?.spec.webhook !== undefined && repository.spec.hosted !== true;
    const secret = hasWebhook ? await this.#options.secretOf(repository) : undefined;
    const isUsable = secret !== undefined && secret.length > 0;
    // Where nothing is to be proven the body is read all the same: answers don't tell which Repositories there are.
    const proven = await isProven(request, proof, isUsable ? secret : randomBytes(32));
    if (proven === 'too large') return { status: 413, text: `a webhook may have ${BODY_LIMIT_BYTES} bytes` };
    if (proven === 'too slow') return { status: 408, text: 'the body did not arrive in time' };
    if (!proven) return REFUSED;
    this.#options.wake(`${namespace}/${name}`);
    return { status: 202, text: 'the repository is looked at' };
  }
}

async function isProven(
  request: IncomingMessage,
  proof: Proof,
  secret: Buffer,
): Promise<boolean | 'too large' | 'too slow'> {
  const check = new ProofCheck(proof, secret);
  let size = 0;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    request.destroy();
  }, BODY_TIMEOUT_MS);
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > BODY_LIMIT_BYTES) return 'too large';
      check.update(chunk);
    }
  } catch {
    // The sender went away, or took too long.
    return late ? 'too slow' : false;
  } finally {
    clearTimeout(timer);
  }
  return check.holds();
}

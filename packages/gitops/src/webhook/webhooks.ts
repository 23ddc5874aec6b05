import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
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
const PASSED_OVER_BYTES = 1 << 20;
const BODY_TIMEOUT_MS = 30_000;
const HOOKS_MAX = 32;
/** Of these, one sender. */
const HOOKS_MAX_PER_SENDER = 8;
/** Of one sender to one Repository. */
const BURST = 60;
const PER_SECOND = 1;
/** Of one sender, wherever to: a server tells of many repositories, and a guesser tries many. */
const SENDER_BURST = 300;
const SENDER_PER_SECOND = 20;

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One answer for all that is not proven. */
const REFUSED: Answer = {
  status: 401,
  text: 'not proven: a Repository with spec.webhook must be here, its secretRef lead to a Secret with the key secret, and the webhook be set up with the same secret (X-Hub-Signature-256, X-Gitlab-Token or X-Gitea-Signature)',
};

const TOO_LARGE: Answer = { status: 413, text: `a webhook may have ${BODY_LIMIT_BYTES} bytes` };

/** Takes the hooks of GitHub, GitLab and Gitea at `/git/webhooks/NAMESPACE/NAME`: proven ones bring the next look forward. */
export class Webhooks {
  readonly #options: WebhookOptions;
  readonly #rate = new RateLimit(BURST, PER_SECOND);
  readonly #senders = new RateLimit(SENDER_BURST, SENDER_PER_SECOND);
  /** Under way, by sender. */
  readonly #running = new Map<string, number>();

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
    // A small body that was not read is passed over: who still sends it when the connection ends would miss the answer.
    const length = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
    if (length <= PASSED_OVER_BYTES) request.resume();
    else if (!request.complete) headers.connection = 'close';
    response.writeHead(status, headers).end(`${text}\n`);
  }

  async #limited(request: IncomingMessage, path: string): Promise<Answer> {
    if (request.method !== 'POST') return { status: 405, text: 'a webhook is sent by POST' };
    const now = (this.#options.now ?? Date.now)();
    const sender = senderOf(String(request.headers['x-forwarded-for'] ?? ''));
    if (!this.#senders.take(sender, now) || !this.#rate.take(`${sender} ${path}`, now))
      return { status: 429, text: `at most ${BURST} webhooks at once and ${PER_SECOND} a second: try again` };
    const own = this.#running.get(sender) ?? 0;
    const all = [...this.#running.values()].reduce((sum, count) => sum + count, 0);
    if (own >= HOOKS_MAX_PER_SENDER || all >= HOOKS_MAX)
      return { status: 503, text: `${all} webhooks are under way: try again` };
    this.#running.set(sender, own + 1);
    try {
      return await this.#answer(request, path);
    } finally {
      const left = (this.#running.get(sender) ?? 1) - 1;
      if (left > 0) this.#running.set(sender, left);
      else this.#running.delete(sender);
    }
  }

  async #answer(request: IncomingMessage, path: string): Promise<Answer> {
    const [, namespace = '', name = ''] = PATH.exec(path) ?? [];
    const repository = this.#options.repositories.get(namespace, name);
    const proof = proofIn(request.headers);
    if (proof === undefined) return REFUSED;
    if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return TOO_LARGE;
    const hasWebhook = repository?.spec.webhook !== undefined && repository.spec.hosted !== true;
    const secret = hasWebhook ? await this.#options.secretOf(repository) : undefined;
    const isUsable = secret !== undefined && secret.length > 0;
    // Where nothing is to be proven the body is read all the same: answers don't tell which Repositories there are.
    const proven = await isProven(request, proof, isUsable ? secret : randomBytes(32));
    if (proven === 'too large') return TOO_LARGE;
    if (proven === 'too slow') return { status: 408, text: 'the body did not arrive in time' };
    if (!proven) return REFUSED;
    this.#options.wake(`${namespace}/${name}`);
    return { status: 202, text: 'the repository is looked at' };
  }
}

/** An address of IPv6 is one of many that its network may choose from. */
function senderOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const { hostname } = new URL(`http://[${address.split('%')[0]}]/`);
  // As a server that listens for both hears of IPv4.
  if (hostname.startsWith('[::ffff:')) return hostname;
  const [head = '', tail = ''] = hostname.slice(1, -1).split('::');
  const [front, back] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}

async function isProven(
  request: IncomingMessage,
  proof: Proof,
  secret: Buffer,
): Promise<boolean | 'too large' | 'too slow'> {
  const check = new ProofCheck(proof, secret);
  // Who says the secret itself need not be listened to any further when it is wrong.
  if (check.isWrong()) return false;
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

import { createHash, createHmac, type Hmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** How a hook proves that it knows the secret. */
export type Proof =
  /** HMAC-SHA256 of the body, in hex: GitHub, Gitea, Forgejo. */
  | { readonly type: 'signature'; readonly hex: string }
  /** The secret itself: GitLab. */
  | { readonly type: 'token'; readonly token: string };

const HEX = /^[0-9a-f]{64}$/;

/** The proof in a hook's headers; undefined when there is none. Gitea sends its own header and GitHub's. */
export function proofIn(headers: IncomingHttpHeaders): Proof | undefined {
  const github = headers['x-hub-signature-256'];
  if (typeof github === 'string' && github.startsWith('sha256='))
    return { type: 'signature', hex: github.slice('sha256='.length).toLowerCase() };
  const gitea = headers['x-gitea-signature'];
  if (typeof gitea === 'string' && gitea !== '') return { type: 'signature', hex: gitea.toLowerCase() };
  const gitlab = headers['x-gitlab-token'];
  return typeof gitlab === 'string' && gitlab !== '' ? { type: 'token', token: gitlab } : undefined;
}

/** Fed with the body as it arrives, so that nobody has to keep it. */
export class ProofCheck {
  readonly #proof: Proof;
  readonly #secret: Buffer;
  readonly #hmac: Hmac;

  constructor(proof: Proof, secret: Buffer) {
    this.#proof = proof;
    this.#secret = secret;
    this.#hmac = createHmac('sha256', secret);
  }

  /** Known before the body: the secret itself was sent, and is another. */
  isWrong(): boolean {
    return this.#proof.type === 'token' && !this.#isToken(this.#proof.token);
  }

  update(chunk: Buffer): void {
    this.#hmac.update(chunk);
  }

  /** In the same time, however much of it is right. */
  holds(): boolean {
    const digest = this.#hmac.digest();
    if (this.#proof.type === 'signature')
      return HEX.test(this.#proof.hex) && timingSafeEqual(digest, Buffer.from(this.#proof.hex, 'hex'));
    return this.#isToken(this.#proof.token);
  }

  #isToken(token: string): boolean {
    return timingSafeEqual(sha256(token), sha256(this.#secret));
  }
}

const sha256 = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest();

import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import { GitError } from './tree.ts';

const HEAD_TIMEOUT_MS = 30_000;
const BODY_TIMEOUT_MS = 300_000;
const BODY_LIMIT_BYTES = 128 << 20;

/** isomorphic-git's HTTP, for servers that never end or never begin: with limits of time and size. */
export const limitedHttp: HttpClient = {
  async request(request: GitHttpRequest): Promise<GitHttpResponse> {
    const response = await within(HEAD_TIMEOUT_MS, http.request(request));
    return response.body === undefined ? response : { ...response, body: limited(response.body) };
  },
};

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new GitError(`no answer within ${ms / 1000} s`)), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function* limited(body: AsyncIterableIterator<Uint8Array>): AsyncIterableIterator<Uint8Array> {
  const until = performance.now() + BODY_TIMEOUT_MS;
  let size = 0;
  try {
    for (;;) {
      const chunk = await within(Math.max(1, until - performance.now()), body.next());
      if (chunk.done === true) return;
      size += chunk.value.length;
      if (size > BODY_LIMIT_BYTES) throw new GitError(`the answer is larger than ${BODY_LIMIT_BYTES} bytes`);
      yield chunk.value;
    }
  } finally {
    void body.return?.();
  }
}

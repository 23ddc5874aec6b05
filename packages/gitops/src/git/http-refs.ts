import type { IncomingMessage } from 'node:http';
import isomorphicGit, { type GitHttpRequest, type GitHttpResponse, type HttpClient } from 'isomorphic-git';
import { GitCommandError } from './command.ts';
import { basicAuthorization } from './credentials.ts';
import type { Network } from './network.ts';
import { readRequest, USER_AGENT } from './pinned-request.ts';
import type { Reached } from './redirect.ts';
import { GitError } from './tree.ts';

const TIMEOUT_MS = 20_000;
const ANSWER_LIMIT_BYTES = 32 << 20;
const ADVERTISED = /^application\/x-git-upload-pack-(advertisement|result)$/;

/**
 * Refs of a repository on an HTTP server, as lines of `OID\tREF` like git ls-remote's: by isomorphic-git, so that
 * looking at thousands of repositories starts no processes (gitprotocol-v2, ls-refs). Throws GitCommandError worded as
 * git words it, or GitError.
 */
export async function httpRefs(network: Network, { address, credentials }: Reached): Promise<string> {
  const authorization = credentials === undefined ? undefined : basicAuthorization(credentials);
  try {
    const listed = await Promise.all(
      // What else servers keep, a ref for each pull request ever made, is not sent.
      ['refs/heads/', 'refs/tags/'].map((prefix) =>
        isomorphicGit.listServerRefs({
          http: limitedHttp(network, credentials?.ca),
          url: address.url,
          prefix,
          peelTags: true,
          ...(authorization === undefined ? {} : { headers: { authorization } }),
        }),
      ),
    );
    return listed
      .flat()
      .flatMap(({ ref, oid, peeled }) => [
        `${oid}\t${ref}`,
        ...(peeled === undefined ? [] : [`${peeled}\t${ref}^{}`]),
      ])
      .join('\n');
  } catch (error) {
    throw inWords(error);
  }
}

function inWords(error: unknown): GitError {
  if (error instanceof GitError) return error;
  const { message = String(error), data } = error as { message?: string; data?: { statusCode?: number } };
  if (data?.statusCode !== undefined)
    return new GitCommandError(message, `returned error: ${data.statusCode}`);
  return new GitCommandError(message, message);
}

/** For isomorphic-git: within limits of time and size. */
const limitedHttp = (network: Network, ca: string | undefined): HttpClient => ({
  async request({ url, method = 'GET', headers = {}, body }: GitHttpRequest): Promise<GitHttpResponse> {
    const response = await readRequest(network, new URL(url), {
      method,
      headers: { ...headers, 'user-agent': USER_AGENT },
      ...(body === undefined ? {} : { body: await allOf(body) }),
      ca,
      timeoutMs: TIMEOUT_MS,
    });
    return answerOf(response, url, method);
  },
});

function answerOf(response: IncomingMessage, url: string, method: string): GitHttpResponse {
  const { statusCode = 0, statusMessage = '', headers } = response;
  const type = headers['content-type'] ?? '';
  // A page to sign in is no repository, whatever its status.
  if (statusCode === 200 && !ADVERTISED.test(type)) {
    response.destroy();
    throw new GitError(`${url.replace(/\/info\/refs.*$/, '')} is not a Git repository`);
  }
  if (statusCode !== 200) response.destroy();
  return {
    url,
    method,
    statusCode,
    statusMessage,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: statusCode === 200 ? limited(response) : nothing(),
  };
}

async function* limited(response: IncomingMessage): AsyncIterableIterator<Uint8Array> {
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_LIMIT_BYTES)
      throw new GitError(`the answer is larger than ${ANSWER_LIMIT_BYTES} bytes`);
    yield chunk;
  }
}

async function* nothing(): AsyncIterableIterator<Uint8Array> {}

async function allOf(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

import { loadKubeconfig } from '@gantry/client/kubeconfig';
import { createTransport } from '@gantry/client/transport';
import { describeAnswer, describeFailure } from '@gantry/server/outbound/call-error';
import { durationText } from './duration-text.ts';

export interface Poster {
  /**
   * Posts a JSON text and gives the parsed answer. Rejects when there is none, or none of 2xx, with words that clients may
   * see: the file is not among them.
   */
  post(body: string): Promise<unknown>;
  close(): void;
}

const TIMEOUT_MS = 30_000;

/** Speaks to the server that a webhook's kubeconfig file names. Throws an Error that names the file. */
export function createPoster(kubeconfig: string, timeoutMs = TIMEOUT_MS): Poster {
  const connection = loadKubeconfig(kubeconfig);
  const { token, username, password } = connection;
  const transport = createTransport({ ...connection, requestTimeoutMs: timeoutMs });
  const search = `?timeout=${durationText(timeoutMs)}`;
  const failed = (error: unknown): Error => {
    const late = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
    const cause = late
      ? 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
      : describeFailure(error);
    return new Error(`Post ${JSON.stringify(connection.server + search)}: ${cause}`, { cause: error });
  };
  const credential = (): Record<string, string> => {
    if (token !== undefined)
      return { authorization: `Bearer ${typeof token === 'function' ? token() : token}` };
    if (username === undefined) return {};
    return {
      authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`,
    };
  };
  return {
    async post(body) {
      const request = {
        method: 'POST',
        path: search,
        headers: { 'content-type': 'application/json', accept: 'application/json, */*', ...credential() },
        body,
      };
      const { status, body: text } = await transport.send(request).catch((error: unknown) => {
        throw failed(error);
      });
      if (status < 200 || status > 299) throw new Error(describeAnswer(status, text));
      return text.trim() === '' ? undefined : (JSON.parse(text) as unknown);
    },
    close: () => transport.close(),
  };
}

import { loadKubeconfig } from '@gantry/client/kubeconfig';
import { createTransport } from '@gantry/client/transport';

export interface Poster {
  /** Posts a JSON text and gives the parsed answer. Rejects when there is none, or none of 2xx. */
  post(body: string): Promise<unknown>;
  close(): void;
}

const TIMEOUT_MS = 30_000;

/** Speaks to the server that a webhook's kubeconfig file names. Throws an Error that names the file. */
export function createPoster(kubeconfig: string, timeoutMs = TIMEOUT_MS): Poster {
  const connection = loadKubeconfig(kubeconfig);
  const { token, username, password } = connection;
  const transport = createTransport({ ...connection, requestTimeoutMs: timeoutMs });
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
      const { status, body: text } = await transport.send({
        method: 'POST',
        path: '',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...credential() },
        body,
      });
      if (status < 200 || status > 299)
        throw new Error(`the webhook of ${kubeconfig} answered ${status}: ${text.slice(0, 200)}`);
      return text.trim() === '' ? undefined : (JSON.parse(text) as unknown);
    },
    close: () => transport.close(),
  };
}

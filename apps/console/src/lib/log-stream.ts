/** Follows a container's log over HTTP, a line at a time. */

export interface LogQuery {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly tailLines: number;
  readonly sinceTime?: string;
}

export function logUrl(query: LogQuery): string {
  const params = new URLSearchParams({ container: query.container, tailLines: String(query.tailLines) });
  if (query.previous) params.set('previous', 'true');
  else if (query.follow) params.set('follow', 'true');
  if (query.timestamps) params.set('timestamps', 'true');
  if (query.sinceTime !== undefined) params.set('sinceTime', query.sinceTime);
  const { namespace, pod } = query;
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log?${params}`;
}

/** The server refused; `status` is that of HTTP. */
export class LogRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'LogRefusal';
    this.status = status;
  }
}

async function reasonOf(response: Response): Promise<string> {
  const body = await response.text();
  try {
    return (JSON.parse(body) as { message?: string }).message ?? body;
  } catch {
    return body || `the server answered ${response.status}`;
  }
}

/**
 * Hands over whole lines as they come; first, when the server has agreed, none. Resolves at the end of the log. Throws
 * LogRefusal with the server's reason, and TypeError when the line breaks.
 */
export async function readLog(
  query: LogQuery,
  onLines: (lines: readonly string[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(logUrl(query), { signal, headers: { accept: '*/*' } });
  if (!response.ok || response.body === null) throw new LogRefusal(response.status, await reasonOf(response));
  onLines([]);
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) onLines(lines);
  }
  if (rest !== '') onLines([rest]);
}

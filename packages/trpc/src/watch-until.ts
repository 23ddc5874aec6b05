import { ApiError, statusOf } from './api.ts';
import type { ApiRequest, Dispatch } from './port.ts';

interface WatchEvent<T> {
  readonly type: string;
  readonly object: T;
}

/**
 * Watches until an object is as wanted, the watch ends, `timeoutMs` are over or the caller has gone; gives the last
 * state seen. Throws ApiError when watching is refused.
 */
export async function watchUntil<T>(
  dispatch: Dispatch,
  request: ApiRequest,
  isWanted: (object: T) => boolean,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const answer = await dispatch({ ...request, query: { ...request.query, watch: 'true' } });
  const { stream } = answer;
  if (stream === undefined) throw new ApiError(statusOf(answer));
  return new Promise<T | undefined>((resolve) => {
    let last: T | undefined;
    let pending = '';
    let stop: (() => void) | undefined;
    let isDone = false;
    const finish = (): void => {
      isDone = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      stop?.();
      resolve(last);
    };
    const timer = setTimeout(finish, timeoutMs);
    signal?.addEventListener('abort', finish);
    const take = (line: string): void => {
      const { type, object } = JSON.parse(line) as WatchEvent<T>;
      if (type !== 'ADDED' && type !== 'MODIFIED') return;
      last = object;
      if (isWanted(object)) finish();
    };
    stop = stream({
      unsent: 0,
      write(frames) {
        const lines = (pending + frames.toString()).split('\n');
        pending = lines.pop() ?? '';
        for (const line of lines) if (!isDone && line !== '') take(line);
      },
      end: finish,
    });
    // What was there already may have been told at once.
    if (isDone) stop();
  });
}

import type { Outputs } from '../../lib/trpc.ts';

export type DrainPod = Outputs['nodes']['drainPlan'][number];

/** How far the eviction of one pod is. */
export type DrainStep = 'waiting' | 'asked' | 'blocked' | 'gone' | 'failed';

export interface DrainLine {
  readonly step: DrainStep;
  /** The server's words for `blocked` and `failed`. */
  readonly message: string;
}

export const keyOf = ({ namespace, name }: DrainPod): string => `${namespace}/${name}`;

const RETRY_MS = 5_000;
const LOOK_MS = 1_000;
const AT_ONCE = 5;

export interface DrainParts {
  readonly evict: (pod: Pick<DrainPod, 'namespace' | 'name' | 'uid'>) => Promise<Outputs['nodes']['evict']>;
  /** Pods that are on the node now. */
  readonly plan: () => Promise<readonly DrainPod[]>;
  readonly onLine: (key: string, line: DrainLine) => void;
  readonly failureText: (error: unknown) => string;
  readonly signal: AbortSignal;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });

/** Asks until the pod may go; a disruption budget is asked again after a while. */
async function evictOne(pod: DrainPod, parts: DrainParts): Promise<void> {
  const { evict, onLine, failureText, signal } = parts;
  const { namespace, name, uid } = pod;
  while (!signal.aborted) {
    try {
      const { outcome, message } = await evict({ namespace, name, uid });
      if (outcome !== 'blocked') {
        onLine(keyOf(pod), { step: outcome === 'gone' ? 'gone' : 'asked', message: '' });
        return;
      }
      onLine(keyOf(pod), { step: 'blocked', message });
    } catch (error) {
      onLine(keyOf(pod), { step: 'failed', message: failureText(error) });
      return;
    }
    await pause(RETRY_MS, signal);
  }
}

/** Evicts pods, a few at once, and sees them leave. Ends when all have gone or failed, or by `signal`. */
export async function drain(pods: readonly DrainPod[], parts: DrainParts): Promise<void> {
  const { plan, onLine, failureText, signal } = parts;
  const failed = new Set<string>();
  const noting: DrainParts = {
    ...parts,
    onLine: (key, line) => {
      if (line.step === 'failed') failed.add(key);
      onLine(key, line);
    },
  };
  const waiting = [...pods];
  let done = false;
  const workers = Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let pod = waiting.shift(); pod !== undefined && !signal.aborted; pod = waiting.shift())
        await evictOne(pod, noting);
    }),
  ).then(() => {
    done = true;
  });
  const left = new Set(pods.map(({ uid }) => uid));
  while (!signal.aborted) {
    try {
      const there = new Set((await plan()).map(({ uid }) => uid));
      for (const pod of pods) {
        if (!left.has(pod.uid) || there.has(pod.uid)) continue;
        left.delete(pod.uid);
        onLine(keyOf(pod), { step: 'gone', message: '' });
      }
    } catch (error) {
      // It is asked again; the pods are evicted by others meanwhile.
      failureText(error);
    }
    const pending = pods.filter((pod) => left.has(pod.uid) && !failed.has(keyOf(pod)));
    if (done && pending.length === 0) break;
    await pause(LOOK_MS, signal);
  }
  await workers;
}

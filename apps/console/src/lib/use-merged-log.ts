'use client';

import { useEffect, useRef, useState } from 'react';
import { followSocket, type MergedLine, type MergedSource, mergeLines } from './merged-log.ts';

const LINES_MAX = 20_000;
const TAIL_LINES = 300;
const BEAT_MS = 150;

export interface MergedLog {
  readonly lines: readonly MergedLine[];
  readonly dropped: number;
  /** How many of the logs are open now. */
  readonly open: number;
}

const EMPTY: MergedLog = { lines: [], dropped: 0, open: 0 };

/** A container; each run of it has a log of its own. */
interface Run extends MergedSource {
  readonly restarts: number;
}

/** Follows the logs of several containers as one. `sinceSeconds` 0 takes the last lines of each. */
export function useMergedLog(
  namespace: string,
  sources: readonly Run[],
  options: { readonly previous: boolean; readonly sinceSeconds: number; readonly paused: boolean },
): MergedLog {
  const { previous, sinceSeconds, paused } = options;
  const [log, setLog] = useState(EMPTY);
  const pausedNow = useRef(paused);
  pausedNow.current = paused;
  const followed = useRef(new Map<string, AbortController>());
  const waiting = useRef<MergedLine[]>([]);
  const mode = `${namespace} ${previous} ${sinceSeconds}`;
  // Another mode begins anew; pods that come and go do not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the mode that ends what is followed
  useEffect(() => {
    setLog(EMPTY);
    waiting.current = [];
    const running = followed.current;
    const beat = setInterval(() => {
      if (pausedNow.current || waiting.current.length === 0) return;
      const fresh = waiting.current;
      waiting.current = [];
      setLog((old) => {
        const { lines, dropped } = mergeLines(old.lines, fresh, LINES_MAX);
        return { ...old, lines, dropped: old.dropped + dropped };
      });
    }, BEAT_MS);
    return () => {
      clearInterval(beat);
      for (const controller of running.values()) controller.abort();
      running.clear();
    };
  }, [mode]);
  const text = JSON.stringify(
    sources.map(({ pod, container, restarts }) => ({ pod, container, restarts: previous ? 0 : restarts })),
  );
  useEffect(() => {
    const wanted = new Map(
      (JSON.parse(text) as Run[]).map((run) => [`${run.pod}/${run.container}/${run.restarts}`, run]),
    );
    const running = followed.current;
    for (const [key, controller] of running) {
      if (wanted.has(key)) continue;
      controller.abort();
      running.delete(key);
    }
    for (const [key, { pod, container }] of wanted) {
      if (running.has(key)) continue;
      const controller = new AbortController();
      running.set(key, controller);
      let isOpen = false;
      const since =
        sinceSeconds === 0
          ? {}
          : { sinceTime: new Date(Date.now() - sinceSeconds * 1000).toISOString().replace(/\.\d+/, '') };
      followSocket(
        {
          namespace,
          pod,
          container,
          previous,
          follow: true,
          timestamps: true,
          tailLines: sinceSeconds === 0 ? TAIL_LINES : LINES_MAX,
          ...since,
        },
        (lines) => {
          waiting.current.push(...lines);
          if (waiting.current.length > LINES_MAX) waiting.current = waiting.current.slice(-LINES_MAX);
        },
        (state) => {
          const opens = state === 'open';
          if (opens === isOpen) return;
          isOpen = opens;
          setLog((old) => ({ ...old, open: Math.max(0, old.open + (opens ? 1 : -1)) }));
        },
        controller.signal,
      );
    }
    // These make the mode: when it changes, the effect above has ended all that was followed.
  }, [text, namespace, previous, sinceSeconds]);
  return log;
}

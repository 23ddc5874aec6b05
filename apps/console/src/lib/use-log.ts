'use client';

import { useEffect, useRef, useState } from 'react';
import { type LogQuery, readLog } from './log-stream.ts';

export interface LogState {
  readonly lines: readonly string[];
  /** How many older lines were let go. */
  readonly dropped: number;
  readonly state: 'reading' | 'ended' | 'failed';
  readonly message: string;
}

const LINES_MAX = 20_000;
/** Lines are shown in beats, so that a chatty container does not keep the page busy. */
const BEAT_MS = 100;
const RETRY_MS = 2_000;
const EMPTY: LogState = { lines: [], dropped: 0, state: 'reading', message: '' };

/** The log of a container, kept short; `paused` stops taking in. Reads on after a lost connection. */
export function useLog(query: LogQuery, paused: boolean): LogState {
  const [log, setLog] = useState(EMPTY);
  const waiting = useRef<string[]>([]);
  const pausedNow = useRef(paused);
  pausedNow.current = paused;
  const key = JSON.stringify(query);
  useEffect(() => {
    const wanted = JSON.parse(key) as LogQuery;
    const ended = new AbortController();
    waiting.current = [];
    setLog(EMPTY);
    const beat = setInterval(() => {
      if (pausedNow.current || waiting.current.length === 0) return;
      const fresh = waiting.current;
      waiting.current = [];
      setLog((old) => {
        const all = [...old.lines, ...fresh];
        const over = Math.max(0, all.length - LINES_MAX);
        return { ...old, lines: over === 0 ? all : all.slice(over), dropped: old.dropped + over };
      });
    }, BEAT_MS);
    const onLines = (lines: readonly string[]): void => {
      waiting.current.push(...lines);
      if (waiting.current.length > LINES_MAX) waiting.current = waiting.current.slice(-LINES_MAX);
    };
    void follow(
      wanted,
      onLines,
      (state, message) => setLog((old) => ({ ...old, state, message })),
      ended.signal,
    );
    return () => {
      clearInterval(beat);
      ended.abort();
    };
  }, [key]);
  return log;
}

async function follow(
  query: LogQuery,
  onLines: (lines: readonly string[]) => void,
  onState: (state: LogState['state'], message: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let current = query;
  while (!signal.aborted) {
    try {
      await readLog(current, onLines, signal);
      onState('ended', '');
      return;
    } catch (error) {
      if (signal.aborted) return;
      onState('failed', error instanceof Error ? error.message : String(error));
      // Only a broken line is worth another try; a reason of the server's stays.
      if (!(error instanceof TypeError)) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      current = { ...query, sinceTime: new Date(Date.now() - RETRY_MS).toISOString() };
      onState('reading', '');
    }
  }
}

'use client';

import { useEffect, useRef, useState } from 'react';
import { type LogQuery, LogRefusal, readLog } from './log-stream.ts';

export interface LogState {
  readonly lines: readonly string[];
  /** How many older lines were let go. */
  readonly dropped: number;
  readonly state: 'reading' | 'ended' | 'failed';
  /** Why it failed, in the server's words; '' when the connection was lost. */
  readonly message: string;
}

const LINES_MAX = 20_000;
/** Lines are shown in beats, so that a chatty container does not keep the page busy. */
const BEAT_MS = 100;
const RETRY_MS = 2_000;
const EMPTY: LogState = { lines: [], dropped: 0, state: 'reading', message: '' };

/** What asking again does not change; a container that still starts, or a server that is away, is asked again. */
const FINAL = new Set([401, 403, 404]);

/**
 * The log of a container, kept short; `paused` stops taking in. Waits for a container that starts, reads on after a lost
 * connection, and begins anew with another `run` of the container.
 */
export function useLog(query: LogQuery, run: number, paused: boolean): LogState {
  const [log, setLog] = useState(EMPTY);
  const waiting = useRef<string[]>([]);
  const pausedNow = useRef(paused);
  pausedNow.current = paused;
  const key = JSON.stringify([query, run]);
  useEffect(() => {
    const [wanted] = JSON.parse(key) as [LogQuery, number];
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
  // Nothing after this moment has come yet.
  let heard: number | undefined;
  const take = (lines: readonly string[]): void => {
    if (lines.length === 0) onState('reading', '');
    else onLines(lines);
    heard = Date.now();
  };
  while (!signal.aborted) {
    try {
      await readLog(current, take, signal);
      onState('ended', '');
      return;
    } catch (error) {
      if (signal.aborted) return;
      const isFinal = query.previous || (error instanceof LogRefusal && FINAL.has(error.status));
      onState('failed', messageOf(error));
      if (isFinal) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      if (heard !== undefined) current = { ...query, sinceTime: new Date(heard).toISOString() };
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof LogRefusal ? error.message : '');

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

/** What asking again does not change; a server that is away is asked again. */
const FINAL = new Set([401, 403, 404]);

export interface LogOptions {
  /** Another run of the container has another log. */
  readonly run: number;
  /** There is something to read: the node refuses the log of a container that has not begun. */
  readonly hasLog: boolean;
  /** The pod is being deleted, and its log with it: it is not asked again. */
  readonly isLeaving: boolean;
  /** Nothing is taken in. */
  readonly paused: boolean;
}

/**
 * The log of a container, kept short. Reads on after a lost connection, and begins anew with another run of the container.
 */
export function useLog(query: LogQuery, { run, hasLog, isLeaving, paused }: LogOptions): LogState {
  const [log, setLog] = useState(EMPTY);
  const waiting = useRef<string[]>([]);
  const now = useRef({ paused, isLeaving });
  now.current = { paused, isLeaving };
  const key = JSON.stringify([query, run]);
  useEffect(() => {
    const [wanted] = JSON.parse(key) as [LogQuery, number];
    const ended = new AbortController();
    waiting.current = [];
    setLog(EMPTY);
    if (!hasLog) return;
    const beat = setInterval(() => {
      if (now.current.paused || waiting.current.length === 0) return;
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
    void follow(wanted, {
      onLines,
      onState: (state, message) => setLog((old) => ({ ...old, state, message })),
      isLeaving: () => now.current.isLeaving,
      signal: ended.signal,
    });
    return () => {
      clearInterval(beat);
      ended.abort();
    };
  }, [key, hasLog]);
  return log;
}

interface Follower {
  readonly onLines: (lines: readonly string[]) => void;
  readonly onState: (state: LogState['state'], message: string) => void;
  readonly isLeaving: () => boolean;
  readonly signal: AbortSignal;
}

async function follow(query: LogQuery, { onLines, onState, isLeaving, signal }: Follower): Promise<void> {
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
      if (isLeaving()) return onState('ended', '');
      const isFinal = query.previous || (error instanceof LogRefusal && FINAL.has(error.status));
      onState('failed', messageOf(error));
      if (isFinal) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      if (isLeaving()) return onState('ended', '');
      if (heard !== undefined) current = { ...query, sinceTime: new Date(heard).toISOString() };
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof LogRefusal ? error.message : '');

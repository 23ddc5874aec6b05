'use client';

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let present = 0;

/** One clock for all ages of a page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    present = Date.now();
    for (const tell of listeners) tell();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    present = 0;
  };
}

function read(): number {
  if (present === 0) present = Date.now();
  return present;
}

/** The present, renewed each second; 0 while the server draws the page. */
export const useNow = (): number => useSyncExternalStore(subscribe, read, () => 0);
